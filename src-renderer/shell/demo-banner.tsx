import { useState } from 'react';
import { FlaskConical, Wrench } from 'lucide-react';
import { AskDialog } from '../features/ask/ask-dialog.tsx';
import { useShop } from '../features/till/store.ts';
import { useWords } from '../features/words/index.ts';
import { call } from '../transport/index.ts';
import { Button } from '../ui/button.tsx';

type Next = 'demo-fi' | 'demo-no' | 'setup';

/** Says aloud that nothing here is sold, and leads to the other demo and to a shop of one's own. */
export function DemoBanner({ onDevices }: { readonly onDevices: () => void }) {
  const { t } = useWords();
  const { mode, shop } = useShop();
  const [next, setNext] = useState<Next | null>(null);
  if (mode !== 'demo') return null;
  const other: Next = shop.country === 'FI' ? 'demo-no' : 'demo-fi';
  return (
    <div className="banner" role="region" aria-label={t('demo.banner')}>
      <FlaskConical size={18} aria-hidden />
      <span>{t('demo.banner')}</span>
      <Button size="small" onPress={onDevices} hotkey="F12" testId="dev-panel-open">
        <Wrench size={16} aria-hidden />
        {t('demo.devices')}
      </Button>
      <Button size="small" onPress={() => setNext(other)} testId="other-demo">
        {t(`demo.${other}`)}
      </Button>
      <Button size="small" onPress={() => setNext('setup')} testId="set-up">
        {t('demo.setup')}
      </Button>
      {next ? (
        <AskDialog
          title={t(`demo.${next}`)}
          ok={t('demo.go')}
          onClose={() => setNext(null)}
          onOk={async () => {
            const started = await call('app.start-shop', { shop: next });
            return started.ok;
          }}
        >
          <p>{t('demo.goText')}</p>
        </AskDialog>
      ) : null}
    </div>
  );
}
