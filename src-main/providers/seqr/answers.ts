import type { ProviderProblem } from '../../contract/payment.ts';
import { minor, type Minor } from '../../core/money.ts';
import { child, textOf, type XmlNode } from '../shared/soap.ts';

/** The part that every answer has (SEQR, section 5). Switch on the number; the description is for support only. */
export type Returned = { readonly code: number; readonly description: string; readonly node: XmlNode };

/** Null when the answer breaks its own schema: no `return`, or a code that is no number. */
export function returnedOf(content: XmlNode): Returned | null {
  const node = child(content, 'return');
  const code = textOf(node, 'resultCode');
  if (!node || code === null || !/^-?\d{1,9}$/.test(code)) return null;
  return { code: Number(code), description: textOf(node, 'resultDescription') ?? '', node };
}

/** Codes that a register has to tell apart (SEQR, section 6). */
export const codes = {
  success: 0,
  reportNotReady: 2,
  rejectedAmount: 11,
  authenticationFailed: 20,
  accessDenied: 21,
  invalidErsReference: 23,
  invalidPrincipalId: 29,
  invalidPrincipalState: 33,
  principalNotFound: 37,
  paymentInProgress: 48,
  invalidInvoice: 49,
  cannotCancelPaid: 50,
  cannotCancelInProgress: 51,
  invalidSeqrId: 53,
  invalidInvoiceReference: 54,
  systemError: 90,
  unsupported: 91,
  busy: 93,
  unavailable: 94,
  alreadyCancelled: 95,
  refundNotAllowed: 97,
  refundsExceedPayment: 98,
  accountTakesNoRefund: 99,
} as const;

const kinds: Readonly<Record<number, ProviderProblem['code']>> = {
  [codes.authenticationFailed]: 'unauthorised',
  [codes.accessDenied]: 'unauthorised',
  [codes.principalNotFound]: 'unauthorised',
  [codes.invalidPrincipalId]: 'not-configured',
  [codes.invalidPrincipalState]: 'not-configured',
  [codes.cannotCancelPaid]: 'conflict',
  [codes.systemError]: 'unreachable',
  [codes.busy]: 'rate-limited',
  [codes.unavailable]: 'unreachable',
};

/** A result code as one of the closed set of problems. */
export const problemOf = ({ code, description }: Returned): ProviderProblem => ({
  code: kinds[code] ?? 'rejected',
  providerCode: String(code),
  ...(description === '' ? {} : { text: description.slice(0, 300) }),
});

/** Codes after which the service may still have done what it was asked. */
export const saysNothing = (code: number): boolean => code === codes.systemError || code === codes.busy || code === codes.unavailable;

/** `100.00` or `100` as minor units; null for anything else. Read by its digits, so that no fraction is ever made. */
export function minorOf(decimalText: string | null): Minor | null {
  const match = /^(-?)(\d{1,12})(?:\.(\d{1,5}))?$/.exec(decimalText ?? '');
  if (!match) return null;
  const [, sign = '', whole = '', fraction = ''] = match;
  if (/[^0]/.test(fraction.slice(2))) return null;
  const units = Number(whole) * 100 + Number(fraction.slice(0, 2).padEnd(2, '0'));
  return minor(sign === '-' ? -units : units);
}

/** How an invoice stands, as one poll tells it (SEQR, section 7). */
export type Status = {
  readonly word: string;
  readonly version: string;
  readonly ersReference: string;
  /** Of the receipt that comes with PAID. */
  readonly clientInvoiceId: string | null;
  readonly invoiceReference: string | null;
  readonly paidMinor: Minor | null;
  readonly paidCurrency: string | null;
};

/** Null when the answer has no status or no version. */
export function statusOf({ node }: Returned): Status | null {
  const word = textOf(node, 'status');
  const version = textOf(node, 'version');
  if (word === null || version === null || !/^\d{1,9}$/.test(version)) return null;
  const receipt = child(node, 'receipt');
  const total = child(child(receipt, 'invoice'), 'totalAmount');
  return {
    word,
    version,
    ersReference: textOf(node, 'ersReference') ?? '',
    clientInvoiceId: textOf(receipt, 'clientInvoiceId'),
    invoiceReference: textOf(receipt, 'invoiceReference'),
    paidMinor: minorOf(textOf(total, 'value')),
    paidCurrency: textOf(total, 'currency'),
  };
}
