import type { ProviderProblem } from '../../contract/payment.ts';
import type { PaymentOrder } from '../../core/payments/order.ts';
import type { PaymentProvider, ProviderAnswer, ProviderLink, ProviderWorld, Settings, Shown } from '../../core/payments/provider.ts';
import { read } from '../shared/json.ts';
import { codeKind } from './account.ts';
import { createAges } from './ages.ts';
import type { Called, Client, VippsRequest } from './client.ts';
import type { Codes } from './codes.ts';
import { answerOf, changeBody, details, initiateBody, initiated, isOpened, lifeMs, overMs, path, qrCode, qrHeaders } from './ecom-wire.ts';
import { ignorance } from './late.ts';
import { afterRefusedCancel, cancelKeyOf, keyOf, nameOf, remembered, unitOf } from './memory.ts';

type Steps = Required<Pick<PaymentProvider, 'start' | 'poll' | 'cancel' | 'capture' | 'release'>>;

const unknown = (problem: ProviderProblem): ProviderAnswer => ({ kind: 'unknown', problem });
const broken = (text: string): ProviderAnswer => unknown({ code: 'protocol', text });
const noNumber: ProviderProblem = { code: 'rejected', providerCode: 'mobileNumber', text: 'a Norwegian phone number is needed' };

/** At most 40 characters (Vipps, section 2). */
const requestId = (key: string): Readonly<Record<string, string>> => ({ 'X-Request-Id': key.slice(-40) });

/**
 * eCom v2 with a code from the QR API: older, Norwegian, for accounts that are still on it (Vipps, sections 3 and 4). An initiation is
 * not idempotent, and its address is known by its own answer alone.
 */
export function createEcom(call: Client, codes: Codes, world: ProviderWorld): Steps {
  const ask = (link: ProviderLink, data: Settings, request: VippsRequest): Promise<Called> => call(link, { ...request, unit: unitOf(link, data) });
  const ages = createAges(world);

  /** A code for the customer's screen, as long as the payment's address is known and no code was shown. */
  async function codeOf(link: ProviderLink, order: PaymentOrder, data: Settings): Promise<{ readonly show?: Shown }> {
    const reference = nameOf(link, order, data);
    const url = codes.address(reference);
    if (order.way === 'push' || url === null || codes.given(reference)) return {};
    const { settings } = link.account;
    const called = await ask(link, data, { method: 'POST', path: '/qr/v1', body: { url }, headers: qrHeaders(settings) });
    const code = called.kind === 'done' ? read(qrCode, called.json) : null;
    const show = code ? await codes.shown(codeKind(settings), code.url, world.nowMs() + code.expiresIn * 1_000) : null;
    if (!show) return {};
    codes.give(reference);
    return { show };
  }

  async function start(link: ProviderLink, order: PaymentOrder, told = ''): Promise<ProviderAnswer> {
    const data = remembered(link, order, 'ecom', {});
    const body = initiateBody(link, order, data, told);
    if (!body) return { kind: 'refused', problem: noNumber };
    ages.begin(order);
    const called = await ask(link, data, { method: 'POST', path: '/ecomm/v2/payments', body });
    if (called.kind === 'done') {
      const answer = read(initiated, called.json);
      const reference = nameOf(link, order, data);
      if (answer?.orderId !== reference) return broken('the payment was initiated under another orderId');
      codes.keep(reference, answer.url);
      return { kind: 'waiting', data, cancellable: true, ...(await codeOf(link, order, data)) };
    }
    // A refusal of our credentials comes from before the service, which has begun nothing.
    const nothing = called.kind === 'refused' || !called.sent || called.status === 401;
    return nothing ? { kind: 'refused', problem: called.problem } : unknown(called.problem);
  }

  /** An address that is known no more can't be shown to anybody: where no customer has opened it, it is ended (Vipps, section 8). */
  function isLost(link: ProviderLink, order: PaymentOrder, data: Settings): boolean {
    const reference = nameOf(link, order, data);
    return order.way !== 'push' && !codes.given(reference) && codes.address(reference) === null;
  }

  async function poll(link: ProviderLink, order: PaymentOrder, before: Settings): Promise<ProviderAnswer> {
    const data = remembered(link, order, 'ecom', before);
    ages.meet(order);
    const called = await ask(link, data, { method: 'GET', path: path(nameOf(link, order, data), 'details') });
    if (called.kind === 'refused' && called.notKnown) return ignorance(order, before, called.problem, { ages, repeats: false });
    if (called.kind !== 'done') return unknown(called.problem);
    const found = read(details, called.json);
    if (!found) return broken('the details are not as they are documented');
    const answer = answerOf(link, order, data, found, ages.sinceSent(order) >= overMs);
    if (answer.kind !== 'waiting') return answer;
    if (isLost(link, order, data) && !isOpened(found)) return { kind: 'prepared', data: answer.data };
    return ages.sinceSent(order) < lifeMs ? { ...answer, ...(await codeOf(link, order, data)) } : answer;
  }

  const unpaid = (answer: ProviderAnswer): answer is Extract<ProviderAnswer, { kind: 'waiting' | 'prepared' }> => answer.kind === 'waiting' || answer.kind === 'prepared';

  const end = (link: ProviderLink, order: PaymentOrder, data: Settings, what: 'cancel' | 'release'): Promise<Called> =>
    ask(link, data, {
      method: 'PUT',
      path: path(nameOf(link, order, data), 'cancel'),
      body: { ...changeBody(unitOf(link, data), order.title), shouldReleaseRemainingFunds: what === 'release' },
      headers: requestId(cancelKeyOf(order, what, data)),
    });

  /** A cancel would also let go of money that the customer has just given: it is asked for only where there is none yet. */
  async function cancel(link: ProviderLink, order: PaymentOrder, before: Settings): Promise<ProviderAnswer> {
    const now = await poll(link, order, before);
    if (!unpaid(now)) return now;
    const called = await end(link, order, now.data, 'cancel');
    if (called.kind === 'done') return { kind: 'ended', state: 'cancelled', data: now.data };
    if (called.kind === 'silent') return unknown(called.problem);
    if (called.notKnown) return { kind: 'refused', problem: called.problem };
    const after = await poll(link, order, afterRefusedCancel(now.data));
    return unpaid(after) ? { kind: 'waiting', data: after.data, cancellable: false } : after;
  }

  async function capture(link: ProviderLink, order: PaymentOrder, before: Settings): Promise<ProviderAnswer> {
    const data = remembered(link, order, 'ecom', before);
    const called = await ask(link, data, {
      method: 'POST',
      path: path(nameOf(link, order, data), 'capture'),
      body: changeBody(unitOf(link, data), order.title, order.amountMinor),
      headers: requestId(keyOf(order, 'capture')),
    });
    if (called.kind === 'silent' || (called.kind === 'refused' && called.notKnown)) return unknown(called.problem);
    const now = await poll(link, order, data);
    return called.kind === 'refused' && now.kind === 'approved' ? { kind: 'refused', problem: called.problem } : now;
  }

  async function release(link: ProviderLink, order: PaymentOrder, before: Settings): Promise<ProviderAnswer> {
    const data = remembered(link, order, 'ecom', before);
    const called = await end(link, order, data, 'release');
    if (called.kind === 'silent' || (called.kind === 'refused' && called.notKnown)) return unknown(called.problem);
    const next = called.kind === 'done' ? data : afterRefusedCancel(data);
    const now = await poll(link, order, next);
    return now.kind === 'approved' ? { kind: 'waiting', data: next, cancellable: false } : now;
  }

  return { start, poll, cancel, capture, release };
}
