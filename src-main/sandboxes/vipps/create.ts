import type { Problem } from './answers.ts';
import { newPayment, fieldProblem, type NewPayment } from './create-rules.ts';
import { imageAddress, targetText } from './codes.ts';
import { lifeMs, newPaymentOf } from './new-payment.ts';
import { keepReceipt } from './kept-receipts.ts';
import { isUser, phoneOfToken, phoneOfPersonalCode } from './users.ts';
import { nextToken, type Currency, type Payment, type State, type Unit } from './state.ts';

const dayMs = 86_400_000;
/** Smallest amounts, minor units (Vipps, section 5.1). */
const least: Readonly<Record<Currency, number>> = { NOK: 100, DKK: 1, EUR: 1 };

const refuse = (code: string, title: string, status = 400): Problem => ({ status, title, code });

/** What may not be combined, or not by this unit. */
function combinationProblem(unit: Unit, wish: NewPayment, nowMs: number): Problem | null {
  const { amount, userFlow, paymentMethod, customer, expiresAt } = wish;
  const push = userFlow === 'PUSH_MESSAGE';
  if (unit.blocked) return refuse('5070', 'This sales unit takes no payments');
  // Free-standing cards go with a web page only, and not at all in the test environment.
  if (paymentMethod.type !== 'WALLET') return refuse('4160', 'Only WALLET can be paid with here');
  if (paymentMethod.blockedSources && amount.currency === 'NOK') return refuse('5010', 'blockedSources is not for this market');
  if (!unit.currencies.includes(amount.currency)) return refuse('5040', `This sales unit takes ${unit.currencies.join(', ')}`);
  if (amount.value < least[amount.currency]) return refuse('6010', 'The amount is too small');
  if (userFlow === 'WEB_REDIRECT' && wish.returnUrl === undefined) return { ...refuse('4140', 'returnUrl is missing'), field: 'returnUrl' };
  if (customer && Object.keys(customer).length !== 1) return { status: 400, title: 'The customer is named in exactly one way', field: 'customer' };
  if (push && !customer) return { ...refuse('4140', 'customer is missing'), field: 'customer' };
  if (push && !unit.pushAllowed) return refuse('5080', 'PUSH_MESSAGE is not allowed for this sales unit');
  if (wish.profile?.scope?.split(' ').includes('nin') && !unit.ninAllowed) return refuse('5030', 'nin is not allowed for this sales unit');
  if (expiresAt === undefined || expiresAt === null) return null;
  if (!unit.longLiving || (userFlow !== 'QR' && !push)) return refuse('5050', 'expiresAt is not allowed here');
  if (wish.receipt === undefined) return refuse('6130', 'expiresAt needs a receipt');
  const aheadMs = Date.parse(expiresAt) - nowMs;
  if (aheadMs <= lifeMs) return refuse('6120', 'expiresAt is too soon');
  return aheadMs > 28 * dayMs ? refuse('6110', 'expiresAt is too late') : null;
}

/** The phone of the customer whom the shop names; null where it names nobody. */
function phoneOf(state: State, { customer }: NewPayment, nowMs: number): string | null | Problem {
  if (customer?.customerToken !== undefined) return phoneOfToken(state, customer.customerToken, nowMs) ?? refuse('4050', 'The customer token is unknown or over');
  if (customer?.personalQr !== undefined) return phoneOfPersonalCode(customer.personalQr) ?? refuse('4060', 'This is no personal QR code');
  return customer?.phoneNumber ?? null;
}

/** Where the user is led: nowhere with a push, to the picture of a code or its text with QR, else to the landing page (Vipps, section 5.1). */
function redirectOf({ userFlow, qrFormat }: NewPayment, token: string, origin: string): string | null {
  if (userFlow === 'PUSH_MESSAGE') return null;
  if (userFlow === 'NATIVE_REDIRECT') return `vippsMT://?token=${token}`;
  if (userFlow === 'WEB_REDIRECT') return `${origin}/landing?token=${token}`;
  const format = qrFormat?.format ?? 'IMAGE/SVG+XML';
  if (format === 'TEXT/TARGETURL') return targetText(token);
  return imageAddress(origin, token, format === 'IMAGE/PNG' ? 'png' : 'svg', qrFormat?.size ?? 1024);
}

type World = { readonly origin: string; readonly receiptProblem: (receipt: unknown, currency: Currency) => Problem | null };

/** Makes a payment of a body; nothing is changed where it is refused. */
export function createPayment(state: State, unit: Unit, body: unknown, { origin, receiptProblem }: World, nowMs: number): Payment | Problem {
  const read = newPayment.safeParse(body);
  if (!read.success) return fieldProblem(read.error, body);
  const wish = read.data;
  const problem = combinationProblem(unit, wish, nowMs) ?? (wish.receipt === undefined ? null : receiptProblem(wish.receipt, wish.amount.currency));
  if (problem) return problem;
  const phone = phoneOf(state, wish, nowMs);
  if (typeof phone === 'object' && phone !== null) return phone;
  if (state.payments.some((one) => one.msn === unit.msn && one.reference === wish.reference)) return refuse('4150', 'The reference is used already', 409);
  if (phone !== null && !isUser(state, phone)) return refuse('7010', 'This customer can not be found or may not pay');
  const token = nextToken(state, unit.clientSecret);
  const payment = newPaymentOf(state, {
    api: 'epayment',
    msn: unit.msn,
    reference: wish.reference,
    amountMinor: wish.amount.value,
    currency: wish.amount.currency,
    userFlow: wish.userFlow,
    customerPresent: wish.customerInteraction === 'CUSTOMER_PRESENT',
    description: wish.paymentDescription ?? '',
    phoneNumber: phone,
    token,
    redirectUrl: redirectOf(wish, token, origin),
    onScreen: wish.userFlow === 'QR',
    expiresAtMs: wish.expiresAt ? Date.parse(wish.expiresAt) : nowMs + lifeMs,
    scope: wish.profile?.scope?.split(' ') ?? [],
    metadata: wish.metadata ?? null,
    nowMs,
  });
  if (wish.receipt !== undefined) keepReceipt(state, { msn: unit.msn, paymentType: 'ECOM', orderId: wish.reference }, { receipt: wish.receipt as object });
  return payment;
}
