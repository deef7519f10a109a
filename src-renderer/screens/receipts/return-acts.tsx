import { useState } from 'react';
import { Repeat2, Undo2 } from 'lucide-react';
import type { ReceiptRow } from '../../../src-main/contract/receipts.ts';
import { callApproved } from '../../features/approval/store.ts';
import { AskDialog } from '../../features/ask/ask-dialog.tsx';
import { ReasonField } from '../../features/ask/reason-field.tsx';
import { money } from '../../features/format/index.ts';
import { notify } from '../../features/notices/store.ts';
import { openReturns } from '../../features/returns/store.ts';
import { useShortcuts } from '../../features/shortcuts/index.ts';
import { useShop } from '../../features/till/store.ts';
import { failureText, useWords } from '../../features/words/index.ts';
import { call } from '../../transport/index.ts';
import { Button } from '../../ui/button.tsx';

/** A finished receipt is never changed: its means of payment are put right by a return and a new sale. */
function CorrectDialog({ receipt, onClose }: { readonly receipt: ReceiptRow; readonly onClose: () => void }) {
  const { t, language } = useWords();
  const { shop } = useShop();
  const [reason, setReason] = useState('');
  const begin = async (): Promise<boolean> => {
    const begun = await call('return.correct', { receiptId: receipt.receiptId, reason });
    const confirmed = begun.ok ? await callApproved('return.confirm', { returnId: begun.value.returnId }) : begun;
    if (!confirmed.ok) notify(failureText(t, language, confirmed.error, shop.currency), { tone: 'bad' });
    if (begun.ok) openReturns({ returnId: begun.value.returnId });
    return confirmed.ok;
  };
  return (
    <AskDialog title={t('receipts.wrongTenderTitle')} ok={t('returns.continue')} ready={reason.trim() !== ''} onClose={onClose} onOk={begin} testId="correct-dialog">
      <p className="dialog-big">{money(language, receipt.totalMinor, receipt.currency)}</p>
      <p>{t('receipts.wrongTenderText')}</p>
      <ReasonField value={reason} onChange={setReason} suggestions={['wrongTender', 'mistake']} autoFocus />
    </AskDialog>
  );
}

/** What can be done about a sale that is finished. */
export function ReturnActs({ receipt }: { readonly receipt: ReceiptRow }) {
  const { t } = useWords();
  const [correct, setCorrect] = useState(false);
  const back = (): void => openReturns({ receiptId: receipt.receiptId });
  useShortcuts({ F6: back }, 'screen');
  return (
    <div className="row">
      <Button hotkey="F6" onPress={back} testId="to-return">
        <Undo2 size={20} aria-hidden />
        {t('receipts.return')}
      </Button>
      <Button onPress={() => setCorrect(true)} testId="wrong-tender">
        <Repeat2 size={20} aria-hidden />
        {t('receipts.wrongTender')}
      </Button>
      {correct ? <CorrectDialog receipt={receipt} onClose={() => setCorrect(false)} /> : null}
    </div>
  );
}
