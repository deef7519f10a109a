import type { ProviderProblem } from '../../contract/payment.ts';
import type { PaymentOrder } from '../../core/payments/order.ts';
import type { PaymentProvider, ProviderAnswer, ProviderLink, ProviderWorld, Settings, Shown } from '../../core/payments/provider.ts';
import { read } from '../shared/json.ts';
import { codeKind } from './account.ts';
import { createAges } from './ages.ts';
import type { Called, Client, VippsRequest } from './client.ts';
import type { Codes } from './codes.ts';
import { answerOf, created, createBody, lifeMs, modification, path, payment } from './epayment-wire.ts';
import { ignorance } from './late.ts';
import { afterRefusedCancel, cancelKeyOf, keyOf, nameOf, remembered, unitOf } from './memory.ts';
import { createSentStarts } from './sent-starts.ts';

type Steps = Required<Pick<PaymentProvider, 'start' | 'poll' | 'cancel' | 'capture' | 'release'>>;

const unknown = (problem: ProviderProblem): ProviderAnswer => ({ kind: 'unknown', problem });
const broken = (text: string): ProviderAnswer => unknown({ code: 'protocol', text });
const noNumber: ProviderProblem = { code: 'rejected', providerCode: '4070', text: 'a phone number is needed' };

/** ePayment: reserve, then capture (Vipps, section 5). */
export function createEpayment(call: Client, codes: Codes, world: ProviderWorld): Steps {
  const starts = createSentStarts(world);
  const ages = createAges(world);

  /** How long the code of a payment is good, as long as the payment is; after a start of the program by what its order says, ms. */
  const leftMs = (order: PaymentOrder): number => lifeMs - (ages.sinceBegin(order) ?? world.nowMs() - Date.parse(order.at));

  /** Of the sales unit that the payment is of. */
  const ask = (link: ProviderLink, data: Settings, request: VippsRequest): Promise<Called> => call(link, { ...request, unit: unitOf(link, data) });

  const create = (link: ProviderLink, order: PaymentOrder, data: Settings, body: object): Promise<Called> =>
    ask(link, data, { method: 'POST', path: '/epayment/v1/payments', body, headers: { 'Idempotency-Key': keyOf(order, 'start') } });

  async function codeOf(link: ProviderLink, order: PaymentOrder, reference: string, address: string | null | undefined): Promise<{ readonly show?: Shown }> {
    if (order.way === 'push' || !address || codes.given(reference)) return {};
    const show = await codes.shown(codeKind(link.account.settings), address, world.nowMs() + leftMs(order));
    if (!show) return {};
    codes.give(reference);
    return { show };
  }

  async function start(link: ProviderLink, order: PaymentOrder, told = ''): Promise<ProviderAnswer> {
    const data = remembered(link, order, 'epayment', {});
    const reference = nameOf(link, order, data);
    const body = createBody(link, order, data, told);
    if (!body) return starts.refused(reference, { kind: 'refused', problem: noNumber });
    ages.begin(order);
    const called = await create(link, order, data, body);
    if (called.kind === 'done') {
      starts.sent(reference);
      const answer = read(created, called.json);
      if (answer?.reference !== reference) return broken('the payment was created under another reference');
      return { kind: 'waiting', data, cancellable: true, ...(await codeOf(link, order, reference, answer.redirectUrl)) };
    }
    const refused = starts.refused(reference, { kind: 'refused', problem: called.problem });
    // A refusal of our credentials comes from before the service, which has begun nothing.
    if (called.kind === 'refused' || !called.sent || called.status === 401) return refused;
    starts.sent(reference);
    return unknown(called.problem);
  }

  /**
   * The code of a payment that waits and that nobody has been shown here: its own address, else the one that the same creation answers
   * once more. The payment is there, so that nothing can begin by it.
   */
  async function codeAgain(link: ProviderLink, order: PaymentOrder, data: Settings, address: string | null | undefined): Promise<{ readonly show?: Shown }> {
    const reference = nameOf(link, order, data);
    if (order.way === 'push' || codes.given(reference) || leftMs(order) <= 0) return {};
    if (address) return codeOf(link, order, reference, address);
    const body = createBody(link, order, data, '');
    const called = body ? await create(link, order, data, body) : null;
    return called?.kind === 'done' ? codeOf(link, order, reference, read(created, called.json)?.redirectUrl) : {};
  }

  async function poll(link: ProviderLink, order: PaymentOrder, before: Settings): Promise<ProviderAnswer> {
    const data = remembered(link, order, 'epayment', before);
    ages.meet(order);
    const called = await ask(link, data, { method: 'GET', path: path(nameOf(link, order, data)) });
    if (called.kind === 'refused' && called.notKnown) return ignorance(order, before, called.problem, { ages, repeats: true });
    if (called.kind !== 'done') return unknown(called.problem);
    const found = read(payment, called.json);
    if (!found) return broken('the payment is not as it is documented');
    const answer = answerOf(link, order, data, found);
    return answer.kind === 'waiting' ? { ...answer, ...(await codeAgain(link, order, data, found.redirectUrl)) } : answer;
  }

  const isHeld = (answer: ProviderAnswer): boolean => answer.kind === 'approved' || answer.kind === 'waiting';

  /** A modification that was refused: how the payment stands decides. Where it stands as before, `otherwise` is said. */
  async function asItStands(link: ProviderLink, order: PaymentOrder, data: Settings, otherwise: (now: ProviderAnswer) => ProviderAnswer): Promise<ProviderAnswer> {
    const now = await poll(link, order, data);
    return isHeld(now) ? otherwise(now) : now;
  }

  function modified(link: ProviderLink, order: PaymentOrder, data: Settings, json: unknown): ProviderAnswer {
    const found = read(payment, json);
    return found ? answerOf(link, order, data, found) : broken('a modification is not answered as it is documented');
  }

  /** Only an unapproved payment is ended: who was faster has paid (Vipps, section 5.5, 6060). */
  async function cancel(link: ProviderLink, order: PaymentOrder, before: Settings): Promise<ProviderAnswer> {
    const data = remembered(link, order, 'epayment', before);
    const called = await ask(link, data, {
      method: 'POST',
      path: path(nameOf(link, order, data), 'cancel'),
      body: { cancelTransactionOnly: true },
      headers: { 'Idempotency-Key': cancelKeyOf(order, 'cancel', data) },
    });
    if (called.kind === 'done') return modified(link, order, data, called.json);
    if (called.kind === 'silent') return unknown(called.problem);
    if (called.notKnown) return { kind: 'refused', problem: called.problem };
    // The customer confirms just now (6250), or it is another no: it is asked for again, under another key.
    const next = afterRefusedCancel(data);
    if (called.code === '6250') return { kind: 'waiting', data: next, cancellable: false };
    return asItStands(link, order, next, (now) => (now.kind === 'waiting' ? { ...now, cancellable: false } : now));
  }

  /** The whole amount, under one key for ever. */
  async function capture(link: ProviderLink, order: PaymentOrder, before: Settings): Promise<ProviderAnswer> {
    const data = remembered(link, order, 'epayment', before);
    const called = await ask(link, data, {
      method: 'POST',
      path: path(nameOf(link, order, data), 'capture'),
      body: modification(order.amountMinor, order.currency),
      headers: { 'Idempotency-Key': keyOf(order, 'capture') },
    });
    if (called.kind === 'done') return modified(link, order, data, called.json);
    // Money is held: that the service knows nothing of it just now is no answer.
    if (called.kind === 'silent' || called.notKnown) return unknown(called.problem);
    return asItStands(link, order, data, () => ({ kind: 'refused', problem: called.problem }));
  }

  /** All that is held and not captured. */
  async function release(link: ProviderLink, order: PaymentOrder, before: Settings): Promise<ProviderAnswer> {
    const data = remembered(link, order, 'epayment', before);
    const called = await ask(link, data, { method: 'POST', path: path(nameOf(link, order, data), 'cancel'), headers: { 'Idempotency-Key': cancelKeyOf(order, 'release', data) } });
    if (called.kind === 'done') return modified(link, order, data, called.json);
    if (called.kind === 'silent' || called.notKnown) return unknown(called.problem);
    const next = afterRefusedCancel(data);
    return asItStands(link, order, next, () => ({ kind: 'waiting', data: next, cancellable: false }));
  }

  return { start, poll, cancel, capture, release };
}
