import { Truck } from 'lucide-react';
import { useCallback, useEffect, useRef, type FormEvent } from 'react';
import { money } from '../../features/format/index.ts';
import { notify } from '../../features/notices/store.ts';
import { play } from '../../features/sounds/index.ts';
import { useTenderName } from '../../features/tenders/index.ts';
import { useTill } from '../../features/till/store.ts';
import { WaitingExchange } from '../../features/returns/waiting.tsx';
import { useScanTarget } from '../../features/scanner/targets.ts';
import { useShortcuts } from '../../features/shortcuts/index.ts';
import { useWords } from '../../features/words/index.ts';
import { call } from '../../transport/index.ts';
import { isReceiptCode } from '../../features/returns/store.ts';
import { addCode, done, removeLine } from './actions.ts';
import { SaleDialogs } from './dialogs.tsx';
import { Aside, bringBack, setAside } from './aside.tsx';
import { Lines } from './lines.tsx';
import { QuickKeys } from './quick-keys.tsx';
import { Search } from './search.tsx';
import { cameToNothing } from './outcome.ts';
import { ServingChoice, servingKey, useOtherServing } from './serving.tsx';
import { DrawerOpen, ShiftNeeded } from './drawer-notices.tsx';
import { chooseLine, closeDialog, openDialog, setSearch, useSaleUi } from './state.ts';
import { tenderKeys, Tenders } from './tenders.tsx';
import { Totals } from './totals.tsx';
import './sale.css';

/** The line that keys and buttons act on: the chosen one, else the newest. */
function useActingLine() {
  const chosenId = useSaleUi((state) => state.chosenLineId);
  return useTill((state) => {
    const wanted = chosenId ?? state.sale?.newestLineId;
    return state.sale?.lines.find((line) => line.id === wanted) ?? null;
  });
}

/** A payment that a provider is proving always has its dialog: after a reload, an unlock, a payment found at the start. */
function usePaymentDialog(): void {
  const tenderName = useTenderName();
  const { t, language } = useWords();
  const receiptId = useTill((state) => state.sale?.receiptId ?? null);
  const shown = useSaleUi((state) => state.dialog);
  const shownId = shown?.kind === 'wait' || shown?.kind === 'decide' ? shown.attemptId : null;
  // The one that the dialog shows, until it has ended before the cashier's eyes; else the one that runs for this receipt.
  const payment = useTill(({ payments }) => {
    const dialogs = shownId === null ? undefined : payments[shownId];
    return dialogs ?? Object.values(payments).find((one) => one.receiptId === receiptId && one.state !== 'paid' && !one.carriedOver && !cameToNothing(one)) ?? null;
  });
  useEffect(() => {
    if (!payment?.wait || payment.carriedOver) return;
    const waits = payment.attemptId === shownId;
    if (payment.state === 'paid') {
      play('paid');
      if (payment.completed) openDialog({ kind: 'paid', payment });
      else {
        closeDialog();
        notify(t('wait.partPaid', { amount: money(language, payment.amountMinor, payment.currency), name: tenderName(payment.tenderKind) }));
      }
    } else if (!cameToNothing(payment) && !waits) openDialog({ kind: 'wait', attemptId: payment.attemptId });
  }, [payment, shownId, t, language, tenderName]);
}

function moveChoice(by: number): void {
  const { sale } = useTill.getState();
  const lines = sale?.lines ?? [];
  const { chosenLineId } = useSaleUi.getState();
  const at = lines.findIndex((line) => line.id === (chosenLineId ?? sale?.newestLineId));
  const next = lines[Math.max(0, Math.min(lines.length - 1, at + by))];
  if (next) chooseLine(next.id);
}

/** A sale to a customer who is not here says so all the time: what can be paid with is different. */
function FromAfar() {
  const { t } = useWords();
  return (
    <p className="from-afar" data-testid="from-afar">
      <Truck size={18} aria-hidden />
      {t('sale.isFromAfar')}
    </p>
  );
}

/** The counter itself: receipt, search, quick keys, tenders. */
export function SaleScreen() {
  const { t } = useWords();
  const sale = useTill((state) => state.sale);
  const dialog = useSaleUi((state) => state.dialog);
  const line = useActingLine();
  const shiftNeeded = useTill((state) => state.status?.shift === 'needed');
  const closeDrawer = useTill((state) => state.status?.closeDrawer === true);
  const search = useRef<HTMLInputElement>(null);
  const sink = useRef<HTMLInputElement>(null);
  usePaymentDialog();
  useScanTarget((code, aim) => void addCode(isReceiptCode(code) ? code : aim + code, 'scan'));

  const otherServing = useOtherServing();
  const open = sale?.state === 'open';
  const onLine = (kind: 'quantity' | 'discount' | 'price' | 'note') =>
    line && open ? () => openDialog({ kind, lineId: line.id }) : undefined;
  const changeBy = (milli: number) =>
    line && open && line.unit === 'piece' && line.quantityMilli + milli > 0
      ? () => void done(call('sale.set-quantity', { lineId: line.id, quantityMilli: line.quantityMilli + milli }))
      : undefined;
  const tenderAt = (index: number) => {
    const tender = sale?.tenders[index];
    return tender?.usable ? () => openDialog({ kind: 'pay', tenderId: tender.id }) : undefined;
  };
  const nextAside = sale?.aside[0]?.receiptId;
  const hasLines = (sale?.lines.length ?? 0) > 0;
  useShortcuts({
    F2: () => search.current?.focus(),
    F3: nextAside ? () => void bringBack(nextAside) : sale?.state === 'paying' ? () => void setAside() : undefined,
    F4: onLine('quantity'),
    F6: onLine('discount'),
    F7: hasLines ? (open ? () => openDialog({ kind: 'park' }) : undefined) : () => openDialog({ kind: 'parked' }),
    F8: () => openDialog({ kind: 'more' }),
    'Alt+P': onLine('price'),
    'Alt+N': onLine('note'),
    [servingKey]: otherServing,
    Delete: line && open ? () => void removeLine(line.id, line.name) : undefined,
    '+': changeBy(1000),
    '-': changeBy(-1000),
    ArrowUp: () => moveChoice(-1),
    ArrowDown: () => moveChoice(1),
    Escape: () => chooseLine(null),
    ...Object.fromEntries(tenderKeys.map((key, index) => [key, tenderAt(index)])),
  }, 'screen');

  const rest = useCallback(() => sink.current?.focus({ preventScroll: true }), []);
  useEffect(() => {
    if (!dialog) rest();
  }, [dialog, rest]);

  // Typing with nothing in hand goes to the search field: the first sign waits there for the rest.
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent): void {
      const nowhere = document.activeElement === document.body;
      if (event.defaultPrevented || !nowhere || useSaleUi.getState().dialog) return;
      if (event.key.length !== 1 || event.ctrlKey || event.altKey || event.metaKey || '+-'.includes(event.key)) return;
      event.preventDefault();
      setSearch(useSaleUi.getState().search + event.key);
      search.current?.focus();
    }
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);

  /** A person's first sign belongs to the search field; a whole text (a scanner's, a test's) waits for its Enter. */
  function sinkInput(field: HTMLInputElement, native: Event): void {
    if (!(native instanceof InputEvent) || native.inputType !== 'insertText' || field.value.length !== 1) return;
    setSearch(useSaleUi.getState().search + field.value);
    field.value = '';
    search.current?.focus();
  }

  function sinkEnter(event: FormEvent): void {
    event.preventDefault();
    const code = sink.current?.value ?? '';
    if (sink.current) sink.current.value = '';
    if (code !== '') void addCode(code, 'scan');
  }

  return (
    <main className="sale">
      <h1 className="visually-hidden">{t('screens.sale')}</h1>
      {closeDrawer ? <DrawerOpen /> : null}
      <section className="sale-left" aria-label={t('sale.receipt')}>
        <form className="visually-hidden" onSubmit={sinkEnter}>
          <input
            ref={sink}
            data-testid="scan-sink"
            data-scan="sink"
            inputMode="none"
            autoComplete="off"
            aria-label={t('sale.scanSink')}
            onInput={(event) => sinkInput(event.currentTarget, event.nativeEvent)}
          />
        </form>
        <ServingChoice />
        {sale?.distance === true ? <FromAfar /> : null}
        <div className="sale-receipt">
          {shiftNeeded ? <ShiftNeeded /> : null}
          {shiftNeeded && !hasLines ? null : <Lines />}
        </div>
        <WaitingExchange />
        <Aside />
        <Totals line={line} />
      </section>
      <section className="sale-right" aria-label={t('sale.articlesAndTenders')}>
        <Search field={search}>
          <QuickKeys />
        </Search>
        <Tenders />
      </section>
      <SaleDialogs />
    </main>
  );
}
