import { serveSandbox, type Sandbox, type SandboxOptions } from '../shared/server.ts';
import type { LedgerEntry, SandboxModel, WireAnswer, WireRequest } from '../shared/types.ts';
import { answerOf, faultOf, type Outcome } from './answers.ts';
import { customerActs } from './buyer.ts';
import { tick } from './clock.ts';
import { configure } from './configure.ts';
import { cancelInvoice, commitReservation, getPaymentStatus, refundPayment, sendInvoice, submitPaymentReceipt, updateInvoice } from './invoices.ts';
import { phonePage } from './phone.ts';
import { callerOf } from './principals.ts';
import { executeReport, markTransactionPeriod } from './reports.ts';
import { operations, readRequest } from './schema.ts';
import { freshState, type State, type Terminal } from './state.ts';
import { assignSeqrId, registerTerminal, unregisterTerminal } from './terminals.ts';
import type { Element } from './xml.ts';

type Operation = (state: State, terminal: Terminal, element: Element, nowMs: number, delivered: boolean) => Outcome;

/** A reseller's operation never looks at its terminal: it has none. */
const handlers: Readonly<Record<string, Operation>> = {
  registerTerminal: (state, _terminal, element) => registerTerminal(state, element),
  unregisterTerminal: (state, terminal) => unregisterTerminal(state, terminal),
  assignSeqrId,
  sendInvoice,
  updateInvoice,
  getPaymentStatus,
  cancelInvoice,
  submitPaymentReceipt: (state, _terminal, element, nowMs) => submitPaymentReceipt(state, element, nowMs),
  refundPayment: (state, _terminal, element, nowMs) => refundPayment(state, element, nowMs),
  commitReservation,
  markTransactionPeriod: (state, _terminal, element, nowMs) => markTransactionPeriod(state, element, nowMs),
  executeReport: (state, _terminal, element, nowMs) => executeReport(state, element, nowMs),
};

const noTerminal = {} as Terminal;

function handle(state: State, request: WireRequest, nowMs: number, delivered: boolean): WireAnswer {
  if (request.method !== 'POST') return faultOf('the service is spoken to by POST');
  if (!/^text\/xml/i.test(request.headers['content-type'] ?? '')) return faultOf('Content-Type must be text/xml');
  const read = readRequest(request.body, !state.options.lenient);
  if ('fault' in read) return faultOf(read.fault);
  const { operation, element } = read;
  if (operation === 'benchmarkingNop') return answerOf(operation, { code: 0 });
  const caller = callerOf(state, operation, element);
  if ('fault' in caller) return faultOf(caller.fault);
  if ('code' in caller) return answerOf(operation, { code: caller.code });
  const handler = handlers[operation];
  if (!handler) return answerOf(operation, { code: 91 });
  return answerOf(operation, handler(state, caller.terminal ?? noTerminal, element, nowMs, delivered));
}

/** Money as the service counts it: what was reversed went back and is no longer here. */
function ledgerOf(state: State): readonly LedgerEntry[] {
  const captured = state.invoices
    .filter((one) => one.status === 'PAID')
    .map((one): LedgerEntry => ({ provider: 'seqr', reference: one.ersReference ?? '', kind: 'captured', amountMinor: one.amountMinor, currency: one.currency, at: new Date(one.paidAtMs ?? 0).toISOString() }));
  const refunded = state.refunds.map((one): LedgerEntry => ({ provider: 'seqr', reference: one.reference, kind: 'refunded', amountMinor: one.amountMinor, currency: one.currency, at: new Date(one.atMs).toISOString(), of: one.of }));
  return [...captured, ...refunded];
}

/** The operation that the body names, whatever else is wrong with it. */
const operationPattern = new RegExp(`<(?:\\w+:)?(${Object.keys(operations).join('|')})[\\s/>]`);

/** The service as a model, without HTTP around it. */
export const seqrModel: SandboxModel<State> = {
  basePath: '/extclientproxy/service/v2',
  fresh: freshState,
  operationOf: (request) => operationPattern.exec(request.body)?.[1] ?? 'unknown',
  handle,
  configure,
  tick,
  customer: customerActs,
  view: (state) => ({
    credentials: { reseller: { id: state.reseller.id, userId: state.reseller.userId, password: state.reseller.password } },
    ledger: ledgerOf(state),
    terminals: state.terminals.map(({ password: _password, ...terminal }) => terminal),
    invoices: state.invoices,
    refunds: state.refunds,
    periods: state.periods,
    receipts: state.receipts,
    options: state.options,
  }),
  page: phonePage,
  special(state, { kind, value }, request, nowMs) {
    if (kind === 'soap-fault') return faultOf('asked for');
    // The service has taken another amount than the invoice's: what it says of its payments is so many minor units more.
    if (kind === 'other-amount') return otherAmount(this.handle(state, request, nowMs, true), Number(value));
    if (kind !== 'result-code') return null;
    return answerOf(operationPattern.exec(request.body)?.[1] ?? 'unknown', { code: Number(value) });
  },
};

/** The total of the receipt that comes with PAID, and of nothing else. */
const paidTotal = /(<receipt>[\s\S]*<totalAmount>[\s\S]*?<value>)(\d+)\.(\d\d)(<\/value>)/;
const otherAmount = (answer: WireAnswer, moreMinor: number): WireAnswer => ({
  ...answer,
  body: answer.body.replace(paidTotal, (_all, before: string, whole: string, cents: string, after: string) => {
    const minor = Number(whole) * 100 + Number(cents) + moreMinor;
    return `${before}${Math.floor(minor / 100)}.${String(minor % 100).padStart(2, '0')}${after}`;
  }),
});

/** The SEQR service as its documentation describes it, on loopback, with the customer's phone. */
export const startSeqrSandbox = (options: SandboxOptions = {}): Promise<Sandbox> => serveSandbox(seqrModel, options, ['result-code', 'soap-fault', 'other-amount']);
