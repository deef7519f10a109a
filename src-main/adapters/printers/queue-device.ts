import type { PrinterCondition, PrinterSettings } from '../../contract/printers.ts';
import type { Paper } from '../../contract/receipts.ts';
import type { Clock, PrinterProblem } from '../../core/ports/world.ts';
import { commandsOf } from '../../core/printers/commands.ts';
import { printerModels } from '../../core/printers/models.ts';
import { paperBytes } from './bytes.ts';
import type { PrinterDevice } from './device.ts';
import type { QueueState, Spooler } from './spooler.ts';

/** How long a queue may take, in milliseconds: until a paper is handed over, until a cancelled job has ended, between two looks at a job. */
export type QueuePatience = { readonly printMs: number; readonly cancelMs: number; readonly lookMs: number };

const usualPatience: QueuePatience = { printMs: 20_000, cancelMs: 5_000, lookMs: 150 };

/** Why a queue that is like this takes no paper; null: it does. */
const problemOf = (state: QueueState | null): PrinterProblem | null => (state ? (state.problem ?? (state.running ? null : 'fault')) : 'unreachable');

type Which = Pick<PrinterSettings, 'queue' | 'model' | 'widthMm'>;

/**
 * A printer behind a queue of the operating system. The queue tells when it has handed over a paper, and no more: that is what *printed* means here. A
 * paper that does not go is taken out of the queue again, so that it does not come out later unasked; when some of it had gone, it is not known.
 */
export function createQueueDevice(spooler: Spooler, { queue, model: modelId, widthMm }: Which, jobName: string, clock: Clock, patience: QueuePatience = usualPatience): PrinterDevice {
  const model = printerModels[modelId];
  let condition: PrinterCondition = { state: 'failed', problem: 'unreachable', paperNearEnd: false, drawer: 'unknown' };
  let turn: Promise<unknown> = Promise.resolve();
  let tidy = false;

  const pause = (): Promise<void> => new Promise((resolve) => void clock.after(patience.lookMs, resolve));

  function keep(state: QueueState | null): PrinterProblem | null {
    const problem = problemOf(state);
    condition = { state: problem ? 'failed' : 'ready', problem, paperNearEnd: state?.paperNearEnd ?? false, drawer: 'unknown' };
    return problem;
  }

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = turn.then(work);
    turn = done.catch(() => undefined);
    return done;
  }

  /** What a till that was killed has left in the queue would come out later, after somebody has printed it again. */
  async function clear(): Promise<void> {
    if (tidy) return;
    const left = await spooler.waiting(queue, jobName);
    const taken = left && (await Promise.all(left.map((job) => spooler.cancel(queue, job))));
    tidy = taken?.every(Boolean) ?? false;
  }

  /** Takes it out, and tells what became of it. */
  async function takenBack(job: number, problem: PrinterProblem): Promise<PrinterProblem | null> {
    if (!(await spooler.cancel(queue, job))) tidy = false;
    const giveUpAt = clock.monotonicMs() + patience.cancelMs;
    for (;;) {
      const state = await spooler.job(queue, job);
      if (state?.at === 'handed-over') return null;
      if (state?.at === 'ended') return state.begun ? 'unknown' : problem;
      if (clock.monotonicMs() >= giveUpAt) break;
      await pause();
    }
    tidy = false;
    return 'unknown';
  }

  /** Waits until the queue has handed it over. */
  async function outcome(job: number): Promise<PrinterProblem | null> {
    const giveUpAt = clock.monotonicMs() + patience.printMs;
    while (clock.monotonicMs() < giveUpAt) {
      const state = await spooler.job(queue, job);
      if (state?.at === 'handed-over') return null;
      // Somebody has cancelled it, or the queue gave it up.
      if (state?.at === 'ended') return state.begun ? 'unknown' : 'fault';
      const problem = state ? problemOf(await spooler.state(queue)) : null;
      if (problem) return takenBack(job, problem);
      await pause();
    }
    return takenBack(job, 'unreachable');
  }

  async function print(bytes: Uint8Array): Promise<PrinterProblem | null> {
    await clear();
    const before = keep(await spooler.state(queue));
    if (before) return before;
    const job = await spooler.submit(queue, jobName, bytes);
    if (job === null) {
      // The answer may have been lost on the way: what it took is taken out before the next paper.
      tidy = false;
      condition = { ...condition, state: 'failed', problem: 'unknown' };
      return 'unknown';
    }
    const problem = await outcome(job);
    if (problem) condition = { ...condition, state: 'failed', problem };
    return problem;
  }

  return {
    printer: {
      state: () => condition.state,
      async print(paper: Paper) {
        const problem = await inTurn(() => print(paperBytes(paper, model, widthMm)));
        return problem ? { ok: false, problem } : { ok: true };
      },
    },
    drawer: { open: () => void inTurn(() => print(Uint8Array.from(commandsOf(model).openDrawer))), state: () => 'unknown' },
    condition: () => condition,
    look: () =>
      inTurn(async () => {
        await clear();
        keep(await spooler.state(queue));
        return condition;
      }),
  };
}
