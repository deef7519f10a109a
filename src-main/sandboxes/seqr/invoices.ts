import type { Outcome } from './answers.ts';
import { below, textBelow } from './schema.ts';
import { nextErsReference, nextInvoiceReference, readMinor, type Invoice, type Row, type State, type Terminal, type Token } from './state.ts';
import { escaped, leaf, xml, type Element } from './xml.ts';

/** An invoice as text again, as the receipt gives it back. */
const asText = (element: Element): string => (element.children.length === 0 ? `<${element.name}>${escaped(element.text)}</${element.name}>` : `<${element.name}>${element.children.map(asText).join('')}</${element.name}>`);

type Sent = Pick<Invoice, 'amountMinor' | 'currency' | 'rows' | 'title' | 'clientInvoiceId' | 'cashierId' | 'mode' | 'acknowledgment' | 'sent'>;

const modes = new Set(['IMMEDIATE_DEBIT', 'RESERVATION_DESIRED', 'RESERVATION_REQUIRED', 'RESERVATION_REQUIRED_PRELIMINARY_AMOUNT']);
const acknowledgments = new Set(['NO_ACKNOWLEDGMENT', 'OPTIONAL_ACKNOWLEDGMENT', 'REQUIRE_ACKNOWLEDGMENT']);

/** Rows with what the service wants of them: a quantity of one or more, an amount in the invoice's currency (SEQR, section 4). */
function rowsOf(invoice: Element, currency: string): Row[] | null {
  const rows: Row[] = [];
  for (const row of below(invoice, 'invoiceRows')?.children ?? []) {
    const amountMinor = readMinor(textBelow(row, 'itemTotalAmount', 'value'));
    const quantity = Number(textBelow(row, 'itemQuantity') ?? Number.NaN);
    if (amountMinor === null || !(quantity >= 1) || textBelow(row, 'itemTotalAmount', 'currency') !== currency) return null;
    rows.push({ text: textBelow(row, 'itemDescription') ?? '', amountMinor });
  }
  return rows;
}

const dateTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)?$/;

/** Reads an invoice, or answers the code that refuses it. */
function readInvoice(state: State, element: Element): Sent | number {
  const invoice = below(element, 'invoice');
  const value = (name: string): string => textBelow(invoice, name) ?? '';
  const amountMinor = readMinor(textBelow(invoice, 'totalAmount', 'value'));
  const currency = textBelow(invoice, 'totalAmount', 'currency') ?? '';
  if (!invoice || amountMinor === null) return 49;
  if (amountMinor <= 0) return 11;
  if (state.reseller.currency !== null && currency !== state.reseller.currency) return 49;
  if (!/^[A-Z]{3}$/.test(currency) || !modes.has(value('paymentMode')) || !acknowledgments.has(value('acknowledgmentMode'))) return 49;
  if (['issueDate', 'title', 'clientInvoiceId', 'cashierId'].some((name) => value(name) === '') || !dateTime.test(value('issueDate'))) return 49;
  if (value('notificationUrl') !== '' && !value('notificationUrl').startsWith('http://')) return 64;
  const rows = rowsOf(invoice, currency);
  if (!rows || (rows.length > 0 && rows.reduce((sum, row) => sum + row.amountMinor, 0) !== amountMinor)) return 49;
  return { amountMinor, currency, rows, title: value('title'), clientInvoiceId: value('clientInvoiceId'), cashierId: value('cashierId'), mode: value('paymentMode'), acknowledgment: value('acknowledgmentMode'), sent: asText(invoice) };
}

/** Whether its customer can still pay it. */
export const open = (invoice: Invoice): boolean => invoice.status === 'ISSUED' || invoice.status === 'PENDING_ISSUER_ACKNOWLEDGE';

export const currentOf = (state: State, terminal: Terminal): Invoice | null => state.invoices.find((one) => one.reference === terminal.current) ?? null;

/** The invoice that a terminal names; without a name, the one it has now (SEQR, section 5). */
const named = (state: State, terminal: Terminal, reference: string | null): Invoice | null =>
  reference === null || reference === '' ? currentOf(state, terminal) : (state.invoices.find((one) => one.reference === reference && one.terminalId === terminal.id) ?? null);

/** Loyalty cards as the till tells of them: 0 pending, 1 used, 90 blocked, 99 unknown to the shop (SEQR, section 4). */
function tokensOf(element: Element): Token[] | null {
  const tokens = element.children.filter((child) => child.name === 'tokens');
  if (tokens.some((token) => !['0', '1', '90', '99'].includes(textBelow(token, 'status') ?? ''))) return null;
  return tokens.map((token) => ({ description: textBelow(token, 'description') ?? '', id: textBelow(token, 'id') ?? '', status: Number(textBelow(token, 'status')), value: textBelow(token, 'value') ?? '' }));
}

/** A terminal holds one open invoice: a new one ends the one before, unless its customer is paying just now. */
export function sendInvoice(state: State, terminal: Terminal, element: Element, nowMs: number): Outcome {
  const sent = readInvoice(state, element);
  if (typeof sent === 'number') return { code: sent };
  const tokens = tokensOf(element);
  if (!tokens) return { code: 49 };
  const before = currentOf(state, terminal);
  if (before && open(before) && before.paying) return { code: 48 };
  if (before && open(before)) end(before, 'CANCELED');
  const reference = nextInvoiceReference(state, nowMs);
  state.invoices.push({ ...sent, reference, terminalId: terminal.id, status: 'ISSUED', version: 0, tokens, scanned: false, paying: false, payAtMs: null, paidAtMs: null, seenAtMs: null, reversedAtMs: null, ersReference: null, refundedMinor: 0, period: null });
  terminal.current = reference;
  return { code: 0, rest: [leaf('invoiceQRCode', `HTTP://SEQR.SE/R${reference}`), leaf('invoiceReference', reference)] };
}

export function end(invoice: Invoice, status: 'CANCELED' | 'FAILED'): void {
  invoice.status = status;
  invoice.paying = false;
  invoice.version += 1;
}

const tokenXml = ({ description, id, status, value }: Token): string => xml('token', leaf('description', description), leaf('id', id), leaf('status', status), leaf('value', value));

const receiptXml = (invoice: Invoice, terminal: Terminal): string =>
  xml(
    'receipt',
    leaf('terminalId', terminal.id),
    leaf('paymentDate', new Date(invoice.paidAtMs ?? 0).toISOString()),
    leaf('clientInvoiceId', invoice.clientInvoiceId),
    leaf('invoiceReference', invoice.reference),
    leaf('paymentReference', invoice.ersReference),
    leaf('payerTerminalId', 'a-phone-of-the-sandbox'),
    leaf('receiverName', terminal.name),
    invoice.sent,
  );

/** A poll that is answered with PAID stops the clock of the reversal (SEQR, section 7). */
export function getPaymentStatus(state: State, terminal: Terminal, element: Element, nowMs: number, delivered: boolean): Outcome {
  const invoice = named(state, terminal, textBelow(element, 'invoiceReference'));
  if (!invoice) return { code: 54 };
  const paid = invoice.status === 'PAID';
  const echoed = Number(textBelow(element, 'invoiceVersion')) === invoice.version;
  if (delivered && paid && invoice.seenAtMs === null && (echoed || !state.options.needsVersionEcho)) invoice.seenAtMs = nowMs;
  return {
    code: 0,
    ersReference: paid ? invoice.ersReference : null,
    rest: [leaf('status', invoice.status), paid ? receiptXml(invoice, terminal) : null, invoice.tokens.length === 0 ? null : xml('customerTokens', ...invoice.tokens.map(tokenXml)), leaf('version', invoice.version)],
  };
}

/** Cancelled means no money; the codes tell apart what stands in the way (SEQR, section 14). */
export function cancelInvoice(state: State, terminal: Terminal, element: Element): Outcome {
  const invoice = named(state, terminal, textBelow(element, 'invoiceReference'));
  if (!invoice) return { code: 54 };
  if (invoice.status === 'PAID') return { code: 50 };
  if (invoice.status === 'CANCELED' || invoice.status === 'FAILED') return { code: 95 };
  if (invoice.paying) return { code: 51 };
  end(invoice, 'CANCELED');
  return { code: 0 };
}

/** Before the customer has scanned, or while the service waits for the shop's word on a loyalty card. */
export function updateInvoice(state: State, terminal: Terminal, element: Element): Outcome {
  const invoice = named(state, terminal, textBelow(element, 'invoiceReference'));
  if (!invoice) return { code: 54 };
  const preliminary = invoice.status === 'RESERVED' && invoice.mode === 'RESERVATION_REQUIRED_PRELIMINARY_AMOUNT';
  if (!open(invoice) && !preliminary) return { code: 90 };
  if (invoice.paying || (invoice.scanned && invoice.status === 'ISSUED')) return { code: 48 };
  const sent = readInvoice(state, element);
  if (typeof sent === 'number') return { code: sent };
  const tokens = tokensOf(element);
  if (!tokens) return { code: 49 };
  Object.assign(invoice, sent);
  for (const given of tokens) {
    const token = invoice.tokens.find((one) => one.id === given.id);
    if (token) token.status = given.status;
    else invoice.tokens.push(given);
  }
  if (invoice.status === 'PENDING_ISSUER_ACKNOWLEDGE') {
    invoice.status = 'ISSUED';
    invoice.version += 1;
  }
  return { code: 0 };
}

const byErs = (state: State, reference: string | null): Invoice | null => state.invoices.find((one) => one.ersReference === reference && one.status === 'PAID') ?? null;

/** Several refunds until the payment is used up; each has a reference of its own. Only a settled payment can be refunded. */
export function refundPayment(state: State, element: Element, nowMs: number): Outcome {
  const invoice = byErs(state, textBelow(element, 'ersReference'));
  if (!invoice) return { code: 23 };
  if (!state.reseller.mayRefund) return { code: 97 };
  const amountMinor = readMinor(textBelow(element, 'invoice', 'totalAmount', 'value'));
  const currency = textBelow(element, 'invoice', 'totalAmount', 'currency');
  if (amountMinor === null || currency !== invoice.currency) return { code: 49 };
  if (amountMinor <= 0) return { code: 11 };
  if (invoice.refundedMinor + amountMinor > invoice.amountMinor) return { code: 98 };
  invoice.refundedMinor += amountMinor;
  // Whoever gives money back knows that it is there: it is not taken back a second time.
  invoice.seenAtMs ??= nowMs;
  const reference = nextErsReference(state, nowMs);
  state.refunds.push({ reference, of: invoice.ersReference ?? '', amountMinor, currency, atMs: nowMs });
  return { code: 0, ersReference: reference };
}

/** Confirms that the register has the payment, or the refund; may come several times with other kinds of receipt. */
export function submitPaymentReceipt(state: State, element: Element, nowMs: number): Outcome {
  const ersReference = textBelow(element, 'ersReference') ?? '';
  const document = below(element, 'receiptDocument');
  const [type, mimeType, data] = [textBelow(document, 'receiptType'), textBelow(document, 'mimeType'), textBelow(document, 'receiptData')];
  const invoice = byErs(state, ersReference);
  if (!invoice && !state.refunds.some((one) => one.reference === ersReference)) return { code: 23 };
  if (type === null || mimeType === null || data === null || !/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(data)) return { code: 90 };
  state.receipts.push({ ersReference, type, mimeType });
  if (invoice) invoice.seenAtMs ??= nowMs;
  return { code: 0 };
}

export function commitReservation(state: State, terminal: Terminal, element: Element, nowMs: number): Outcome {
  const invoice = named(state, terminal, textBelow(element, 'invoiceReference'));
  if (!invoice) return { code: 54 };
  if (invoice.status !== 'RESERVED') return { code: 96 };
  const amountMinor = readMinor(textBelow(element, 'amount', 'value'));
  if (amountMinor !== null) {
    if (amountMinor <= 0 || amountMinor > invoice.amountMinor) return { code: 49 };
    invoice.amountMinor = amountMinor;
  }
  settle(state, invoice, nowMs);
  return { code: 0, ersReference: invoice.ersReference };
}

/** The money moves. */
export function settle(state: State, invoice: Invoice, nowMs: number): void {
  invoice.status = 'PAID';
  invoice.paying = false;
  invoice.version += 1;
  invoice.paidAtMs = nowMs;
  invoice.ersReference = nextErsReference(state, nowMs);
}

