import { Banknote } from 'lucide-react';
import { useWords } from '../../features/words/index.ts';
import { Button } from '../../ui/button.tsx';
import { Panel } from '../../ui/pieces.tsx';

/** Says that no drawer is open, where this shop sells only with one, and leads to it. */
export function ShiftNeeded() {
  const { t } = useWords();
  return (
    <Panel tone="amber" icon={<Banknote size={32} aria-hidden />} title={t('shift.neededTitle')} testId="shift-needed">
      <p className="shift-needed-text">{t('shift.neededText')}</p>
      <Button kind="primary" onPress={() => { location.hash = '#/shift'; }} testId="go-open-shift">
        {t('shift.openTitle')}
      </Button>
    </Panel>
  );
}
