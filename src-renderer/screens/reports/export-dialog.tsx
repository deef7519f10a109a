import { useState } from 'react';
import type { ExportKind } from '../../../src-main/contract/accounting.ts';
import { callApproved } from '../../features/approval/store.ts';
import { AskDialog } from '../../features/ask/ask-dialog.tsx';
import { download } from '../../features/download/index.ts';
import { money } from '../../features/format/index.ts';
import { notify } from '../../features/notices/store.ts';
import { useShop } from '../../features/till/store.ts';
import { failureText, useWords } from '../../features/words/index.ts';
import { Select, TextField } from '../../ui/fields.tsx';

const kinds: readonly ExportKind[] = ['accounting', 'receipts'];
/** The days of the month that is not over, by this machine's calendar. */
function thisMonth(): { readonly from: string; readonly to: string } {
  const now = new Date();
  const two = (value: number): string => String(value).padStart(2, '0');
  const month = `${now.getFullYear()}-${two(now.getMonth() + 1)}`;
  return { from: `${month}-01`, to: `${month}-${two(now.getDate())}` };
}

/** A CSV file for the accountant: which days, and what of them. */
export function ExportDialog({ onClose }: { readonly onClose: () => void }) {
  const { t, language } = useWords();
  const { shop } = useShop();
  const [what, setWhat] = useState<ExportKind>('accounting');
  const [{ from, to }, setDays] = useState(thisMonth);
  const [error, setError] = useState<string | null>(null);
  const go = async (): Promise<boolean> => {
    const made = await callApproved('accounting.export', { what, from, to });
    if (!made.ok) {
      setError(failureText(t, language, made.error, shop.currency));
      return false;
    }
    const { fileName, base64, totals } = made.value;
    download(fileName, base64, 'text/csv');
    notify(t('accounting.exported', { receipts: totals.receipts, days: totals.days, amount: money(language, totals.totalMinor, shop.currency) }));
    return true;
  };
  return (
    <AskDialog title={t('accounting.export')} ok={t('accounting.download')} ready={from !== '' && to !== '' && from <= to} onClose={onClose} onOk={go} testId="export-dialog">
      <Select label={t('accounting.what')} value={what} choices={kinds.map((kind) => ({ value: kind, label: t(`accounting.kind.${kind}`) }))} onChange={setWhat} testId="export-what" />
      <div className="room-grid">
        <TextField kind="date" label={t('accounting.from')} value={from} onChange={(day) => setDays({ from: day, to })} testId="export-from" />
        <TextField kind="date" label={t('accounting.to')} value={to} onChange={(day) => setDays({ from, to: day })} testId="export-to" />
      </div>
      {error === null ? null : <p role="alert" className="error">{error}</p>}
    </AskDialog>
  );
}
