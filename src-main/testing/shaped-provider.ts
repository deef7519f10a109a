import type { ProviderField } from '../contract/providers.ts';
import { minor } from '../core/money.ts';
import type { PaymentProvider, ProviderAnswer, RefundAbility, RefundAnswer, RefundOrder } from '../core/payments/provider.ts';

/** How a made-up provider refunds. `waits`: how many questions it works on a refund before it is done. */
export type Shape = Pick<RefundAbility, 'repeat' | 'partial'> & { readonly asks?: ProviderField; readonly steps: 1 | 2; readonly waits: number };

/** What the network does to one question. */
export type Fault = 'none' | 'drop-request' | 'drop-answer' | 'silent';

type Asked = { readonly what: 'refund' | 'status'; readonly order: RefundOrder };
type Job = { reserved: boolean; given: number; waitsLeft: number };

export type Shaped = {
  readonly provider: PaymentProvider;
  /** What has gone back of each payment, as the provider counts it. */
  readonly given: ReadonlyMap<string, number>;
  readonly asked: readonly Asked[];
  /** What the next starts are answered; paid at once where nothing is planned. */
  plan(answer: (ownReference: string) => ProviderAnswer): void;
  /** What the network does to the next questions about refunds; nothing after them. */
  faults(...next: readonly Fault[]): void;
  /** The next refund is refused, with these words. */
  refuse(text: string): void;
};

const words = (text: string) => ({ en: text, sv: text, nb: text, da: text, fi: text, nl: text });
const lost: RefundAnswer = { kind: 'unknown', problem: { code: 'unreachable' } };

/**
 * A provider made up for tests, of any shape: only one that knows refunds by their key forgives a second one; every other gives back
 * again as often as it is told to.
 */
export function shapedProvider(shape: Shape): Shaped {
  const kind = 'shaped';
  const taken = new Map<string, number>();
  const given = new Map<string, number>();
  const jobs = new Map<string, Job>();
  const asked: Asked[] = [];
  const plans: ((ownReference: string) => ProviderAnswer)[] = [];
  let faults: Fault[] = [];
  let refusal: string | null = null;
  let serial = 0;

  function carryOut(order: RefundOrder): RefundAnswer {
    if (refusal !== null) {
      const text = refusal;
      refusal = null;
      return { kind: 'refused', problem: { code: 'rejected', text } };
    }
    const key = order.reference;
    const job = jobs.get(key) ?? { reserved: false, given: 0, waitsLeft: shape.waits };
    jobs.set(key, job);
    if (shape.repeat === 'same-key' && job.given > 0) return done(key, job);
    if (shape.steps === 2 && order.data['reservation'] === undefined) {
      job.reserved = true;
      return { kind: 'next', data: { reservation: `res-${key}` } };
    }
    const { reference } = order.payment;
    const before = given.get(reference) ?? 0;
    if (before + order.amountMinor > (taken.get(reference) ?? 0)) {
      // All that was left was asked for before: that nothing is left shows that the first one went through.
      return order.repeated && shape.repeat === 'when-all' ? { kind: 'refunded', reference: '' } : { kind: 'refused', problem: { code: 'rejected', text: 'nothing left' } };
    }
    given.set(reference, before + order.amountMinor);
    job.given += order.amountMinor;
    return done(key, job, order.data);
  }

  function done(key: string, job: Job, data: RefundOrder['data'] = {}): RefundAnswer {
    if (job.waitsLeft === 0) return { kind: 'refunded', reference: `back-${key}` };
    job.waitsLeft -= 1;
    return { kind: 'waiting', data };
  }

  function statusOf(order: RefundOrder): RefundAnswer {
    const job = jobs.get(order.reference);
    if (!job) return { kind: 'refused', problem: { code: 'rejected', text: 'never heard of it' } };
    if (job.given > 0) return done(order.reference, job, order.data);
    return { kind: 'next', data: { reservation: `res-${order.reference}` } };
  }

  function over(answer: () => RefundAnswer): Promise<RefundAnswer> {
    const fault = faults.shift() ?? 'none';
    if (fault === 'drop-request') return Promise.resolve(lost);
    const said = answer();
    if (fault === 'silent') return new Promise(() => undefined);
    return Promise.resolve(fault === 'drop-answer' ? lost : said);
  }

  const open = new Map<string, ProviderAnswer>();
  const provider: PaymentProvider = {
    capabilities: {
      kind, currencies: ['EUR'], minimumMinor: 1, maximumMinor: 9_999_999, needsNetwork: true, needsTerminal: true, oneActivePayment: false, pollEveryMs: 1_000, retry: 'same-reference',
      lateStartMs: null, proof: 'asked', steps: [], cancels: true, endsAfterMs: null, tips: false,
      lessThanDue: true, moreThanDue: true, partIsFinal: true, refund: { partial: shape.partial, repeat: shape.repeat, asks: shape.asks ?? null }, customerAct: 'open-app', postText: 'Shaped',
    },
    description: { kind, name: 'Shaped', about: words('A provider'), fields: [], terminalNumber: words('Number'), actions: [] },
    start(_link, order) {
      const planned = plans.shift();
      const answer = planned?.(order.reference) ?? { kind: 'paid', data: {}, reference: `pay-${(serial += 1)}`, amountMinor: order.amountMinor, currency: 'EUR' };
      if (answer.kind === 'paid') taken.set(answer.reference, answer.amountMinor);
      if (answer.kind === 'refused' && answer.stray) taken.set(answer.stray.reference, answer.stray.amountMinor);
      if (answer.kind !== 'paid') return Promise.resolve(answer);
      // Nobody pays before being asked: the first question after the start finds it.
      open.set(order.reference, answer);
      return Promise.resolve({ kind: 'waiting', data: {}, cancellable: true });
    },
    poll: (_link, order) => Promise.resolve(open.get(order.reference) ?? { kind: 'refused', problem: { code: 'rejected' } }),
    cancel: (_link, _order, data) => Promise.resolve({ kind: 'ended', state: 'cancelled', data }),
    confirm: () => Promise.resolve(null),
    refund(_link, order) {
      asked.push({ what: 'refund', order });
      return over(() => carryOut(order));
    },
    refundStatus(_link, order) {
      asked.push({ what: 'status', order });
      if (shape.repeat !== 'ask') throw new Error('a provider that can’t be asked was asked');
      return over(() => statusOf(order));
    },
    test: () => Promise.resolve(null),
    demoAccount: () => null,
    terminalAction: () => Promise.resolve({ ok: true, terminal: null }),
  };

  return {
    provider,
    given,
    asked,
    plan: (answer) => void plans.push(answer),
    faults: (...next) => {
      faults = [...next];
    },
    refuse: (text) => {
      refusal = text;
    },
  };
}

/** Late money: the first payment is declined, and the second start meets what the first one's customer has paid after all. */
export function planLateMoney({ plan }: Shaped, amountMinor: number): void {
  let first = '';
  plan((ownReference) => {
    first = ownReference;
    return { kind: 'ended', state: 'declined', data: {} };
  });
  plan(() => ({ kind: 'refused', problem: { code: 'rejected' }, stray: { ownReference: first, reference: `late-${first}`, amountMinor: minor(amountMinor), currency: 'EUR' } }));
}
