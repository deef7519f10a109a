import { Archive, BadgePercent, Ban, FileText, Lock, MessageSquare, NotebookPen, Pause, ReceiptText, Search, Tag, Trash2, Truck, Undo2, UserRound, type LucideIcon } from 'lucide-react';
import { openReturns } from '../../features/returns/store.ts';
import { useScanTarget } from '../../features/scanner/targets.ts';
import { useShortcuts } from '../../features/shortcuts/index.ts';
import { useTill } from '../../features/till/store.ts';
import { useWords } from '../../features/words/index.ts';
import { call } from '../../transport/index.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions } from '../../ui/dialog.tsx';
import { done, removeLine } from './actions.ts';
import { closeDialog, openDialog, useSaleUi } from './state.ts';

type Item = { readonly icon: LucideIcon; readonly key: string; readonly label: string; readonly run: (() => void) | null };

/** Everything that is done less often, each with its key. */
export function MoreDialog() {
  const { t } = useWords();
  const sale = useTill((state) => state.sale);
  const chosenId = useSaleUi((state) => state.chosenLineId);
  const line = sale?.lines.find((one) => one.id === (chosenId ?? sale.newestLineId)) ?? null;
  const open = sale?.state === 'open';
  const stored = sale !== null && sale.receiptId !== null;
  const on = (able: boolean, run: () => void): (() => void) | null => (able ? run : null);
  const lineOpen = line !== null && open;
  const items: readonly Item[] = [
    { icon: Tag, key: 'P', label: t('sale.price'), run: on(lineOpen, () => line && openDialog({ kind: 'price', lineId: line.id })) },
    { icon: MessageSquare, key: 'N', label: t('sale.lineNote'), run: on(lineOpen, () => line && openDialog({ kind: 'note', lineId: line.id })) },
    { icon: Trash2, key: 'T', label: t('sale.removeLine'), run: on(lineOpen, () => {
      closeDialog();
      if (line) void removeLine(line.id, line.name);
    }) },
    { icon: BadgePercent, key: 'D', label: t('sale.receiptDiscount'), run: on(open && line !== null, () => openDialog({ kind: 'receipt-discount' })) },
    { icon: NotebookPen, key: 'B', label: t('sale.receiptNote'), run: on(stored, () => openDialog({ kind: 'receipt-note' })) },
    { icon: UserRound, key: 'C', label: t('sale.reference'), run: on(stored, () => openDialog({ kind: 'reference' })) },
    { icon: Truck, key: 'F', label: t(sale?.distance === true ? 'sale.notFromAfar' : 'sale.fromAfar'), run: on(open, () => {
      closeDialog();
      void done(call('sale.set-distance', { distance: sale?.distance !== true }));
    }) },
    { icon: FileText, key: 'O', label: t('sale.openPriceTitle'), run: on(open, () => openDialog({ kind: 'open-price', code: '' })) },
    { icon: Pause, key: 'R', label: t('sale.parkedTitle'), run: on((sale?.parkedCount ?? 0) > 0, () => openDialog({ kind: 'parked' })) },
    { icon: Search, key: 'I', label: t('sale.askPrice'), run: on(true, () => openDialog({ kind: 'ask-price' })) },
    { icon: Archive, key: 'S', label: t('sale.openDrawer'), run: on(true, () => openDialog({ kind: 'drawer' })) },
    { icon: ReceiptText, key: 'K', label: t('screens.receipts'), run: on(true, () => {
      closeDialog();
      location.hash = '#/receipts';
    }) },
    { icon: Undo2, key: 'U', label: t('screens.returns'), run: on(true, () => {
      closeDialog();
      openReturns(null);
    }) },
    { icon: Lock, key: 'L', label: t('session.lock'), run: on(true, () => {
      closeDialog();
      void done(call('session.lock', {}));
    }) },
    { icon: Ban, key: 'V', label: t('sale.voidTitle'), run: on(open && stored, () => openDialog({ kind: 'void' })) },
  ];
  useScanTarget(null);
  useShortcuts(Object.fromEntries(items.flatMap((item) => [[item.key, item.run ?? undefined], [`Alt+${item.key}`, item.run ?? undefined]])));
  return (
    <Dialog title={t('sale.more')} onClose={closeDialog} wide>
      <div className="more-list">
        {items.map(({ icon: Icon, key, label, run }, index) => (
          <Button key={key} hotkey={key} disabled={run === null} autoFocus={index === 0} {...(run ? { onPress: run } : {})}>
            <Icon size={20} aria-hidden />
            {label}
          </Button>
        ))}
      </div>
      <DialogActions>
        <Button size="large" onPress={closeDialog}>
          {t('common.close')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
