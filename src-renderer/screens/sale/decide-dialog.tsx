import { useState } from 'react';
import { callApproved } from '../../features/approval/store.ts';
import { money } from '../../features/format/index.ts';
import { useScanTarget } from '../../features/scanner/targets.ts';
import { useShortcuts } from '../../features/shortcuts/index.ts';
import { useTenderName } from '../../features/tenders/index.ts';
import { showPayment, useTill } from '../../features/till/store.ts';
import { useWords } from '../../features/words/index.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/fields.tsx';
import { complain } from './actions.ts';
import { openDialog } from './state.ts';

/** A manager says what becomes of a payment that the provider says is another than was asked for. */
export function DecideDialog({ attemptId }: { readonly attemptId: string }) {
  const { t, language } = useWords();
  const tenderName = useTenderName();
  const payment = useTill((state) => state.payments[attemptId]);
  const [note, setNote] = useState('');
  const [busy, setBusy] = useState(false);
  useScanTarget(null);
  useShortcuts({});
  const back = (): void => openDialog({ kind: 'wait', attemptId });
  const alarm = payment?.wait?.alarm;
  if (!payment || !alarm) return null;
  const said = money(language, alarm.amountMinor, alarm.currency);
  const decide = async (take: boolean): Promise<void> => {
    setBusy(true);
    const decided = await callApproved('payment.decide', { attemptId, take, note });
    setBusy(false);
    if (!decided.ok) {
      complain(decided.error);
      return;
    }
    back();
    showPayment(decided.value);
  };
  const ready = note.trim() !== '' && !busy;
  return (
    <Dialog title={t('doubt.decideTitle')} onClose={back} testId="decide-dialog">
      <div className="stack">
        <p>{t('doubt.decideText', { name: tenderName(payment.tenderKind), said, reference: alarm.reference })}</p>
        <TextField label={t('doubt.note')} value={note} onChange={setNote} maxLength={200} autoFocus testId="decide-note" />
        <DialogActions>
          <Button size="large" kind="danger" disabled={!ready} onPress={() => void decide(false)} testId="decide-leave">
            {t('doubt.leave')}
          </Button>
          <Button size="large" kind="primary" disabled={!ready || !alarm.mayTake} onPress={() => void decide(true)} testId="decide-take">
            {t('doubt.take', { said })}
          </Button>
        </DialogActions>
      </div>
    </Dialog>
  );
}
