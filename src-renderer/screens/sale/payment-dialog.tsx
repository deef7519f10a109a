import { useEffect, useState } from 'react';
import type { SaleView, TenderView } from '../../../src-main/contract/sale.ts';
import { callApproved } from '../../features/approval/store.ts';
import { AmountField, useAmountField } from '../../features/amounts/amount-field.tsx';
import { money } from '../../features/format/index.ts';
import { play } from '../../features/sounds/index.ts';
import { useScanTarget } from '../../features/scanner/targets.ts';
import { useShortcuts } from '../../features/shortcuts/index.ts';
import { useTenderName } from '../../features/tenders/index.ts';
import { drawnTogether, showPayment, useShop, useTill } from '../../features/till/store.ts';
import { failureText, useWords } from '../../features/words/index.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/fields.tsx';
import { Panel, Pill } from '../../ui/pieces.tsx';
import { leavePaid, Paid } from './paid.tsx';
import { asks, cameToNothing } from './outcome.ts';
import { Waiting } from './waiting.tsx';
import { closeDialog, openDialog, type SaleDialog } from './state.ts';
import { call } from '../../transport/index.ts';
import { quickAmounts } from './quick-amounts.ts';

/**
 * One dialog from the tender's button to the paid receipt: its frame and its buttons keep their places, only what it
 * says changes.
 */
export function PaymentDialog({ dialog }: { readonly dialog: Extract<SaleDialog, { readonly kind: 'pay' | 'wait' | 'paid' }> }) {
  const { t, language } = useWords();
  const tenderName = useTenderName();
  const sale = useTill((state) => state.sale);
  if (dialog.kind === 'paid') {
    const { payment } = dialog;
    const number = <Pill>{t('pay.receipt')} <span data-testid="receipt-number">{payment.receiptNumber}</span></Pill>;
    return (
      <Dialog title={t('pay.paid')} onClose={() => leavePaid(payment.receiptId)} stage="paid" aside={number} testId="paid-dialog">
        <Paid payment={payment} />
      </Dialog>
    );
  }
  if (dialog.kind === 'wait') return <Wait attemptId={dialog.attemptId} then={dialog.then ?? null} />;
  const tender = sale?.tenders.find((one) => one.id === dialog.tenderId);
  if (!sale || !tender) return null;
  const due = <Pill>{t('pay.due', { amount: money(language, sale.totals.dueMinor, sale.currency) })}</Pill>;
  return (
    <Dialog title={tenderName(tender.kind, tender.name)} onClose={closeDialog} stage="pay" aside={due} testId="pay-dialog">
      <Pay key={tender.id} sale={sale} tender={tender} />
    </Dialog>
  );
}

/** The same dialog while a provider proves the payment; what comes of it decides what it shows next. */
function Wait({ attemptId, then }: { readonly attemptId: string; readonly then: string | null }) {
  const tenderName = useTenderName();
  const payment = useTill((state) => state.payments[attemptId]);
  const given = useTill((state) => state.sale?.tenders.find((one) => one.id === payment?.tenderId)?.name);
  const free = payment !== undefined && then !== null && cameToNothing(payment);
  useEffect(() => {
    if (free) openDialog({ kind: 'pay', tenderId: then });
  }, [free, then]);
  const carriedOver = payment?.carriedOver === true;
  useEffect(() => {
    if (carriedOver) closeDialog();
  }, [carriedOver]);
  if (!payment?.wait || carriedOver) return null;
  const name = tenderName(payment.tenderKind, given);
  return (
    <Dialog title={name} onClose={closeDialog} stage={cameToNothing(payment) ? 'over' : asks(payment, payment.wait) ? 'ask' : 'wait'} dismissable={cameToNothing(payment)} testId="wait-dialog">
      <Waiting payment={payment} wait={payment.wait} name={name} />
    </Dialog>
  );
}

/** The tap on Pay may come twice; both carry this and are one payment. */
const newRequestId = (): string => crypto.randomUUID();

/** Less than is due pays a part; for cash, more than is due is what the customer handed over. */
function split(tender: TenderView, typedMinor: number): { readonly amountMinor: number; readonly givenMinor?: number } {
  if (!tender.givesChange) return { amountMinor: typedMinor };
  if (tender.amountMinor <= 0) return { amountMinor: tender.amountMinor };
  return { amountMinor: Math.min(typedMinor, tender.amountMinor), givenMinor: typedMinor };
}

/** The ways in which a provider can ask the customer, as one row of switches. */
function Ways({ tender, chosen, onChoose }: { readonly tender: TenderView; readonly chosen: string; readonly onChoose: (id: string) => void }) {
  const { t, language } = useWords();
  return (
    <div className="segments" role="group" aria-label={t('pay.way')}>
      {tender.ways.map(({ id, label }) => (
        <button key={id} type="button" aria-pressed={id === chosen} onClick={() => onChoose(id)} data-testid={`pay-way-${id}`}>
          {label[language]}
        </button>
      ))}
    </div>
  );
}

/** Pays with one of the till's own tenders: cash, or a card slip that the cashier reads off. */
function Pay({ sale, tender }: { readonly sale: SaleView; readonly tender: TenderView }) {
  const { t, language } = useWords();
  const { cashPieces } = useShop();
  const field = useAmountField(tender.amountMinor);
  const [reference, setReference] = useState('');
  const [wayId, setWayId] = useState(tender.ways[0]?.id);
  const [told, setTold] = useState('');
  const [asking, setAsking] = useState(false);
  const [requestId, setRequestId] = useState(newRequestId);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  useScanTarget(tender.asksReference ? (code) => setReference(code.slice(0, 60)) : null);
  useShortcuts({});

  const typed = 'minor' in field.amount ? field.amount.minor : null;
  const owed = tender.amountMinor < 0;
  const changeMinor = tender.givesChange && typed !== null && !owed ? Math.max(0, typed - tender.amountMinor) : 0;
  const overMinor = tender.moreThanDue && typed !== null ? Math.max(0, typed - tender.amountMinor) : 0;
  const leftMinor = typed === null || owed ? 0 : Math.max(0, tender.amountMinor - typed);
  const way = tender.ways.find((one) => one.id === wayId) ?? null;
  const asks = way?.asks ?? null;
  const untold = asks?.required === true && told.trim() === '';
  const ready = typed !== null && !busy && !asking && !untold && (!tender.asksReference || reference.trim() !== '');

  async function pay(): Promise<void> {
    if (typed === null || busy) return;
    setBusy(true);
    const started = callApproved('payment.start', { requestId, tenderId: tender.id, ...split(tender, typed), ...(tender.asksReference ? { reference } : {}), ...(way ? { way: way.id } : {}), ...(asks ? { told } : {}) });
    await drawnTogether(started, (paid) => {
      setBusy(false);
      if (!paid.ok) {
        play('refused');
        setError(failureText(t, language, paid.error, sale.currency));
        // What was refused has not begun: the next tap is a payment of its own. After a lost answer it is the same one.
        if (paid.error.code !== 'unreachable') setRequestId(newRequestId());
        return;
      }
      if (paid.value.wait) {
        showPayment(paid.value);
        openDialog({ kind: 'wait', attemptId: paid.value.attemptId });
        return;
      }
      play('paid');
      if (paid.value.completed) openDialog({ kind: 'paid', payment: paid.value });
      else closeDialog();
    });
  }

  /** The customer types it on their own screen; the payment that begins by it takes this dialog's place. */
  async function askCustomer(): Promise<void> {
    if (typed === null || !way) return;
    const asked = await call('payment.ask-customer', { requestId, tenderId: tender.id, amountMinor: typed, way: way.id });
    if (asked.ok) setAsking(true);
    else setError(failureText(t, language, asked.error, sale.currency));
  }
  useEffect(() => (asking ? () => void call('payment.stop-asking', {}) : undefined), [asking]);

  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) void pay();
      }}
    >
      {owed ? (
        <p className="dialog-big">{money(language, -tender.amountMinor, sale.currency)}</p>
      ) : (
        <AmountField label={t(tender.givesChange ? 'pay.given' : 'pay.amount')} field={field} error={error} autoFocus={!tender.asksReference && asks === null} testId="pay-amount" />
      )}
      {tender.givesChange && !owed ? (
        <div className="choices" role="group" aria-label={t('pay.quick')}>
          {quickAmounts(tender.amountMinor, cashPieces).map((minor) => (
            <Button key={minor} onPress={() => field.setMinor(minor)} testId={`pay-quick-${minor}`}>
              {minor === tender.amountMinor ? t('pay.exact') : money(language, minor, sale.currency)}
            </Button>
          ))}
        </div>
      ) : null}
      {tender.ways.length > 1 ? <Ways tender={tender} chosen={way?.id ?? ''} onChoose={(id) => {
        setAsking(false);
        setWayId(id);
      }} /> : null}
      {asks ? (
        <div className="told">
          <TextField label={asks.label[language]} hint={asking ? t('pay.customerTypes') : asks.help[language]} value={told} onChange={(value) => {
            setAsking(false);
            setTold(value);
          }} maxLength={asks.maxLength} numeric="numeric" autoFocus testId="pay-told" />
          <Button disabled={typed === null || asking} onPress={() => void askCustomer()} testId="pay-ask-customer">
            {t('pay.askCustomer')}
          </Button>
        </div>
      ) : null}
      {tender.asksReference ? (
        <TextField label={t('pay.reference')} hint={t('pay.referenceHint')} value={reference} onChange={setReference} maxLength={60} autoFocus testId="pay-reference" />
      ) : null}
      <Panel title={t(owed ? 'pay.giveBack' : leftMinor > 0 ? 'pay.leftAfter' : overMinor > 0 ? 'pay.moreIsBack' : tender.givesChange ? 'pay.change' : 'pay.settles')} testId="pay-state" state="intended">
        {owed ? null : <p className="amount pay-result">{money(language, leftMinor > 0 ? leftMinor : overMinor > 0 ? overMinor : changeMinor, sale.currency)}</p>}
      </Panel>
      <DialogActions>
        <Button size="large" kind="danger" onPress={closeDialog} testId="pay-cancel">
          {t('pay.cancel')}
        </Button>
        <Button size="large" kind="primary" submit disabled={!ready} testId="pay-start">
          {t(owed ? 'pay.payOut' : 'pay.start')}
        </Button>
      </DialogActions>
    </form>
  );
}
