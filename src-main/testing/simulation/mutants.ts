import { zero } from '../../core/money.ts';
import { learn, type Learned, type Step } from '../../core/payments/machine.ts';
import type { Attempt } from '../../core/sales/model.ts';
import { pauseMs } from '../../app/payments/pace.ts';
import type { PaymentProvider, ProviderAnswer, RefundAnswer } from '../../core/payments/provider.ts';
import type { Engine } from '../../app/payments/engine.ts';
import type { Stores } from '../../core/ports/stores.ts';

/** A fault that is planted to see whether the simulation finds it. What it leaves out stays as it is. */
export type Mutant = {
  /** What somebody might have got wrong. */
  readonly about: string;
  readonly provider?: (real: PaymentProvider) => PaymentProvider;
  readonly stores?: (real: Stores) => Stores;
  readonly engine?: Partial<Engine>;
  /** A restored copy goes on under its old epoch. */
  readonly keepsEpoch?: boolean;
  /** Where it shows; without it, at every provider. */
  readonly at?: readonly string[];
};

const sales = (change: (real: Stores['sales']) => Partial<Stores['sales']>) => (real: Stores): Stores => ({ ...real, sales: { ...real.sales, ...change(real.sales) } });
const refunds = (change: (real: Stores['refunds']) => Partial<Stores['refunds']>) => (real: Stores): Stores => ({ ...real, refunds: { ...real.refunds, ...change(real.refunds) } });

/** Changes what the provider's three questions answer. */
const answering =
  (change: (answer: ProviderAnswer, of: 'start' | 'poll' | 'cancel') => ProviderAnswer) =>
  (real: PaymentProvider): PaymentProvider => ({
    ...real,
    start: async (...args) => change(await real.start(...args), 'start'),
    poll: async (...args) => change(await real.poll(...args), 'poll'),
    cancel: async (...args) => change(await real.cancel(...args), 'cancel'),
  });

const refunding =
  (change: (answer: RefundAnswer) => RefundAnswer) =>
  (real: PaymentProvider): PaymentProvider => ({ ...real, refund: async (...args) => change(await real.refund(...args)) });

/** Changes what the engine makes of a provider's answer. */
const answered = (change: (attempt: Attempt, learned: Answered, now: string) => Step | null): Partial<Engine> => ({
  learn: (attempt, learned, now) => (learned.kind === 'answer' ? change(attempt, learned, now) : null) ?? learn(attempt, learned, now),
});
type Answered = Extract<Learned, { kind: 'answer' }>;

const over = (attempt: Attempt, state: 'cancelled' | 'declined', now: string): Step => ({ attempt: { ...attempt, state, updatedAt: now }, act: null });

export const mutants: Readonly<Record<string, Mutant>> = {
  'forget-write-before-call': {
    about: 'A payment is sent before it is written down as begun.',
    stores: sales((real) => ({ saveAttempt: (attempt, journal) => (attempt.state === 'starting' ? undefined : real.saveAttempt(attempt, journal)) })),
  },
  'reuse-a-reference': {
    about: 'Every payment has the same name at the provider.',
    provider: (real) => ({
      ...real,
      start: (link, order) => real.start(link, { ...order, reference: 'the-same' }),
      poll: (link, order, data) => real.poll(link, { ...order, reference: 'the-same' }, data),
      cancel: (link, order, data) => real.cancel(link, { ...order, reference: 'the-same' }, data),
    }),
  },
  'trust-a-timeout': { about: 'No answer to a question is taken for no payment.', engine: answered((attempt, { of, answer }, now) => (answer.kind === 'unknown' && of === 'poll' ? over(attempt, 'declined', now) : null)) },
  'drop-the-final-query': {
    about: 'A cancel is believed without asking whether the customer was faster.',
    engine: answered((attempt, { of, answer }, now) => (of === 'cancel' && (answer.kind === 'ended' || answer.kind === 'paid') ? over(attempt, 'cancelled', now) : null)),
  },
  'cancel-beats-payment': {
    about: 'Once the cashier has cancelled, a payment that arrives is thrown away.',
    engine: answered((attempt, { answer }, now) => (attempt.cancelAsked && answer.kind === 'paid' ? over(attempt, 'cancelled', now) : null)),
  },
  'a-name-for-ten': { about: 'A new payment goes by the name of the one before.', engine: { referenceOf: (epoch, attemptId) => `${epoch}-${attemptId.slice(0, -1)}` } },
  'pause-polling-in-the-question': { about: 'While people are asked, the provider is not.', engine: { pauseMs: (standing) => (standing.question ? 3_600_000 : pauseMs(standing)) } },
  'take-the-terminal-late': { about: 'A second payment begins on a terminal that has one under way.', at: ['seqr', 'prepared'], engine: { sharesTerminal: () => true } },
  'believe-a-callback': {
    about: 'What calls back from outside is believed without asking the provider.',
    at: ['held', 'handed'],
    provider(real) {
      const through = new Set<string>();
      return {
        ...real,
        listen: (link, order, data, onNews) =>
          real.listen?.(link, order, data, (word) => {
            if (word === 'captured') through.add(order.reference);
            onNews(word);
          }) ?? (() => undefined),
        poll: (link, order, data) =>
          through.has(order.reference) ? Promise.resolve({ kind: 'paid', data, reference: data['id'] ?? '', amountMinor: order.amountMinor, currency: order.currency }) : real.poll(link, order, data),
      };
    },
  },
  'show-before-it-is-durable': {
    about: 'A payment is shown as paid, and written down afterwards.',
    stores: sales((real) => ({
      commit(write) {
        if (!write.attempts.some((one) => one.state === 'paid')) return real.commit(write);
        queueMicrotask(() => {
          try {
            real.commit(write);
          } catch {
            // What comes too late may not fit any more: then it is never written.
          }
        });
        return { number: 1 };
      },
    })),
  },
  'capture-before-it-is-written': {
    about: 'Money that is held is taken before that is written down.',
    at: ['held', 'vipps'],
    engine: { learn: (attempt, learned, now) => (learned.kind === 'sending' ? { attempt, act: learned.act } : learn(attempt, learned, now)) },
  },
  'trust-the-amount': {
    about: 'What was paid is taken to be what was asked for.',
    at: ['handed', 'held', 'vipps'],
    engine: answered((attempt, learned, now) => {
      const { answer } = learned;
      if (answer.kind !== 'paid' && answer.kind !== 'approved') return null;
      return learn(attempt, { ...learned, answer: { ...answer, amountMinor: attempt.amountMinor, tipMinor: zero } }, now);
    }),
  },
  'book-what-was-asked': {
    about: 'A manager books what the provider says, and what was asked for is written down.',
    at: ['handed'],
    engine: {
      learn(attempt, learned, now) {
        const step = learn(attempt, learned, now);
        return learned.kind === 'decided' && learned.take ? { ...step, attempt: { ...step.attempt, paidMinor: attempt.amountMinor, tipMinor: zero } } : step;
      },
    },
  },
  'believe-ignorance': { about: 'A start without an answer that the provider does not know yet is taken for none.', at: ['held', 'prepared', 'handed'], engine: { lateStart: () => 'believe' } },
  'lose-the-task': { about: 'Money that belongs to no receipt is not written down as a task.', stores: (real) => ({ ...real, tasks: { ...real.tasks, open: () => undefined } }) },
  'keep-the-epoch': { about: 'A restored copy goes on under the names that it used before.', keepsEpoch: true },
  'use-a-proof-twice': {
    about: 'A proof that is on a receipt is taken again.',
    at: ['proved'],
    stores: sales((real) => ({
      attemptByProvider: () => null,
      commit: (write) => real.commit({ ...write, attempts: write.attempts.map((one) => (one.reference === '' && one.providerReference !== '' ? { ...one, providerReference: `${one.id}-${one.providerReference}` } : one)) }),
    })),
  },
  'carried-over-is-forgotten': {
    about: 'What becomes of a payment that was carried over is not looked at.',
    engine: answered((attempt, { answer }, now) => (attempt.carriedOverAt !== null && answer.kind === 'paid' ? over(attempt, 'declined', now) : null)),
  },
  'forget-what-was-unfinished': { about: 'After a crash nobody asks what became of a payment.', stores: sales(() => ({ unfinishedAttempts: () => [] })) },
  'forget-unfinished-refunds': { about: 'After a crash nobody asks what became of a refund.', stores: refunds(() => ({ unfinished: () => [] })) },
  'lose-the-stray': { about: 'Money of another payment is met and nobody is told.', at: ['seqr'], provider: answering((answer) => (answer.kind === 'refused' ? { kind: 'refused', problem: answer.problem } : answer)) },
  'lose-the-change': {
    about: 'Cash that goes back is not booked.',
    stores: sales((real) => ({ commit: (write) => real.commit({ ...write, newPosts: write.newPosts.filter((post) => post.kind !== 'cash-back' && post.kind !== 'change') }) })),
  },
  'round-the-payment': {
    about: 'What the provider took is booked to the next five cents.',
    provider: answering((answer) => (answer.kind === 'paid' ? { ...answer, amountMinor: (Math.round(answer.amountMinor / 5) * 5) as typeof answer.amountMinor } : answer)),
  },
  'own-reference-on-the-post': { about: 'The post carries our name of the payment, not the provider’s.', provider: answering((answer) => (answer.kind === 'paid' ? { ...answer, reference: `own-${answer.reference}` } : answer)) },
  'refund-before-it-is-written': {
    about: 'A refund is sent before it is written down as being sent.',
    stores: refunds((real) => ({ save: (refund, journal) => (refund.state === 'sending' ? undefined : real.save(refund, journal)) })),
  },
  'refund-twice': {
    about: 'A refund is sent twice.',
    provider: (real) => ({
      ...real,
      async refund(link, order) {
        await real.refund(link, order);
        return real.refund(link, order);
      },
    }),
  },
  'forget-earlier-refunds': { about: 'What has gone back already is not counted.', stores: refunds(() => ({ ofPost: () => [] })) },
  'repeat-refunds-blindly': { about: 'A part whose answer was lost is simply sent again.', provider: (real) => ({ ...real, capabilities: { ...real.capabilities, refund: { partial: true, repeat: 'same-key', asks: null } } }) },
  'a-silent-refund-is-none': { about: 'No answer to a refund is taken for no refund.', provider: refunding((answer) => (answer.kind === 'unknown' ? { kind: 'refused', problem: answer.problem } : answer)) },
  'a-silent-refund-is-one': { about: 'No answer to a refund is taken for a refund.', provider: refunding((answer) => (answer.kind === 'unknown' ? { kind: 'refunded', reference: '' } : answer)) },
  'number-before-completion': { about: 'A receipt gets its number when its payment begins.', stores: sales((real) => ({ commit: (write) => real.commit({ ...write, assignNumber: write.assignNumber || write.receipt.state === 'paying' }) })) },
  'journal-forgets-sales': {
    about: 'A completed sale is not written into the journal.',
    stores: sales((real) => ({ commit: (write) => real.commit({ ...write, journal: write.journal.filter((entry) => entry.kind !== 'sale-completed') }) })),
  },
  'a-reused-number': {
    about: 'The number of a receipt is taken back when its payment comes to nothing.',
    stores: sales((real) => ({ commit: (write) => (write.assignNumber && write.receipt.lines.length === 3 ? { number: real.commit({ ...write, assignNumber: false, receipt: { ...write.receipt, state: 'voided', completedAt: null } }).number ?? 1 } : real.commit(write)) })),
  },
};
