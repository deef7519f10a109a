import { useEffect, useState } from 'react';
import { Pause } from 'lucide-react';
import type { ParkedView } from '../../../src-main/contract/sale.ts';
import { callApproved } from '../../features/approval/store.ts';
import { AskDialog } from '../../features/ask/ask-dialog.tsx';
import { ReasonField } from '../../features/ask/reason-field.tsx';
import { dayTime, money } from '../../features/format/index.ts';
import { useScanTarget } from '../../features/scanner/targets.ts';
import { useShortcuts } from '../../features/shortcuts/index.ts';
import { useShop, useTill } from '../../features/till/store.ts';
import { useWords } from '../../features/words/index.ts';
import { call } from '../../transport/index.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/fields.tsx';
import { Empty } from '../../ui/pieces.tsx';
import { done } from './actions.ts';
import { closeDialog, openDialog } from './state.ts';

/** Sets the receipt aside under a name. */
export function ParkDialog() {
  const { t } = useWords();
  const before = useTill((state) => state.sale?.parkedName ?? '');
  const number = useTill((state) => (state.sale?.parkedCount ?? 0) + 1);
  const [name, setName] = useState(before || t('sale.parkDefault', { number }));
  return (
    <AskDialog
      title={t('sale.parkTitle')}
      ok={t('sale.park')}
      ready={name.trim() !== ''}
      onClose={closeDialog}
      onOk={() => done(call('sale.park', { name }))}
    >
      <TextField label={t('sale.parkName')} value={name} onChange={setName} hint={t('sale.parkHint')} maxLength={40} autoFocus testId="park-name" />
    </AskDialog>
  );
}

/** Receipts that were set aside; one press brings one back. */
export function ParkedDialog() {
  const { t, language } = useWords();
  const { shop } = useShop();
  const [parked, setParked] = useState<readonly ParkedView[] | null>(null);
  useScanTarget(null);
  useShortcuts({});
  useEffect(() => {
    void call('sale.parked', {}).then((result) => setParked(result.ok ? result.value : []));
  }, []);
  const resume = async (receiptId: string): Promise<void> => {
    if (await done(call('sale.resume', { receiptId }))) closeDialog();
  };
  return (
    <Dialog title={t('sale.parkedTitle')} onClose={closeDialog}>
      {parked?.length === 0 ? <Empty icon={<Pause size={36} strokeWidth={1.5} />} title={t('sale.noneParked')} /> : null}
      <div className="parked-list" role="group" aria-label={t('sale.parkedTitle')}>
        {(parked ?? []).map((one, index) => (
          <Button key={one.receiptId} autoFocus={index === 0} onPress={() => void resume(one.receiptId)} testId={`parked-${index + 1}`}>
            <span>
              {one.name}
              <span className="line-under">
                {` ${t('sale.parkedAbout', { count: one.lines, time: dayTime(language, one.at, shop.timeZone), staff: one.staffName })}`}
              </span>
            </span>
            <span className="amount">{money(language, one.totalMinor, shop.currency)}</span>
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

/** Ends the receipt without a sale. */
export function VoidDialog() {
  const { t, language } = useWords();
  const sale = useTill((state) => state.sale);
  const [reason, setReason] = useState('');
  if (!sale) return null;
  return (
    <AskDialog
      title={t('sale.voidTitle')}
      ok={t('sale.void')}
      okKind="destroy"
      ready={reason.trim() !== ''}
      onClose={() => openDialog(null)}
      onOk={() => done(callApproved('sale.void', { reason }))}
    >
      <p>{t('sale.voidText', { amount: money(language, sale.totals.totalMinor, sale.currency) })}</p>
      <ReasonField value={reason} onChange={setReason} suggestions={['left', 'mistake', 'noMoney']} autoFocus />
    </AskDialog>
  );
}
