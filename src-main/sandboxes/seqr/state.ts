import { randomBytes } from 'node:crypto';

/** Everything the made-up service knows. Plain data, so that it can be kept in a file. */
export type Row = { readonly text: string; readonly amountMinor: number };
export type Word = 'ISSUED' | 'PENDING_ISSUER_ACKNOWLEDGE' | 'PAID' | 'CANCELED' | 'FAILED' | 'RESERVED';
export type Token = { description: string; id: string; status: number; value: string };

export type Invoice = {
  reference: string;
  terminalId: string;
  clientInvoiceId: string;
  title: string;
  cashierId: string;
  mode: string;
  acknowledgment: string;
  /** The invoice as it was sent, to be given back in the receipt. */
  sent: string;
  amountMinor: number;
  currency: string;
  rows: Row[];
  status: Word;
  version: number;
  tokens: Token[];
  scanned: boolean;
  /** The customer has the PIN dialog open and is confirming. */
  paying: boolean;
  /** When a customer who was told to pay late will do so. */
  payAtMs: number | null;
  paidAtMs: number | null;
  /** When a poll was answered with PAID: from then on only a refund undoes it. */
  seenAtMs: number | null;
  reversedAtMs: number | null;
  ersReference: string | null;
  refundedMinor: number;
  period: string | null;
};

export type Refund = { reference: string; of: string; amountMinor: number; currency: string; atMs: number };
export type Terminal = { id: string; password: string; externalId: string; name: string; seqrId: string | null; current: string | null; gone: boolean };
export type Period = { id: string; terminalId: string | null; atMs: number };

export type State = {
  reseller: { id: string; userId: string; password: string; currency: string | null; mayRefund: boolean };
  options: { reversedStatus: 'CANCELED' | 'FAILED'; needsVersionEcho: boolean; lenient: boolean };
  terminals: Terminal[];
  invoices: Invoice[];
  refunds: Refund[];
  periods: Period[];
  receipts: { ersReference: string; type: string; mimeType: string }[];
  counter: number;
};

export const freshState = (before?: State): State => ({
  reseller: before?.reseller ?? { id: `shop-${randomBytes(3).toString('hex')}`, userId: '9900', password: randomBytes(9).toString('base64url'), currency: null, mayRefund: true },
  options: before?.options ?? { reversedStatus: 'CANCELED', needsVersionEcho: false, lenient: false },
  terminals: [],
  invoices: [],
  refunds: [],
  periods: [],
  receipts: [],
  counter: 0,
});

const two = (value: number, length = 2): string => String(value).padStart(length, '0');

const stamp = (ms: number): string => {
  const at = new Date(ms);
  return `${at.getUTCFullYear()}${two(at.getUTCMonth() + 1)}${two(at.getUTCDate())}${two(at.getUTCHours())}${two(at.getUTCMinutes())}${two(at.getUTCSeconds())}${two(at.getUTCMilliseconds(), 3)}`;
};

/** 25 digits: the time, `01`, a counter (SEQR, section 3). */
export function nextErsReference(state: State, nowMs: number): string {
  state.counter += 1;
  return `${stamp(nowMs)}01${two(state.counter, 6)}`;
}

/** 17 digits (SEQR, section 3); never the same twice. */
export function nextInvoiceReference(state: State, nowMs: number): string {
  state.counter += 1;
  return `${stamp(nowMs).slice(0, 11)}${two(state.counter, 6)}`;
}

/** `12.50` and `500` as minor units; null for anything else. */
export function readMinor(value: string | null): number | null {
  const match = /^(-?)(\d{1,12})(?:\.(\d{1,2}))?$/.exec(value ?? '');
  if (!match) return null;
  const units = Number(match[2]) * 100 + Number((match[3] ?? '').padEnd(2, '0'));
  return match[1] === '-' ? -units : units;
}

export function writeMinor(minor: number): string {
  const digits = two(Math.abs(minor), 3);
  return `${minor < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
