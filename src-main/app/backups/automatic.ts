import { existsSync, statSync } from 'node:fs';
import type { Clock, Log } from '../../core/ports/world.ts';
import { backupFolder, newestMs } from './folder.ts';
import { JobError, runJob, type RunningJob } from './jobs.ts';

/** The backups that nobody has to think of. */
export type AutomaticBackups = {
  /** Whether the last one could not be made. */
  failed(): boolean;
  /** At an orderly end: one more if the last is hours old, for as long as an end may take. */
  close(): Promise<void>;
};

export type AutomaticInput = {
  readonly file: string;
  readonly dataDir: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly nativeBinding: string | undefined;
  /** Whether the last one failed has changed. */
  readonly changed: () => void;
  /** The database itself was found damaged while it was copied. */
  readonly damaged: () => void;
};

const secondMs = 1_000;
const hourMs = 3_600_000;
/** The start belongs to the first customer. */
const firstAfterMs = 5 * secondMs;
/** A program that is started again and again has nothing new to keep each time. */
const startGapMs = hourMs;
const dailyGapMs = 24 * hourMs;
const stopGapMs = 4 * hourMs;
const lookEveryMs = hourMs / 4;
/** An orderly end takes five seconds at most; this is what a backup may have of them. */
const stopBudgetMs = 2.5 * secondMs;
/** Checking a larger one can't be given up in time; it waits for the next start. */
const stopLargestBytes = 200 * 1024 * 1024;
/** Free space that a backup leaves to the sales. */
const spareBytes = 64 * 1024 * 1024;

const sizeOf = (file: string): number => (existsSync(file) ? statSync(file).size : 0);

/** Makes backups from now on: soon after the start, once a day, and at the end. None of them ever fails the till. */
export function startBackups(input: AutomaticInput): AutomaticBackups {
  const { clock, log, dataDir } = input;
  const openedMs = clock.nowMs();
  let failed = false;
  let closed = false;
  let job: RunningJob<unknown> | null = null;
  const running = (): RunningJob<unknown> | null => job;

  function tell(now: boolean): void {
    if (closed || now === failed) return;
    failed = now;
    input.changed();
  }

  async function make(): Promise<void> {
    if (job) return;
    try {
      job = runJob({ kind: 'backup', file: input.file, dataDir, nowMs: clock.nowMs(), spareBytes, nativeBinding: input.nativeBinding });
      await job.result;
      log.info('a backup was made');
      tell(false);
    } catch (error) {
      log.warn('a backup could not be made', { error: error instanceof Error ? error.message : String(error) });
      tell(true);
      if (!closed && error instanceof JobError && error.failure.sourceIsDamaged) input.damaged();
    } finally {
      job = null;
    }
  }

  async function atMost(ms: number, work: Promise<unknown>): Promise<void> {
    let stopWaiting = (): void => undefined;
    const late = new Promise<void>((resolve) => {
      stopWaiting = clock.after(ms, resolve);
    });
    await Promise.race([work.then(() => undefined, () => undefined), late]);
    stopWaiting();
  }

  /** How long the shop has gone without a backup. A clock that was set back counts as long. */
  function gapMs(): number {
    const gap = clock.nowMs() - (newestMs(backupFolder(dataDir)) ?? 0);
    return gap < 0 ? Infinity : gap;
  }

  function look(gap: number): void {
    if (gapMs() >= gap) void make();
    stop = clock.after(lookEveryMs, () => look(dailyGapMs));
  }
  let stop = clock.after(firstAfterMs, () => look(startGapMs));

  return {
    failed: () => failed,
    async close() {
      stop();
      const unkeptMs = clock.nowMs() - (newestMs(backupFolder(dataDir)) ?? openedMs);
      if (unkeptMs >= stopGapMs && sizeOf(input.file) <= stopLargestBytes) void make();
      closed = true;
      const last = running();
      if (!last) return;
      last.keepAlive();
      await atMost(stopBudgetMs, last.result);
      await last.abandon();
    },
  };
}
