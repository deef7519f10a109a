import { useCallback, useEffect, useRef, useState } from 'react';
import { CircleAlert, CircleCheck, CopyCheck, FileDown, Mail, Printer, QrCode, ReceiptText } from 'lucide-react';
import type { Failure } from '../../../src-main/contract/errors.ts';
import type { Paper as PaperData, PrintState, ReceiptRow } from '../../../src-main/contract/receipts.ts';
import { callApproved } from '../../features/approval/store.ts';
import { download } from '../../features/download/index.ts';
import { dayTime, money } from '../../features/format/index.ts';
import { DeliveryPanel, DeliveryPill, useGiving } from '../../features/giving/delivery.tsx';
import { MailDialog } from '../../features/giving/mail-dialog.tsx';
import { notify } from '../../features/notices/store.ts';
import { Paper } from '../../features/paper/paper.tsx';
import { useScanTarget } from '../../features/scanner/targets.ts';
import { useShortcuts } from '../../features/shortcuts/index.ts';
import { useTenderName } from '../../features/tenders/index.ts';
import { useShop } from '../../features/till/store.ts';
import { failureText, useWords } from '../../features/words/index.ts';
import { call, subscribe } from '../../transport/index.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/fields.tsx';
import { Empty, Panel, Pill, type Tone } from '../../ui/pieces.tsx';
import { CustomerInfo } from './customer-info.tsx';
import { InTheApp } from './in-the-app.tsx';
import { LeftPapers } from './left-papers.tsx';
import { Refunds } from './refunds.tsx';
import { ReturnActs } from './return-acts.tsx';
import './receipts.css';

const pageSize = 60;
/** Rows drawn before the first answer. */
const placeholders = [1, 2, 3, 4, 5, 6];
const tones: Readonly<Record<PrintState, Tone>> = { none: 'plain', waiting: 'waiting', printed: 'good', failed: 'amber', copied: 'good' };
const icons = { none: ReceiptText, waiting: Printer, printed: CircleCheck, failed: CircleAlert, copied: CopyCheck } as const;

/** Whether the original is out: what comes after it is the copy. */
const isOut = ({ delivery }: ReceiptRow): boolean => delivery === 'printed' || delivery === 'sent' || delivery === 'shown';

function PrintPill({ row }: { readonly row: ReceiptRow }) {
  const { t } = useWords();
  const Icon = icons[row.printState];
  return (
    <Pill tone={tones[row.printState]} icon={<Icon size={15} aria-hidden />}>
      {t(`receipts.print.${row.printState}`)}
    </Pill>
  );
}

/** What went another way than on paper has nothing to say of paper, until its copy is printed. */
const showsPaper = ({ printState, delivery, mail }: ReceiptRow): boolean => printState !== 'none' || (delivery === 'none' && mail === null);

/** Arrow keys may choose a row that is scrolled away. */
function keepInView(row: HTMLElement | null): void {
  row?.scrollIntoView({ block: 'nearest' });
}

type Loaded = { readonly rows: readonly ReceiptRow[]; readonly more: boolean };

/** The list for a text, page by page, and its refresh when a paper comes out. */
function useReceipts(text: string) {
  const [loaded, setLoaded] = useState<Loaded | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const asked = useRef(0);
  const load = useCallback(
    async (before: ReceiptRow | null): Promise<void> => {
      asked.current += 1;
      const mine = asked.current;
      const found = await call('receipt.list', { text, limit: pageSize, ...(before ? { before: before.receiptId } : {}) });
      if (mine !== asked.current) return;
      setFailure(found.ok ? null : found.error);
      if (!found.ok) return;
      setLoaded((now) => ({ rows: before ? [...(now?.rows ?? []), ...found.value.rows] : found.value.rows, more: found.value.more }));
    },
    [text],
  );
  useEffect(() => void load(null), [load]);
  useEffect(
    () =>
      subscribe('receipt.printed', (row) =>
        setLoaded((now) => now && { ...now, rows: now.rows.map((one) => (one.receiptId === row.receiptId ? row : one)) }),
      ),
    [],
  );
  return { loaded, failure, load };
}

/** Completed receipts: found by scan, number, amount, article or reference; shown, printed, saved. */
export function ReceiptsScreen() {
  const { t, language } = useWords();
  const tenderName = useTenderName();
  const { shop, giving } = useShop();
  const act = useGiving();
  const [mailing, setMailing] = useState(false);
  const [text, setText] = useState('');
  const { loaded, failure, load } = useReceipts(text);
  const [chosenId, setChosenId] = useState<string | null>(null);
  const search = useRef<HTMLInputElement>(null);
  const rows = loaded?.rows ?? [];
  const chosen = rows.find((row) => row.receiptId === chosenId) ?? rows[0] ?? null;
  const move = (by: number) => () => {
    const at = rows.findIndex((row) => row.receiptId === chosen?.receiptId);
    setChosenId(rows[Math.max(0, Math.min(rows.length - 1, at + by))]?.receiptId ?? null);
  };
  const print = async (): Promise<void> => {
    if (!chosen) return;
    const printed = await callApproved('receipt.print', { receiptId: chosen.receiptId });
    if (printed.ok) notify(t(printed.value.copy ? 'receipts.copied' : 'receipts.printed', { number: chosen.number }));
    else notify(failureText(t, language, printed.error, shop.currency), { tone: 'bad' });
  };
  const pdf = async (): Promise<void> => {
    if (!chosen) return;
    const made = await call('receipt.pdf', { receiptId: chosen.receiptId });
    if (made.ok) download(made.value.fileName, made.value.base64);
    else notify(failureText(t, language, made.error, shop.currency), { tone: 'bad' });
  };
  useScanTarget(setText);
  useShortcuts({
    F2: () => search.current?.focus(),
    F9: () => void print(),
    F10: () => void pdf(),
    ArrowDown: move(1),
    ArrowUp: move(-1),
    Escape: () => {
      location.hash = '#/sale';
    },
  }, 'screen');

  return (
    <main className="receipts">
      <section className="receipts-list">
        <div className="room-head">
          <h1>{t('screens.receipts')}</h1>
          <Button hotkey="Esc" onPress={() => { location.hash = '#/sale'; }} testId="back">
            {t('common.backToSale')}
          </Button>
        </div>
        <TextField label={t('receipts.search')} hint={t('receipts.searchHint')} value={text} onChange={setText} maxLength={100} inputRef={search} testId="receipt-search" />
        <LeftPapers />
        {failure ? (
          <Panel tone="bad" icon={<CircleAlert size={32} aria-hidden />} title={failureText(t, language, failure, shop.currency)} />
        ) : null}
        {loaded && rows.length === 0 ? (
          <Empty icon={<ReceiptText size={44} strokeWidth={1.5} />} title={t(text === '' ? 'receipts.none' : 'receipts.notFound')}>
            <p>{t('receipts.noneHint')}</p>
          </Empty>
        ) : (
          <ul className="receipts-rows" aria-label={t('screens.receipts')} aria-busy={loaded === null}>
            {loaded || failure ? null : placeholders.map((place) => <li key={place} className="list-row receipt-row receipt-awaited" aria-hidden />)}
            {rows.map((row) => (
              <li key={row.receiptId}>
                <button type="button" className="list-row receipt-row" ref={row === chosen ? keepInView : undefined} aria-pressed={row === chosen} onClick={() => setChosenId(row.receiptId)} data-testid={row.kind === 'return' ? `return-receipt-${row.number}` : `receipt-${row.number}`}>
                  <span className="receipt-main">
                    <span className="amount">{row.kind === 'return' ? `${t('receipts.kind.return')} ${row.number}` : row.number}</span>
                    <span className="line-under">{`${dayTime(language, row.at, shop.timeZone)} · ${row.staffName} · ${row.tenders.map((kind) => tenderName(kind)).join(' + ')}`}</span>
                  </span>
                  <span className="receipt-states">
                    <DeliveryPill row={row} />
                    {showsPaper(row) ? <PrintPill row={row} /> : null}
                  </span>
                  <span className="amount">{money(language, row.totalMinor, row.currency)}</span>
                </button>
              </li>
            ))}
            {loaded?.more ? (
              <li>
                <Button onPress={() => void load(rows.at(-1) ?? null)}>{t('receipts.more')}</Button>
              </li>
            ) : null}
          </ul>
        )}
      </section>
      <section className="receipts-paper" aria-label={t('receipts.paper')}>
        {chosen ? (
          <>
            <div className="row">
              <Button kind="primary" hotkey="F9" onPress={() => void print()} disabled={chosen.printState === 'copied'} testId="reprint">
                <Printer size={20} aria-hidden />
                {t(isOut(chosen) ? 'receipts.printCopy' : 'receipts.printAgain')}
              </Button>
              <Button hotkey="F10" onPress={() => void pdf()} disabled={chosen.printState === 'copied'} testId="pdf">
                <FileDown size={20} aria-hidden />
                {t('receipts.pdf')}
              </Button>
              {giving.mail ? (
                <Button onPress={() => setMailing(true)} disabled={chosen.printState === 'copied' || chosen.mail?.state === 'sending' || chosen.mail?.state === 'queued'} testId="mail-receipt">
                  <Mail size={20} aria-hidden />
                  {t('giving.mail')}
                </Button>
              ) : null}
              {giving.shown && !isOut(chosen) ? (
                <Button onPress={() => void act('giving.show', chosen.receiptId)} testId="show-receipt">
                  <QrCode size={20} aria-hidden />
                  {t('giving.qr')}
                </Button>
              ) : null}
            </div>
            {chosen.kind === 'sale' ? <ReturnActs key={`acts-${chosen.receiptId}`} receipt={chosen} /> : null}
            {chosen.printState === 'copied' ? <p className="quiet-text">{t('errors.already-copied')}</p> : null}
            <DeliveryPanel row={chosen} onMail={() => setMailing(true)} onPrint={() => void print()} />
            {mailing ? <MailDialog row={chosen} onClose={() => setMailing(false)} /> : null}
            <Refunds key={`refunds-${chosen.receiptId}`} receiptId={chosen.receiptId} />
            <InTheApp key={`app-${chosen.receiptId}`} receiptId={chosen.receiptId} />
            <CustomerInfo key={`customer-${chosen.receiptId}`} receiptId={chosen.receiptId} />
            <ChosenPaper key={chosen.receiptId} receiptId={chosen.receiptId} />
          </>
        ) : null}
      </section>
    </main>
  );
}

function ChosenPaper({ receiptId }: { readonly receiptId: string }) {
  const { t, language } = useWords();
  const { shop } = useShop();
  const [paper, setPaper] = useState<PaperData | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  useEffect(() => {
    let current = true;
    void call('receipt.paper', { receiptId }).then((found) => {
      if (!current) return;
      if (found.ok) setPaper(found.value.paper);
      else setFailure(found.error);
    });
    return () => {
      current = false;
    };
  }, [receiptId]);
  if (failure) return <Panel tone="bad" icon={<CircleAlert size={32} aria-hidden />} title={failureText(t, language, failure, shop.currency)} />;
  return paper ? <Paper paper={paper} /> : null;
}
