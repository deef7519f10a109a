import type { PaymentView, ShownCode } from '../../contract/payment.ts';
import { isFinished } from '../../core/payments/attempt.ts';
import { differs, mayTake, type Act, type Asking, type Learned, type Step } from '../../core/payments/machine.ts';
import type { PaymentOrder } from '../../core/payments/order.ts';
import type { PaymentProvider, ProviderAnswer, ProviderLink, Shown, Stray } from '../../core/payments/provider.ts';
import type { Attempt } from '../../core/sales/model.ts';
import { nowIso, type ShopContext } from '../context.ts';
import { ask } from './ask.ts';
import { mayOpen } from './hand-over.ts';
import { notConfigured, type Links } from './links.ts';
import { restMs } from './pace.ts';
import { createCodeOnScreen, type CodeOnScreen } from './shown-code.ts';
import { paymentView } from './views.ts';
import { createWindows } from './windows.ts';

/** How the runner's attempts reach the receipts they belong to. Both write before anybody is shown anything. */
export type Keeper = {
  /** The attempt changed and its receipt did not. */
  keep(attempt: Attempt, before: Attempt): void;
  /** Money of another payment of ours was met; where nobody knows of it, it becomes a task. */
  stray(met: Stray, by: Attempt): void;
  /**
   * The attempt has ended: paid goes on the receipt, everything else sets the receipt free; what was carried over tells its task. Returns
   * the attempt as stored.
   */
  finish(attempt: Attempt): Attempt;
};

export type Runner = {
  /** Owns an attempt that is written down as `intended`. `adopt`: a payment that the provider has already goes on as this one. */
  begin(attempt: Attempt, how?: 'begin' | 'adopt', told?: string): void;
  /** Finds every attempt that was unfinished when the program ended, and asks what became of it. */
  recover(): void;
  cancel(attemptId: string): boolean;
  again(attemptId: string): boolean;
  /** A person has decided what becomes of an alarm. */
  decide(attemptId: string, take: boolean): boolean;
  /** A person lets the receipt go on without the payment; `write` writes both. It is asked about, and ended where that can be, as before. */
  carryOver(attemptId: string, write: (attempt: Attempt) => void): boolean;
  /** Ends a payment that was never real. */
  giveUp(attemptId: string): void;
  /** Something may be new at a provider: what waits there is asked about at once. Without a kind, at all of them. */
  wake(kind?: string): void;
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
  /** What the customer told for it; here and nowhere else. */
  readonly told: string;
  readonly screen: CodeOnScreen;
  newCode: boolean;
  /** When it came into these hands, by the clock that only grows, and whether the program was started then. */
  readonly ownedMs: number;
  readonly found: boolean;
  /** When the provider's time for an unpaid payment is over, by the clock that only grows; null without one. */
  readonly limitMs: number | null;
  wanted: Act | null;
  wake: (() => void) | null;
  /** Questions in a row without an answer. */
  silences: number;
  /** When each act was begun last, by the clock that only grows. */
  readonly askedMs: Map<Act, number>;
  /** What the provider said last of whether it can be cancelled now. */
  cancellable: boolean;
  stopListening: (() => void) | null;
  done: Promise<void>;
};

/** How often a lost thanks to the provider is tried again, and after how long, ms. */
const confirmations = [0, 2_000, 5_000];

/** One runner for all attempts; each has a loop of its own that ends with the attempt. */
export function createRunner(context: ShopContext, links: Links, keeper: Keeper, onChange: (attempt: Attempt) => void): Runner {
  const { stores, clock, log, engine } = context;
  const runs = new Map<string, Run>();
  const windows = createWindows(clock);
  let closing = false;

  const linkOf = (attempt: Attempt): ProviderLink | null => links.link(attempt.tenderKind, attempt.terminalId);
  const ageMs = ({ createdAt }: Attempt): number => Math.max(0, clock.nowMs() - Date.parse(createdAt));

  /** What was carried over is late money in any case, as much as the provider says; held money that does not fit is let go of first. */
  function settledAlarm(step: Step): Step {
    const { alarm, carriedOverAt } = step.attempt;
    if (!alarm || carriedOverAt === null) return step;
    const decided = engine.learn(step.attempt, { kind: 'decided', take: mayTake(alarm) }, nowIso(context));
    return decided.attempt === step.attempt ? step : decided;
  }

  /** Learns something: writes it, and only then lets it be seen and acted on. */
  function tell(run: Run, learned: Learned): Act | null {
    const before = run.attempt;
    const step = settledAlarm(engine.learn(before, learned, nowIso(context)));
    if (!differs(before, step.attempt)) return step.act;
    if (isFinished(step.attempt.state)) run.attempt = keeper.finish(step.attempt);
    else {
      keeper.keep(step.attempt, before);
      run.attempt = step.attempt;
    }
    if (isFinished(run.attempt.state) || run.attempt.carriedOverAt !== null) windows.forget(run.attempt.id);
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

  /** Until the next question, from when the last one was begun. */
  function rest(run: Run, startedMs: number): Promise<void> {
    const { pollEveryMs } = run.provider.capabilities;
    const all = engine.pauseMs({ pollEveryMs, silences: run.silences, ageMs: ageMs(run.attempt), question: windows.over(run.attempt) });
    const nowMs = clock.monotonicMs();
    return pause(run, restMs(all, nowMs - startedMs, run.limitMs === null ? null : run.limitMs - nowMs));
  }

  /** No order is given twice in one breath: a provider whose word and deed differ is asked at its own pace. */
  async function spaced(run: Run, act: Asking): Promise<void> {
    const lastMs = run.askedMs.get(act);
    const { pollEveryMs } = run.provider.capabilities;
    if (lastMs !== undefined && act !== 'poll') await pause(run, lastMs + pollEveryMs - clock.monotonicMs());
    run.askedMs.set(act, clock.monotonicMs());
  }

  /** One more silence, or the first word after some: then all that waits at this provider is asked about. */
  function heard(run: Run, answer: ProviderAnswer): void {
    const silent = answer.kind === 'unknown' && (answer.problem.code === 'unreachable' || answer.problem.code === 'rate-limited');
    const back = !silent && run.silences > 0;
    run.silences = silent ? run.silences + 1 : 0;
    if (back) wake(run.attempt.tenderKind);
    if (!silent) context.links().answered(run.attempt.tenderKind);
  }

  function listen(run: Run): void {
    const { provider, order, attempt } = run;
    const link = linkOf(attempt);
    if (run.stopListening || !provider.listen || !link || attempt.state !== 'waiting') return;
    run.stopListening = provider.listen(link, order, attempt.data, (word) => {
      if (isFinished(run.attempt.state)) return;
      log.info('a provider tells of news', { attempt: run.attempt.id, word });
      run.wake?.();
    });
  }

  /** A payment that is on another attempt already, or late money, is not this one's, whatever the provider says. */
  function ownOnly(run: Run, answer: ProviderAnswer): ProviderAnswer {
    if (answer.kind !== 'paid' && answer.kind !== 'approved') return answer;
    const owner = stores.sales.attemptByProvider(run.attempt.tenderKind, answer.reference);
    if (owner && owner.id !== run.attempt.id) return { ...answer, ownReference: owner.reference || owner.id };
    return stores.tasks.knows(run.attempt.tenderKind, answer.reference) ? { ...answer, ownReference: 'late-money' } : answer;
  }

  function showCode(run: Run, show: Shown): void {
    run.screen.show(show, () => onChange(run.attempt));
    run.newCode = true;
  }

  /** The code as it is drawn now; what is no longer waited for has none. */
  const shownOf = (attempt: Attempt): ShownCode | null => (attempt.state === 'waiting' ? (runs.get(attempt.id)?.screen.now() ?? null) : null);

  /** Writes an answer down as what it is worth. A start that is sent once more is a question after the first one. */
  function hear(run: Run, act: Asking, said: ProviderAnswer): Act | null {
    const answer = ownOnly(run, said);
    const of = act === 'start' && run.attempt.state === 'outcome-unknown' ? 'poll' : act;
    const { capabilities } = run.provider;
    const worth = engine.lateStart(run.attempt, act, answer, { capabilities, ownedForMs: clock.monotonicMs() - run.ownedMs, found: run.found });
    if (worth === 'believe' || answer.kind !== 'refused') return tell(run, { kind: 'answer', of, answer });
    tell(run, { kind: 'answer', of, answer: { kind: 'unknown', problem: { code: 'unreachable' } } });
    return worth === 'again' ? 'start' : null;
  }

  /** One question, its answer written down; answers what to ask next. */
  async function turn(run: Run, act: Asking): Promise<Act | null> {
    await spaced(run, act);
    if (closing) return null;
    const startedMs = clock.monotonicMs();
    if (act === 'capture' || act === 'release') tell(run, { kind: 'sending', act });
    const link = linkOf(run.attempt);
    const answer: ProviderAnswer = link ? await ask(run.provider, act, link, run.order, run.attempt.data, run.told) : { kind: 'unknown', problem: notConfigured };
    if (closing) return null;
    heard(run, answer);
    if (answer.kind === 'refused' && answer.stray) keeper.stray(answer.stray, run.attempt);
    if (answer.kind === 'waiting') run.cancellable = answer.cancellable;
    if (answer.kind === 'waiting' && answer.show) showCode(run, answer.show);
    let next = hear(run, act, answer);
    if (run.newCode) {
      run.newCode = false;
      onChange(run.attempt);
    }
    if (isFinished(run.attempt.state)) return next;
    if (answer.kind === 'waiting' && answer.handOver !== undefined && act !== 'poll' && mayOpen(answer.handOver)) context.openAddress(answer.handOver);
    listen(run);
    if (next === null && run.wanted === null) await rest(run, startedMs);
    if (run.limitMs !== null && clock.monotonicMs() >= run.limitMs) next = tell(run, { kind: 'overdue' }) ?? next;
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
    run.stopListening?.();
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

  function own(attempt: Attempt, first: Learned, told = ''): void {
    const provider = links.provider(attempt.tenderKind);
    if (!provider || !attempt.order) {
      log.error('an unfinished payment has no provider any more', { attempt: attempt.id, kind: attempt.tenderKind });
      return;
    }
    const { endsAfterMs } = provider.capabilities;
    const limitMs = endsAfterMs === null ? null : clock.monotonicMs() + endsAfterMs - Math.min(endsAfterMs, ageMs(attempt));
    const run: Run = {
      attempt, provider, order: attempt.order, told, screen: createCodeOnScreen(clock), newCode: false, ownedMs: clock.monotonicMs(), found: first.kind === 'found', limitMs,
      wanted: null, wake: null, silences: 0, askedMs: new Map(), cancellable: true, stopListening: null, done: Promise.resolve(),
    };
    runs.set(attempt.id, run);
    run.done = drive(run, first)
      .catch((error: unknown) => log.error('a payment stopped unexpectedly', { attempt: attempt.id, error: String(error) }))
      .finally(() => {
        run.screen.stop();
        windows.forget(attempt.id);
        runs.delete(attempt.id);
      });
  }

  function act(attemptId: string, learned: Learned): boolean {
    const run = runs.get(attemptId);
    if (!run || isFinished(run.attempt.state)) return false;
    const wanted = tell(run, learned);
    if (wanted) run.wanted = wanted;
    if (wanted || isFinished(run.attempt.state)) run.wake?.();
    else onChange(run.attempt);
    return true;
  }

  function wake(kind?: string): void {
    for (const run of runs.values()) if (kind === undefined || run.attempt.tenderKind === kind) run.wake?.();
  }

  const live = (): readonly Run[] => [...runs.values()].filter((run) => !isFinished(run.attempt.state));

  return {
    begin: (attempt, how = 'begin', told = '') => own(attempt, { kind: how }, told),
    recover() {
      for (const attempt of stores.sales.unfinishedAttempts(context.register.id)) own(attempt, { kind: 'found' });
    },
    cancel: (attemptId) => runs.get(attemptId)?.provider.capabilities.cancels === true && act(attemptId, { kind: 'cancel-asked' }),
    again: (attemptId) => act(attemptId, { kind: 'again' }),
    decide: (attemptId, take) => act(attemptId, { kind: 'decided', take }),
    carryOver(attemptId, write) {
      const run = runs.get(attemptId);
      if (!run || isFinished(run.attempt.state) || run.attempt.carriedOverAt !== null) return false;
      const at = nowIso(context);
      const step = run.provider.capabilities.cancels ? engine.learn(run.attempt, { kind: 'cancel-asked' }, at) : { attempt: run.attempt, act: null };
      const carried = { ...step.attempt, carriedOverAt: at, updatedAt: at };
      write(carried);
      run.attempt = carried;
      windows.forget(attemptId);
      if (step.act) run.wanted = step.act;
      onChange(carried);
      run.wake?.();
      return true;
    },
    giveUp(attemptId) {
      const run = runs.get(attemptId);
      if (!run || isFinished(run.attempt.state)) return;
      run.attempt = keeper.finish({ ...run.attempt, state: 'expired', alarm: null, updatedAt: nowIso(context) });
      windows.forget(attemptId);
      onChange(run.attempt);
      run.wake?.();
    },
    wake,
    view(attempt) {
      const provider = links.provider(attempt.tenderKind);
      const receipt = stores.sales.load(attempt.receiptId);
      if (!receipt) return null;
      const cancellable = runs.get(attempt.id)?.cancellable ?? true;
      const by = provider ? { provider, steps: [...stores.sales.transitions(attempt.id)], windowLeftMs: windows.leftMs(attempt), cancellable, show: shownOf(attempt) } : null;
      return paymentView(attempt, receipt, by);
    },
    asks: (attempt) => windows.over(attempt),
    of: (receiptId) => live().find((run) => run.attempt.receiptId === receiptId && run.attempt.carriedOverAt === null)?.attempt ?? null,
    busyTerminal: (terminalId) => live().some((run) => run.attempt.terminalId === terminalId && !engine.sharesTerminal(run.provider.capabilities.oneActivePayment)),
    count: () => live().filter((run) => run.attempt.carriedOverAt === null).length,
    async close() {
      closing = true;
      const ending = [...runs.values()];
      for (const run of ending) run.wake?.();
      await Promise.all(ending.map((run) => run.done));
    },
  };
}
