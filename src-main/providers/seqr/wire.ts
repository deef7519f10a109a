import type { Currency } from '../../contract/basics.ts';
import type { PaymentOrder, PaymentRow } from '../../core/payments/order.ts';
import type { ProviderLink, RefundOrder } from '../../core/payments/provider.ts';
import { scale, type Minor } from '../../core/money.ts';
import type { XmlTree } from '../shared/soap.ts';

/** Requests in the order of the service's WSDL (SEQR, sections 1 to 5). Answers are read in `answers.ts`. */
export const namespace = 'http://external.interfaces.ers.seamless.com/';

/** `12.50`, built from digits: two decimals and a point (SEQR, section 3). */
export function decimal(minorUnits: number): string {
  const digits = String(Math.abs(minorUnits)).padStart(3, '0');
  return `${minorUnits < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

const amount = (minorUnits: Minor, currency: Currency): XmlTree => ({ currency, value: decimal(minorUnits) });

/** Thousandths as a decimal without needless zeros: 1000 is `1`, 742 is `0.742`. */
function quantityText(milli: number): string {
  const digits = String(milli).padStart(4, '0');
  const fraction = digits.slice(-3).replace(/0+$/, '');
  return fraction === '' ? digits.slice(0, -3) : `${digits.slice(0, -3)}.${fraction}`;
}

/** Who calls. A terminal speaks for itself; the shop's own user registers terminals and asks for reports (SEQR, section 2). */
export type Principal = { readonly kind: 'RESELLERUSER' | 'TERMINALID'; readonly id: string; readonly userId?: string; readonly password: string };

export const resellerOf = ({ account }: ProviderLink): Principal => ({
  kind: 'RESELLERUSER',
  id: account.settings['resellerId'] ?? '',
  userId: account.settings['userId'] || '9900',
  password: account.secrets['resellerPassword'] ?? '',
});

export const terminalOf = ({ terminal }: ProviderLink): Principal => ({
  kind: 'TERMINALID',
  id: terminal?.settings['terminalId'] ?? '',
  password: terminal?.secrets['password'] ?? '',
});

/** `clientRequestTimeout` is 0: the service never ends a payment on our behalf (SEQR, section 2). */
export const context = (principal: Principal, client: { readonly program: string; readonly reference: string }): XmlTree => ({
  channel: 'ClientWS',
  clientId: client.program,
  clientReference: client.reference,
  clientRequestTimeout: '0',
  initiatorPrincipalId: { id: principal.id, type: principal.kind, userId: principal.userId },
  password: principal.password,
});

/** A quantity below one is told as one piece of what it came to: the service wants one or more (SEQR, section 4). */
function row(line: PaymentRow, currency: Currency): XmlTree {
  const whole = line.quantityMilli >= 1000;
  return {
    itemDescription: line.text.slice(0, 120),
    itemEAN: line.code === '' ? undefined : line.code,
    itemQuantity: whole ? quantityText(line.quantityMilli) : '1',
    itemTaxRate: line.vatRateBasisPoints === 0 ? undefined : decimal(line.vatRateBasisPoints).replace(/\.?0+$/, ''),
    itemTotalAmount: amount(line.amountMinor, currency),
    itemUnitPrice: amount(whole ? scale(line.amountMinor, 1000, line.quantityMilli) : line.amountMinor, currency),
  };
}

/** An instant without a zone and fractions, as the service's own examples have it (SEQR, section 3). */
const issueDate = (iso: string): string => iso.slice(0, 19);

/** A refund's invoice says how much goes back; its rows are not wanted (SEQR, section 5). */
export const refundInvoice = (order: RefundOrder): XmlTree => ({
  title: order.title,
  clientInvoiceId: order.reference,
  totalAmount: amount(order.amountMinor, order.currency),
  cashierId: order.cashier,
});

/** Without `NO_ACKNOWLEDGMENT` the customer's app would wait for ever (SEQR, section 4). */
export const invoice = (order: PaymentOrder): XmlTree => ({
  paymentMode: 'IMMEDIATE_DEBIT',
  acknowledgmentMode: 'NO_ACKNOWLEDGMENT',
  issueDate: issueDate(order.at),
  title: order.title,
  clientInvoiceId: order.reference,
  invoiceRows: { invoiceRow: order.rows.map((line) => row(line, order.currency)) },
  totalAmount: amount(order.amountMinor, order.currency),
  cashierId: order.cashier,
});
