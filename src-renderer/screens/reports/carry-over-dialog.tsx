import { useState } from 'react';
import { callApproved } from '../../features/approval/store.ts';
import { AskDialog } from '../../features/ask/ask-dialog.tsx';
import { money } from '../../features/format/index.ts';
import { notify } from '../../features/notices/store.ts';
import { useShop } from '../../features/till/store.ts';
import { failureText, useWords } from '../../features/words/index.ts';
import { TextField } from '../../ui/fields.tsx';

/** A payment that stays in doubt lets its receipt go, with a note that says what is known. */
export function CarryOverDialog({ attemptId, name, amountMinor, onClose }: { readonly attemptId: string; readonly name: string; readonly amountMinor: number; readonly onClose: () => void }) {
  const { t, language } = useWords();
  const { shop } = useShop();
  const [note, setNote] = useState('');
  const [error, setError] = useState<string | null>(null);
  const go = async (): Promise<boolean> => {
    const carried = await callApproved('payment.carry-over', { attemptId, note });
    if (carried.ok) notify(t('carryOver.done'));
    else setError(failureText(t, language, carried.error, shop.currency));
    return carried.ok;
  };
  return (
    <AskDialog title={t('carryOver.title', { name })} ok={t('reports.clear.carry-over')} ready={note.trim() !== ''} onClose={onClose} onOk={go} testId="carry-over-dialog">
      <p className="dialog-big amount">{money(language, amountMinor, shop.currency)}</p>
      <p>{t('carryOver.text', { name })}</p>
      <TextField label={t('tasks.note')} hint={t('tasks.noteHint')} value={note} onChange={setNote} maxLength={200} autoFocus testId="carry-over-note" />
      {error === null ? null : <p role="alert" className="error">{error}</p>}
    </AskDialog>
  );
}
