import { useEffect, useState } from 'react';
import { Printer } from 'lucide-react';
import type { CallOutput } from '../../../src-main/contract/index.ts';
import type { UnprintedRow } from '../../../src-main/contract/papers.ts';
import type { Result } from '../../../src-main/contract/errors.ts';
import { dayTime } from '../../features/format/index.ts';
import { notify } from '../../features/notices/store.ts';
import { useShop, useTill } from '../../features/till/store.ts';
import { failureText, useWords } from '../../features/words/index.ts';
import { call } from '../../transport/index.ts';
import { Button } from '../../ui/button.tsx';

type Rows = CallOutput<'paper.unprinted'>;

function Left({ row, at, onAnswer }: { readonly row: UnprintedRow; readonly at: number; readonly onAnswer: (answer: Result<Rows>) => void }) {
  const { t, language } = useWords();
  const { shop } = useShop();
  const [busy, setBusy] = useState(false);
  const which = { kind: row.kind, ofId: row.ofId };
  const ask = async (question: Promise<Result<Rows>>): Promise<void> => {
    setBusy(true);
    const answer = await question;
    setBusy(false);
    onAnswer(answer);
  };
  return (
    <li className="row" data-testid={`left-paper-${at}`} data-state={row.problem}>
      <span className="grow">
        <strong>{row.title}</strong> {dayTime(language, row.at, shop.timeZone)}
        <span className="quiet-text">{` · ${t(`printer.${row.problem}`)}`}</span>
      </span>
      <Button size="small" disabled={busy} onPress={() => void ask(call('paper.print', which))} testId={`left-print-${at}`}>
        <Printer size={16} aria-hidden />
        {t('receipts.printAgain')}
      </Button>
      <Button size="small" kind="quiet" disabled={busy} onPress={() => void ask(call('paper.let-go', which))} testId={`left-let-go-${at}`}>
        {t('receipts.letGo')}
      </Button>
    </li>
  );
}

/** Papers other than receipts that did not come out: a person prints them, or does without. */
export function LeftPapers() {
  const { t, language } = useWords();
  const { shop } = useShop();
  const unprinted = useTill((state) => state.status?.unprinted ?? 0);
  const [rows, setRows] = useState<Rows>([]);
  useEffect(() => {
    void call('paper.unprinted', {}).then((found) => {
      if (found.ok) setRows(found.value);
    });
  }, [unprinted]);
  if (rows.length === 0) return null;
  const show = (answer: Result<Rows>): void => {
    if (answer.ok) setRows(answer.value);
    else notify(failureText(t, language, answer.error, shop.currency), { tone: 'bad' });
  };
  return (
    <section className="card left-papers" aria-label={t('receipts.leftPapers')}>
      <h2>{t('receipts.leftPapers')}</h2>
      <ul>
        {rows.map((row, index) => (
          <Left key={`${row.kind} ${row.ofId}`} row={row} at={index + 1} onAnswer={show} />
        ))}
      </ul>
    </section>
  );
}
