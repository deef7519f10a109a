import { useState } from 'react';
import type { ReceiptRow } from '../../../src-main/contract/receipts.ts';
import { Check, TextField } from '../../ui/fields.tsx';
import { callApproved } from '../approval/store.ts';
import { AskDialog } from '../ask/ask-dialog.tsx';
import { useShop } from '../till/store.ts';
import { failureText, useWords } from '../words/index.ts';
import { addressIn, looksLikeAddress } from './read-address.ts';

/** Whether a mail of it would be its copy. */
const isOut = ({ delivery }: ReceiptRow): boolean => delivery === 'printed' || delivery === 'sent' || delivery === 'shown';

/** Asks where a receipt is to be mailed, by hand or by scan. */
export function MailDialog({ row, onClose }: { readonly row: ReceiptRow; readonly onClose: () => void }) {
  const { t, language } = useWords();
  const { shop, giving } = useShop();
  const [to, setTo] = useState('');
  const [agreed, setAgreed] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const write = (text: string): void => {
    setTo(text);
    setError(null);
  };
  const scanned = (code: string): void => {
    const found = addressIn(code);
    if (found === null) setError(t('giving.noAddressInCode'));
    else write(found);
  };
  const send = async (): Promise<boolean> => {
    if (!looksLikeAddress(to)) {
      setError(t('errors.mail-address'));
      return false;
    }
    const queued = await callApproved('giving.mail', { receiptId: row.receiptId, to: to.trim(), agreed });
    if (!queued.ok) setError(failureText(t, language, queued.error, shop.currency));
    return queued.ok;
  };
  return (
    <AskDialog title={t('giving.dialog', { number: row.number })} ok={t('giving.send')} ready={to.trim() !== ''} onClose={onClose} onOk={send} onScan={scanned} testId="mail-dialog">
      {isOut(row) ? <p>{t('giving.asCopy')}</p> : null}
      <TextField label={t('giving.address')} hint={t('giving.addressHint')} kind="email" value={to} onChange={write} maxLength={254} error={error} autoFocus testId="mail-address" />
      {giving.agreement ? <Check label={t('giving.agreed')} checked={agreed} onChange={setAgreed} /> : <p className="quiet-text">{t('giving.forgotten')}</p>}
    </AskDialog>
  );
}
