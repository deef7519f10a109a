import { z } from 'zod';
import type { ProviderProblem } from '../../contract/payment.ts';
import { minor } from '../../core/money.ts';
import type { PaymentOrder } from '../../core/payments/order.ts';
import type { CheckAnswer, PaymentProvider, ProviderAnswer, ProviderLink, ProviderWorld, Settings } from '../../core/payments/provider.ts';
import { read } from '../shared/json.ts';
import { descriptionOf, environmentOf, minimumOf, salesUnitOf, wireReference } from './account.ts';
import type { Called, Client } from './client.ts';
import { created, modification, path, payment, type Payment } from './epayment-wire.ts';
import { msisdnOf } from './phone.ts';
import { unitPath, unitView } from './sales-unit.ts';

const failed = (problem: ProviderProblem): CheckAnswer => ({ ok: false, problem });
const fact = (value: boolean | null | undefined): string => (value === true ? 'yes' : value === false ? 'no' : 'unknown');

/** What the sales unit may do, as the service knows it. */
async function salesUnit(call: Client, link: ProviderLink): Promise<CheckAnswer> {
  const unit = salesUnitOf(link);
  const called = await call(link, { method: 'GET', path: unitPath(unit), unit });
  if (called.kind !== 'done') {
    const never = called.status === 404 || called.status === 403;
    return failed(never ? { ...called.problem, code: 'not-configured' } : called.problem);
  }
  const configuration = read(unitView, called.json)?.configuration;
  if (!configuration) return failed({ code: 'protocol', text: 'the sales unit is not as it is documented' });
  return {
    ok: true,
    facts: {
      payments: fact(configuration.paymentAllowed),
      push: fact(configuration.skipLandingPageAllowed),
      partialCapture: fact(configuration.partialCaptureAllowed),
      lateCapture: fact(configuration.lateCaptureAllowed),
      capture: configuration.captureType ?? 'unknown',
    },
  };
}

const wrong = (step: string, answer: ProviderAnswer): CheckAnswer => {
  const problem: ProviderProblem = answer.kind === 'unknown' || answer.kind === 'refused' ? answer.problem : { code: 'protocol' };
  return failed({ ...problem, text: `${step}: ${problem.text ?? answer.kind}`.slice(0, 300) });
};

/** The least that can be asked for: made, read, ended, and seen to have ended. Nobody can have paid it, for nobody was shown its code. */
async function smallestPayment(steps: Pick<PaymentProvider, 'start' | 'poll' | 'cancel'>, link: ProviderLink, order: PaymentOrder): Promise<CheckAnswer> {
  const started = await steps.start(link, order);
  if (started.kind !== 'waiting') return wrong('start', started);
  const polled = await steps.poll(link, order, started.data);
  if (polled.kind !== 'waiting') return wrong('poll', polled);
  const cancelled = await steps.cancel(link, order, polled.data);
  if (cancelled.kind !== 'ended') return wrong('cancel', cancelled);
  const ended = await steps.poll(link, order, cancelled.data);
  if (ended.kind !== 'ended') return wrong('poll', ended);
  return { ok: true, facts: { created: 'yes', read: 'yes', ended: 'yes' } };
}

/** What the cycle of the test environment moves, minor units: taken, let go, and given back. */
const cycle = { amount: 1_000, captured: 600, refunded: 200 } as const;

const tokenOf = (url: string): string => (URL.canParse(url) ? (new URL(url).searchParams.get('token') ?? '') : '');
const shown = z.object({ reference: z.string(), redirectUrl: z.string() });

/** Every modification there is, on a payment that a test user is made to approve (Vipps, sections 5.4 to 5.6). */
async function fullCycle(call: Client, link: ProviderLink, reference: string): Promise<CheckAnswer> {
  const { currency, shopName } = link;
  const { settings } = link.account;
  const phoneNumber = msisdnOf(settings['testPhone'] ?? '', currency);
  if (environmentOf(settings) === 'production' || phoneNumber === null) return failed({ code: 'not-configured', providerCode: 'testPhone', text: 'a test user’s phone number is needed, and no production account' });

  const post = (where: string, what: string, body?: object): Promise<Called> =>
    call(link, { method: 'POST', path: where, ...(body === undefined ? {} : { body }), headers: { 'Idempotency-Key': `${reference}-${what}`.slice(-50) } });
  const change = async (what: 'capture' | 'cancel' | 'refund', body?: object): Promise<Payment | ProviderProblem> => {
    const called = await post(path(reference, what), what, body);
    if (called.kind !== 'done') return { ...called.problem, text: `${what}: ${called.problem.text ?? ''}`.slice(0, 300) };
    return read(payment, called.json) ?? { code: 'protocol', text: what };
  };

  const made = await post('/epayment/v1/payments', 'start', {
    amount: { currency, value: cycle.amount },
    paymentMethod: { type: 'WALLET' },
    customerInteraction: 'CUSTOMER_PRESENT',
    userFlow: 'QR',
    qrFormat: { format: 'IMAGE/PNG', size: 300 },
    reference,
    paymentDescription: descriptionOf(shopName),
  });
  if (made.kind !== 'done') return failed(made.problem);
  const code = read(shown, made.json) ?? read(created, made.json);
  const approved = await call(link, { method: 'POST', path: `/epayment/v1/test/payments/${encodeURIComponent(reference)}/approve`, body: { customer: { phoneNumber }, token: tokenOf(code?.redirectUrl ?? '') } });
  if (approved.kind !== 'done') return failed({ ...approved.problem, text: `approve: ${approved.problem.text ?? ''}`.slice(0, 300) });
  const captured = await change('capture', modification(cycle.captured, currency));
  if ('code' in captured) return failed(captured);
  const released = await change('cancel');
  if ('code' in released) return failed(released);
  const refunded = await change('refund', modification(cycle.refunded, currency));
  if ('code' in refunded) return failed(refunded);
  const { capturedAmount, cancelledAmount, refundedAmount } = refunded.aggregate;
  const right = capturedAmount.value === cycle.captured && cancelledAmount.value === cycle.amount - cycle.captured && refundedAmount.value === cycle.refunded;
  if (!right) return failed({ code: 'protocol', text: 'the sums of the payment are not what was asked for' });
  return { ok: true, facts: { approved: 'yes', captured: String(capturedAmount.value), released: String(cancelledAmount.value), refunded: String(refundedAmount.value) } };
}

/** The admin's checks beside "Test connection". */
export function createChecks(call: Client, steps: Pick<PaymentProvider, 'start' | 'poll' | 'cancel'>, world: ProviderWorld): Required<Pick<PaymentProvider, 'check'>> {
  const reference = (): string => `check-${world.randomHex(10)}`;
  const order = ({ currency, shopName }: ProviderLink): PaymentOrder => {
    const amountMinor = minor(minimumOf(currency));
    const row = { text: shopName, quantityMilli: 1_000, amountMinor, code: '', vatRateBasisPoints: 0 };
    return { reference: reference(), amountMinor, currency, cashier: '', title: shopName, rows: [row], at: new Date(world.nowMs()).toISOString(), way: 'qr' };
  };
  return {
    check(link, check) {
      if (check === 'sales-unit') return salesUnit(call, link);
      if (check === 'smallest-payment') return smallestPayment(steps, link, order(link));
      if (check === 'full-cycle') return fullCycle(call, link, wireReference(link, reference()));
      return Promise.resolve(failed({ code: 'rejected', text: `no check ${check}` }));
    },
  };
}

/** Which checks an account can have: the whole cycle moves made-up money only. */
export const checksFor = <T extends { readonly id: string }>(checks: readonly T[], settings: Settings): readonly T[] => checks.filter(({ id }) => id !== 'full-cycle' || environmentOf(settings) !== 'production');
