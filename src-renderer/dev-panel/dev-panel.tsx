import { useEffect, useState } from 'react';
import { Printer, ScanBarcode, Smartphone, X } from 'lucide-react';
import type { ArticleView } from '../../src-main/contract/articles.ts';
import type { DevView } from '../../src-main/contract/dev.ts';
import { Paper } from '../features/paper/paper.tsx';
import { useTenderName } from '../features/tenders/index.ts';
import { useWords } from '../features/words/index.ts';
import { call, subscribe } from '../transport/index.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/fields.tsx';
import { Pill } from '../ui/pieces.tsx';
import './dev-panel.css';

/** The same keys that a scanner in keyboard mode would send, five milliseconds apart. */
async function typeAsWedge(code: string): Promise<void> {
  for (const name of [...code, 'Enter']) {
    for (const type of ['keydown', 'keyup']) {
      (document.activeElement ?? document.body).dispatchEvent(new KeyboardEvent(type, { key: name, bubbles: true, cancelable: true }));
    }
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

function Scanner() {
  const { t } = useWords();
  const [code, setCode] = useState('');
  const [articles, setArticles] = useState<readonly ArticleView[]>([]);
  useEffect(() => {
    void call('article.search', { text: '', limit: 60 }).then((found) => {
      if (found.ok) setArticles(found.value.filter((one) => one.gtin !== '').slice(0, 14));
    });
  }, []);
  const scan = (text: string): void => void call('dev.scan', { code: text });
  return (
    <section className="stack tight">
      <h2>
        <ScanBarcode size={18} aria-hidden /> {t('dev.scanner')}
      </h2>
      <TextField label={t('dev.code')} value={code} onChange={setCode} maxLength={200} testId="dev-code" />
      <div className="row">
        <Button size="small" kind="primary" disabled={code === ''} onPress={() => scan(code)} testId="dev-scan">
          {t('dev.scan')}
        </Button>
        <Button size="small" disabled={code === ''} onPress={() => void typeAsWedge(code)}>
          {t('dev.wedge')}
        </Button>
      </div>
      <div className="dev-articles">
        {articles.map((article) => (
          <Button key={article.id} size="small" onPress={() => scan(article.gtin)} testId={`dev-scan-${article.gtin}`}>
            {article.name}
          </Button>
        ))}
      </div>
    </section>
  );
}

function Devices() {
  const { t } = useWords();
  const tenderName = useTenderName();
  const [view, setView] = useState<DevView | null>(null);
  useEffect(() => {
    const load = (): void => {
      void call('dev.get', {}).then((found) => {
        if (found.ok) setView(found.value);
      });
    };
    load();
    const stops = [subscribe('dev.changed', setView), subscribe('receipt.printed', load), subscribe('payment.changed', load)];
    return () => {
      for (const stop of stops) stop();
    };
  }, []);
  if (!view) return null;
  const next = view.printer === 'ready' ? 'out-of-paper' : 'ready';
  return (
    <section className="stack tight">
      <h2>
        <Printer size={18} aria-hidden /> {t('dev.printer')}
      </h2>
      <div className="row">
        <Pill tone={view.printer === 'ready' ? 'good' : 'amber'}>{t(`dev.paper.${view.printer}`)}</Pill>
        <Button size="small" onPress={() => void call('dev.set-printer', { state: next })} testId="dev-printer">
          {t(`dev.make.${next}`)}
        </Button>
        <Pill>{t('dev.drawer', { count: view.drawerOpenings })}</Pill>
      </div>
      {view.phones.length > 0 ? (
        <>
          <h2>
            <Smartphone size={18} aria-hidden /> {t('dev.phone')}
          </h2>
          <p className="quiet-text">{t('dev.phoneHint')}</p>
          <div className="row">
            {view.phones.map(({ kind, page }) => (
              <a key={kind} className="button plain small" href={page} target="_blank" rel="noreferrer" data-testid={`dev-phone-${kind}`}>
                {t('dev.openPhone', { name: tenderName(kind) })}
              </a>
            ))}
          </div>
        </>
      ) : null}
      {view.papers.map((one) => (
        <Paper key={one.id} paper={one.paper} />
      ))}
    </section>
  );
}

/** The demo's pretended devices: a scanner to scan with, a printer that can run out of paper, a drawer. */
export function DevPanel({ onClose }: { readonly onClose: () => void }) {
  const { t } = useWords();
  return (
    <aside className="dev-panel" aria-label={t('demo.devices')} data-testid="dev-panel">
      <div className="dialog-head">
        <strong>{t('demo.devices')}</strong>
        <Button size="small" kind="quiet" label={t('common.close')} onPress={onClose}>
          <X size={20} aria-hidden />
        </Button>
      </div>
      <Scanner />
      <Devices />
    </aside>
  );
}
