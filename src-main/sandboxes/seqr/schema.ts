import { namespaceOf, parseXml, type Element } from './xml.ts';

/*
 * Requests as the service's WSDL declares them (SEQR, sections 1 to 5): children unqualified, in their order, nothing
 * unknown. What is required beyond the WSDL is checked by the operations, for it has a result code.
 */
export const soapNamespace = 'http://schemas.xmlsoap.org/soap/envelope/';
export const serviceNamespace = 'http://external.interfaces.ers.seamless.com/';

type Part = { readonly name: string; readonly of?: Sequence; readonly required?: true; readonly many?: true };
type Sequence = readonly Part[];

const text = (name: string): Part => ({ name });
const amount = (name: string): Part => ({ name, of: [text('currency'), text('value')] });

const principal: Sequence = [text('id'), text('type'), text('userId')];
const context: Part = {
  name: 'context',
  of: [
    text('channel'),
    text('clientComment'),
    text('clientId'),
    text('clientReference'),
    { name: 'clientRequestTimeout', required: true },
    { name: 'initiatorPrincipalId', of: principal },
    text('password'),
  ],
};
const row: Sequence = [
  text('itemDescription'),
  amount('itemDiscount'),
  text('itemEAN'),
  text('itemQuantity'),
  text('itemSKU'),
  text('itemTaxRate'),
  amount('itemTotalAmount'),
  text('itemUnit'),
  amount('itemUnitPrice'),
];
const invoice: Part = {
  name: 'invoice',
  of: [
    text('paymentMode'),
    text('acknowledgmentMode'),
    text('issueDate'),
    text('title'),
    text('clientInvoiceId'),
    { name: 'invoiceRows', of: [{ name: 'invoiceRow', of: row, many: true }] },
    amount('totalAmount'),
    text('cashierId'),
    text('footer'),
    text('backURL'),
    text('notificationUrl'),
    text('commitReservationTimeout'),
  ],
};
const tokens: Part = { name: 'tokens', many: true, of: [text('description'), text('id'), { name: 'status', required: true }, text('value')] };
const entry: Part = { name: 'entry', many: true, of: [text('key'), text('value')] };
const parameters: Part = { name: 'parameters', of: [{ name: 'parameter', of: [entry] }] };
const reference = text('invoiceReference');

/** The operations of a register, by name: what stands under each. */
export const operations: Readonly<Record<string, Sequence>> = {
  registerTerminal: [context, text('externalTerminalId'), text('password'), text('name')],
  unregisterTerminal: [context],
  assignSeqrId: [context, text('seqrId')],
  sendInvoice: [context, invoice, tokens],
  updateInvoice: [context, reference, invoice, tokens],
  getPaymentStatus: [context, reference, { name: 'invoiceVersion', required: true }],
  cancelInvoice: [context, reference],
  submitPaymentReceipt: [context, text('ersReference'), { name: 'receiptDocument', of: [text('mimeType'), text('receiptData'), text('receiptType')] }],
  refundPayment: [context, text('ersReference'), invoice],
  commitReservation: [context, amount('amount'), reference],
  markTransactionPeriod: [context, parameters],
  executeReport: [context, text('reportId'), text('language'), parameters],
  benchmarkingNop: [],
};

export type Read = { readonly operation: string; readonly element: Element } | { readonly fault: string };

/** Checks children against a sequence; answers what is wrong, by its place. */
function wrongIn(element: Element, sequence: Sequence, around: readonly Element[], strict: boolean, place: string): string | null {
  let at = 0;
  const seen = new Map<string, number>();
  for (const child of element.children) {
    const here = `${place}/${child.name}`;
    if (child.prefix !== '' || namespaceOf(child, [element, ...around]) !== '') return `${here} must not be in a namespace`;
    const index = sequence.findIndex((part) => part.name === child.name);
    const part = sequence[index];
    if (!part) return `${here} is unknown`;
    const times = (seen.get(child.name) ?? 0) + 1;
    seen.set(child.name, times);
    if (times > 1 && part.many !== true) return `${here} stands twice`;
    if (strict && index < at) return `${here} stands too late`;
    at = index;
    if (part.of) {
      const below = wrongIn(child, part.of, [element, ...around], strict, here);
      if (below !== null) return below;
    } else if (child.children.length > 0) return `${here} holds elements`;
  }
  const missing = sequence.find((part) => part.required === true && !seen.has(part.name));
  return missing ? `${place}/${missing.name} is missing` : null;
}

/** Reads an envelope. What is no request of the WSDL is a fault of the client. */
export function readRequest(body: string, strict = true): Read {
  const root = parseXml(body);
  if (!root) return { fault: 'the message is not XML' };
  if (root.name !== 'Envelope' || namespaceOf(root, []) !== soapNamespace) return { fault: 'the message is no SOAP 1.1 envelope' };
  const bodies = root.children.filter((child) => child.name === 'Body');
  const content = bodies[0]?.children[0];
  if (bodies.length !== 1 || !bodies[0] || !content || bodies[0].children.length !== 1) return { fault: 'the body holds no one operation' };
  const around = [bodies[0], root];
  if (namespaceOf(content, around) !== serviceNamespace) return { fault: `${content.name} is not in the namespace of the service` };
  const sequence = operations[content.name];
  if (!sequence) return { fault: `there is no operation ${content.name}` };
  const wrong = wrongIn(content, sequence, around, strict, content.name);
  return wrong === null ? { operation: content.name, element: content } : { fault: wrong };
}

export const below = (element: Element | null, name: string): Element | null => element?.children.find((child) => child.name === name) ?? null;
export const textBelow = (element: Element | null, ...path: readonly string[]): string | null => {
  let at: Element | null = element;
  for (const name of path) at = below(at, name);
  return at ? at.text : null;
};
