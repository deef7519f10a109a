import type { PaymentProvider, ProviderAnswer, RefundAnswer } from '../../core/payments/provider.ts';
import type { Stores } from '../../core/ports/stores.ts';

/** A fault that is planted to see whether the simulation finds it. What it leaves out stays as it is. */
export type Mutant = {
  /** What somebody might have got wrong. */
  readonly about: string;
  readonly provider?: (real: PaymentProvider) => PaymentProvider;
  readonly stores?: (real: Stores) => Stores;
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

const cancelled = (data: Readonly<Record<string, string>>): ProviderAnswer => ({ kind: 'ended', state: 'cancelled', data });

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
  'trust-a-timeout': { about: 'No answer to a question is taken for no payment.', provider: answering((answer, of) => (answer.kind === 'unknown' && of === 'poll' ? cancelled({}) : answer)) },
  'drop-the-final-query': { about: 'A cancel is believed without asking whether the customer was faster.', provider: answering((answer, of) => (of === 'cancel' && answer.kind === 'paid' ? cancelled(answer.data) : answer)) },
  'cancel-beats-payment': {
    about: 'Once the cashier has cancelled, a payment that arrives is thrown away.',
    stores: sales((real) => ({
      commit: (write) => real.commit(write.attempts.some((one) => one.cancelAsked && one.state === 'paid') ? { ...write, attempts: write.attempts.map((one) => ({ ...one, state: 'cancelled' as const })), newPosts: [], assignNumber: false, receipt: { ...write.receipt, state: 'open', completedAt: null, posts: [] } } : write),
    })),
  },
  'forget-what-was-unfinished': { about: 'After a crash nobody asks what became of a payment.', stores: sales(() => ({ unfinishedAttempts: () => [] })) },
  'forget-unfinished-refunds': { about: 'After a crash nobody asks what became of a refund.', stores: refunds(() => ({ unfinished: () => [] })) },
  'lose-the-stray': { about: 'Money of another payment is met and nobody is told.', provider: answering((answer) => (answer.kind === 'refused' ? { kind: 'refused', problem: answer.problem } : answer)) },
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
