import type { PaymentView } from '../../contract/payment.ts';
import { isFinished } from '../../core/payments/attempt.ts';
import { differs, learn, type Act, type Learned } from '../../core/payments/machine.ts';
import type { PaymentOrder } from '../../core/payments/order.ts';
import type { PaymentProvider, ProviderAnswer, ProviderLink, Stray } from '../../core/payments/provider.ts';
import type { Attempt } from '../../core/sales/model.ts';
import { nowIso, type ShopContext } from '../context.ts';
import type { Links } from './links.ts';
import { paymentView } from './views.ts';
import { createWindows } from './windows.ts';

/** How the runner's attempts reach the receipts they belong to. Both write before anybody is shown anything. */
export type Keeper = {
  /** The attempt changed and its receipt did not. */
  keep(attempt: Attempt, before: Attempt): void;
  /** Money of another payment of ours was met; where nobody knows of it, it becomes a task. */
  stray(met: Stray, by: Attempt): void;
  /** The attempt has ended: paid goes on the receipt, everything else sets the receipt free. Returns the attempt as stored. */
  finish(attempt: Attempt): Attempt;
};

export type Runner = {
  /** Owns an attempt that is written down as `intended`. */
  begin(attempt: Attempt): void;
  /** Finds every attempt that was unfinished when the program ended, and asks what became of it. */
  recover(): void;
  cancel(attemptId: string): boolean;
  again(attemptId: string): boolean;
  view(attempt: Attempt): PaymentView | null;
  /** The attempt that is under way for a receipt. */
  of(receiptId: string): Attempt | null;
  /** Whether people are asked about it: the window of waiting is over. */
  asks(attempt: Attempt): boolean;
  busyTerminal(terminalId: string): boolean;
  /** How many payments are under way. */
  count(): number;
  close(): Promise<void>;
};

type Run = {
  attempt: Attempt;
  readonly provider: PaymentProvider;
  readonly order: PaymentOrder;
  wanted: Act | null;
  wake: (() => void) | null;
  done: Promise<void>;
};

/** How often a lost thanks to the provider is tried again, and after how long, ms. */
const confirmations = [0, 2_000, 5_000];

/** One runner for all attempts; each has a loop of its own that ends with the attempt. */
export function createRunner(context: ShopContext, links: Links, keeper: Keeper, onChange: (attempt: Attempt) => void): Runner {
  const { stores, clock, log } = context;
  const runs = new Map<string, Run>();
  const windows = createWindows(clock);
  let closing = false;

  function linkOf(attempt: Attempt): ProviderLink | null {
    return links.link(attempt.tenderKind, attempt.terminalId);
  }

  function ask(run: Run, act: Exclude<Act, 'confirm'>): Promise<ProviderAnswer> {
    const link = linkOf(run.attempt);
    if (!link) return Promise.resolve({ kind: 'unknown', problem: { code: 'not-configured' } });
    const { provider, order, attempt } = run;
    if (act === 'start') return provider.start(link, order);
    return act === 'cancel' ? provider.cancel(link, order, attempt.data) : provider.poll(link, order, attempt.data);
  }

  /** Learns something: writes it, and only then lets it be seen and acted on. */
  function tell(run: Run, learned: Learned): Act | null {
    const before = run.attempt;
    const step = learn(before, learned, nowIso(context));
    if (!differs(before, step.attempt)) return step.act;
    if (isFinished(step.attempt.state)) run.attempt = keeper.finish(step.attempt);
    else {
      keeper.keep(step.attempt, before);
      run.attempt = step.attempt;
    }
    if (isFinished(run.attempt.state)) windows.forget(run.attempt.id);
    else windows.watch(run.attempt, () => onChange(run.attempt));
    onChange(run.attempt);
    return step.act;
  }

  function pause(run: Run, ms: number): Promise<void> {
    return new Promise((resolve) => {
      const stop = clock.after(Math.max(0, ms), resolve);
      run.wake = () => {
        stop();
        resolve();
      };
    });
  }

  /** One question, its answer written down; answers what to ask next. */
  async function turn(run: Run, act: Exclude<Act, 'confirm'>): Promise<Act | null> {
    const startedMs = clock.monotonicMs();
    const answer = await ask(run, act);
    if (closing) return null;
    if (answer.kind === 'refused' && answer.stray) keeper.stray(answer.stray, run.attempt);
    const next = tell(run, { kind: 'answer', of: act, answer });
    if (isFinished(run.attempt.state)) return next;
    if (next === null && run.wanted === null) await pause(run, run.provider.capabilities.pollEveryMs - (clock.monotonicMs() - startedMs));
    const wanted = run.wanted ?? next;
    run.wanted = null;
    return wanted;
  }

  async function drive(run: Run, first: Learned): Promise<void> {
    let act: Act | null = null;
    let begun = false;
    while (!closing && !isFinished(run.attempt.state)) {
      try {
        if (!begun) act = tell(run, first);
        begun = true;
        if (!isFinished(run.attempt.state)) act = await turn(run, act === null || act === 'confirm' ? 'poll' : act);
      } catch (error) {
        // A full disk or a bug must not leave the payment without an owner: what was asked is asked again.
        log.error('a step of a payment failed', { attempt: run.attempt.id, error: error instanceof Error ? error.stack : String(error) });
        act = null;
        await pause(run, run.provider.capabilities.pollEveryMs);
      }
    }
    if (act === 'confirm' && run.attempt.state === 'paid') await confirm(run);
  }

  /** Its failure never undoes the sale: the money is ours, the provider only misses our thanks. */
  async function confirm(run: Run): Promise<void> {
    for (const waitMs of confirmations) {
      await pause(run, waitMs);
      const link = linkOf(run.attempt);
      const problem = link ? await run.provider.confirm(link, run.order, run.attempt.data) : null;
      if (!problem) return;
      log.warn('a payment could not be confirmed to its provider', { attempt: run.attempt.id, problem: problem.code, providerCode: problem.providerCode });
      if (closing) return;
    }
  }

  function own(attempt: Attempt, first: Learned): void {
    const provider = links.provider(attempt.tenderKind);
    if (!provider || !attempt.order) {
      log.error('an unfinished payment has no provider any more', { attempt: attempt.id, kind: attempt.tenderKind });
      return;
    }
    const run: Run = { attempt, provider, order: attempt.order, wanted: null, wake: null, done: Promise.resolve() };
    runs.set(attempt.id, run);
    run.done = drive(run, first)
      .catch((error: unknown) => log.error('a payment stopped unexpectedly', { attempt: attempt.id, error: String(error) }))
      .finally(() => {
        windows.forget(attempt.id);
        runs.delete(attempt.id);
      });
  }

  function act(attemptId: string, learned: Learned): boolean {
    const run = runs.get(attemptId);
    if (!run || isFinished(run.attempt.state)) return false;
    const wanted = tell(run, learned);
    if (wanted) {
      run.wanted = wanted;
      run.wake?.();
    } else onChange(run.attempt);
    return true;
  }

  return {
    begin: (attempt) => own(attempt, { kind: 'begin' }),
    recover() {
      for (const attempt of stores.sales.unfinishedAttempts(context.register.id)) own(attempt, { kind: 'found' });
    },
    cancel: (attemptId) => act(attemptId, { kind: 'cancel-asked' }),
    again: (attemptId) => act(attemptId, { kind: 'again' }),
    view(attempt) {
      const provider = links.provider(attempt.tenderKind);
      const receipt = stores.sales.load(attempt.receiptId);
      if (!receipt) return null;
      const by = provider ? { provider, steps: [...stores.sales.transitions(attempt.id)], windowLeftMs: windows.leftMs(attempt) } : null;
      return paymentView(attempt, receipt, by);
    },
    asks: (attempt) => windows.over(attempt),
    of: (receiptId) => [...runs.values()].find((run) => run.attempt.receiptId === receiptId && !isFinished(run.attempt.state))?.attempt ?? null,
    busyTerminal: (terminalId) => [...runs.values()].some((run) => run.attempt.terminalId === terminalId && !isFinished(run.attempt.state)),
    count: () => [...runs.values()].filter((run) => !isFinished(run.attempt.state)).length,
    async close() {
      closing = true;
      const ending = [...runs.values()];
      for (const run of ending) run.wake?.();
      await Promise.all(ending.map((run) => run.done));
    },
  };
}
