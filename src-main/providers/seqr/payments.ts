import { Buffer } from 'node:buffer';
import type { Currency } from '../../contract/basics.ts';
import type { ProviderProblem } from '../../contract/payment.ts';
import { minor } from '../../core/money.ts';
import type { PaymentOrder } from '../../core/payments/order.ts';
import type { PaymentProvider, ProviderAnswer, ProviderLink, RefundAnswer, RefundOrder, Settings } from '../../core/payments/provider.ts';
import { codes, problemOf, saysNothing, statusOf, type Returned, type Status } from './answers.ts';
import type { Called, Client } from './client.ts';
import { textOf } from '../shared/soap.ts';
import { decimal, invoice, refundInvoice, terminalOf } from './wire.ts';

/** What the adapter writes down of an invoice: its reference, and the version that was last seen (SEQR, section 5). */
type Memory = { readonly invoiceReference?: string; readonly version?: string };

const memoryOf = (data: Settings): Memory => data;
const unknown = (problem: ProviderProblem): ProviderAnswer => ({ kind: 'unknown', problem });
const broken = (text: string): ProviderAnswer => unknown({ code: 'protocol', text });

// Without a reference the service speaks of the terminal's current invoice. It is another one, so ours never was.
const neverWas: Extract<ProviderAnswer, { kind: 'refused' }> = { kind: 'refused', problem: { code: 'rejected', text: 'the invoice is not known' } };

/** A start whose answer was lost and that was never seen alive since. */
const unseen = ({ invoiceReference, version }: Memory): boolean => invoiceReference === undefined && version === undefined;

/** What an invoice's status means. A word that the documentation doesn't know is not final. */
function answerOf(status: Status, order: PaymentOrder, data: Settings): ProviderAnswer {
  const next = { ...data, version: status.version };
  switch (status.word) {
    case 'PAID':
      return paidAnswer(status, order, next);
    case 'CANCELED':
      return unseen(memoryOf(data)) ? neverWas : { kind: 'ended', state: 'cancelled', data: next };
    case 'FAILED':
      return unseen(memoryOf(data)) ? neverWas : { kind: 'ended', state: 'declined', data: next };
    case 'EXPIRED':
      return { kind: 'ended', state: 'expired', data: next };
    default:
      return { kind: 'waiting', data: next, cancellable: true };
  }
}

/** The receipt that comes with PAID says which invoice of ours was paid, how much and in what; what it leaves out is as it was asked. */
function paidAnswer(status: Status, order: PaymentOrder, data: Settings): ProviderAnswer {
  if (status.ersReference === '') return broken('PAID without an ersReference');
  const { invoiceReference } = memoryOf(data);
  const currency = currencyOf(status, order);
  if (currency === null) return broken(`PAID in the currency "${status.paidCurrency ?? ''}"`);
  if (invoiceReference === undefined && status.clientInvoiceId !== order.reference) {
    return { ...neverWas, stray: { ownReference: status.clientInvoiceId ?? '', reference: status.ersReference, amountMinor: status.paidMinor ?? minor(0), currency } };
  }
  const known = invoiceReference ?? status.invoiceReference;
  return {
    kind: 'paid',
    data: known ? { ...data, invoiceReference: known } : data,
    reference: status.ersReference,
    amountMinor: status.paidMinor ?? order.amountMinor,
    currency,
    ...(status.clientInvoiceId === null ? {} : { ownReference: status.clientInvoiceId }),
  };
}

const known: readonly Currency[] = ['SEK', 'EUR', 'NOK', 'DKK'];
const currencyOf = ({ paidCurrency }: Status, order: PaymentOrder): Currency | null =>
  paidCurrency === null ? order.currency : (known.find((one) => one === paidCurrency) ?? null);

/** Refusals that hold for every try of a refund: the amount, the payment, the shop's or the account's right (SEQR, section 6). */
const finalRefusals: ReadonlySet<number> = new Set([codes.rejectedAmount, codes.invalidErsReference, codes.invalidInvoice, codes.refundNotAllowed, codes.accountTakesNoRefund]);

/** The three questions and the thanks, over one client. */
export function createPayments(call: Client): Pick<PaymentProvider, 'start' | 'poll' | 'cancel' | 'confirm' | 'refund' | 'refundStatus'> {
  const asTerminal = (link: ProviderLink, operation: string, content: Parameters<Client>[3]): Promise<Called> =>
    call(link, terminalOf(link), operation, content);

  /** sendInvoice has no idempotency key: a repeat is a new invoice, which ends the one before (SEQR, section 5). */
  async function start(link: ProviderLink, order: PaymentOrder): Promise<ProviderAnswer> {
    const called = await asTerminal(link, 'sendInvoice', { invoice: invoice(order) });
    if (!called.ok) return called.sent ? unknown(called.problem) : { kind: 'refused', problem: called.problem };
    const { returned } = called;
    if (returned.code !== codes.success) {
      return saysNothing(returned.code) ? unknown(problemOf(returned)) : { kind: 'refused', problem: problemOf(returned) };
    }
    const reference = returned.node['invoiceReference'];
    if (typeof reference !== 'string' || reference === '') return broken('sendInvoice answered without an invoiceReference');
    return { kind: 'waiting', data: { invoiceReference: reference, version: '0' }, cancellable: true };
  }

  function refusal(returned: Returned): ProviderAnswer {
    return returned.code === codes.invalidInvoiceReference ? { kind: 'refused', problem: problemOf(returned) } : unknown(problemOf(returned));
  }

  /** The version last seen goes along: it tells the service that we have seen it. */
  async function poll(link: ProviderLink, order: PaymentOrder, data: Settings): Promise<ProviderAnswer> {
    const { invoiceReference, version = '0' } = memoryOf(data);
    const called = await asTerminal(link, 'getPaymentStatus', { invoiceReference, invoiceVersion: version });
    if (!called.ok) return unknown(called.problem);
    if (called.returned.code !== codes.success) return refusal(called.returned);
    const status = statusOf(called.returned);
    return status ? answerOf(status, order, data) : broken('getPaymentStatus answered without status or version');
  }

  /**
   * An invoice whose number was lost with its answer can't be named. A new one in its place ends it, unless the customer
   * was faster, and has a number.
   */
  async function replace(link: ProviderLink, order: PaymentOrder, data: Settings): Promise<ProviderAnswer> {
    const before = await poll(link, order, data);
    if (before.kind !== 'waiting') return before;
    const started = await start(link, order);
    return started.kind === 'waiting' ? cancel(link, order, started.data) : started;
  }

  async function cancel(link: ProviderLink, order: PaymentOrder, data: Settings): Promise<ProviderAnswer> {
    const { invoiceReference } = memoryOf(data);
    if (invoiceReference === undefined) return replace(link, order, data);
    const called = await asTerminal(link, 'cancelInvoice', { invoiceReference });
    if (!called.ok) return unknown(called.problem);
    switch (called.returned.code) {
      case codes.success:
      case codes.alreadyCancelled:
        // The till asks how it stands before it believes this.
        return { kind: 'ended', state: 'cancelled', data };
      case codes.cannotCancelPaid:
        return poll(link, order, data);
      case codes.paymentInProgress:
      case codes.cannotCancelInProgress:
        return { kind: 'waiting', data, cancellable: false };
      default:
        return refusal(called.returned);
    }
  }

  /** One more poll with the version of PAID, then the receipt: both tell the service that we have the payment. */
  async function confirm(link: ProviderLink, order: PaymentOrder, data: Settings): Promise<ProviderProblem | null> {
    const seen = await poll(link, order, data);
    if (seen.kind !== 'paid') return seen.kind === 'unknown' || seen.kind === 'refused' ? seen.problem : { code: 'conflict' };
    const text = `SEQR ${decimal(order.amountMinor)} ${order.currency} ${seen.reference}`;
    const called = await asTerminal(link, 'submitPaymentReceipt', {
      ersReference: seen.reference,
      receiptDocument: { mimeType: 'text/plain', receiptData: Buffer.from(text, 'utf8').toString('base64'), receiptType: 'PAYMENT_RECEIPT' },
    });
    if (!called.ok) return called.problem;
    return called.returned.code === codes.success ? null : problemOf(called.returned);
  }

  async function refund(link: ProviderLink, order: RefundOrder): Promise<RefundAnswer> {
    const called = await asTerminal(link, 'refundPayment', { ersReference: order.payment.reference, invoice: refundInvoice(order) });
    // A repeat that was refused for another reason than the money says nothing of the first one.
    const proves = (code: number): boolean => !saysNothing(code) && (!order.repeated || finalRefusals.has(code));
    if (!called.ok) return called.sent || order.repeated ? { kind: 'unknown', problem: called.problem } : { kind: 'refused', problem: called.problem };
    const { returned } = called;
    if (returned.code === codes.success) return { kind: 'refunded', reference: textOf(returned.node, 'ersReference') ?? '' };
    // All that was left was asked for before: that nothing is left shows that the first one went through.
    if (order.repeated && returned.code === codes.refundsExceedPayment) return { kind: 'refunded', reference: '' };
    return { kind: proves(returned.code) ? 'refused' : 'unknown', problem: problemOf(returned) };
  }

  // The service has no question about a refund (SEQR, section 5).
  const refundStatus = (): Promise<RefundAnswer> => Promise.resolve({ kind: 'unknown', problem: { code: 'protocol', text: 'SEQR cannot be asked about a refund' } });

  return { start, poll, cancel, confirm, refund, refundStatus };
}
