import { Banknote, Inbox } from 'lucide-react';
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

/** Says that the drawer stands open, where nothing is sold over an open one; it goes by itself when somebody shuts it. */
export function DrawerOpen() {
  const { t } = useWords();
  return (
    <div className="sale-across">
      <Panel tone="amber" icon={<Inbox size={32} aria-hidden />} title={t('sale.drawerOpenTitle')} testId="drawer-open">
        <p>{t('sale.drawerOpenText')}</p>
      </Panel>
    </div>
  );
}
