import type { WireAnswer } from '../shared/types.ts';
import { serviceNamespace, soapNamespace } from './schema.ts';
import { escaped, leaf, xml } from './xml.ts';

/** Names of the result codes that this service gives (SEQR, section 6). */
const names: Readonly<Record<number, string>> = {
  0: 'SUCCESS',
  2: 'REPORT_NOT_READY',
  11: 'REJECTED_AMOUNT',
  20: 'AUTHENTICATION_FAILED',
  21: 'ACCESS_DENIED',
  23: 'INVALID_ERS_REFERENCE',
  29: 'INVALID_INITIATOR_PRINCIPAL_ID',
  37: 'INITIATOR_PRINCIPAL_NOT_FOUND',
  48: 'PAYMENT_IN_PROGRESS',
  49: 'INVALID_INVOICE_DATA',
  50: 'CANNOT_CANCEL_PAID_INVOICE',
  51: 'CANNOT_CANCEL_INVOICE_IN_PROGRESS',
  53: 'INVALID_SEQR_ID',
  54: 'INVALID_INVOICE_REFERENCE',
  64: 'INVALID_NOTIFICATION_URL',
  90: 'SYSTEM_ERROR',
  91: 'UNSUPPORTED_OPERATION',
  93: 'SYSTEM_BUSY',
  94: 'SERVICE_UNAVAILABLE',
  95: 'INVOICE_ALREADY_CANCELED',
  96: 'INVOICE_STATE_NOT_RESERVED',
  97: 'RESELLER_NOT_ALLOWED_TO_DO_REFUND',
  98: 'Sum of refunds can not be more than original transaction',
};

/** What an operation answers: a code, an own reference, and further elements in the order of the WSDL. */
export type Outcome = { readonly code: number; readonly ersReference?: string | null; readonly rest?: readonly (string | null)[] };

const wrapped = (content: string): string => `<?xml version="1.0" encoding="UTF-8"?>\n<soap:Envelope xmlns:soap="${soapNamespace}"><soap:Body>${content}</soap:Body></soap:Envelope>`;

/** Business outcomes are normal answers with HTTP 200 (SEQR, section 1). */
export function answerOf(operation: string, { code, ersReference = null, rest = [] }: Outcome): WireAnswer {
  // The schema wants a version in each answer to a poll, refusals too.
  const version = operation === 'getPaymentStatus' && code !== 0 ? leaf('version', 0) : null;
  const content = xml('return', leaf('ersReference', ersReference), leaf('resultCode', code), leaf('resultDescription', names[code] ?? `CODE_${code}`), ...rest, version);
  const name = `${operation}Response`;
  return { status: 200, type: 'text/xml', body: wrapped(`<ns2:${name} xmlns:ns2="${serviceNamespace}">${content}</ns2:${name}>`) };
}

/** Broken XML, an unknown operation, a message against the schema: the client's fault. */
export const faultOf = (why: string): WireAnswer => ({
  status: 500,
  type: 'text/xml',
  body: wrapped(`<soap:Fault><faultcode>soap:Client</faultcode><faultstring>${escaped(why)}</faultstring></soap:Fault>`),
});
