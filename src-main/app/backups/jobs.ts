import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { BackupView } from '../../contract/trouble.ts';
import type { BackupProblem, MadeBackup } from '../../storage/backup.ts';
import type { Restored } from '../../storage/restore.ts';

type Common = { readonly dataDir: string; readonly nativeBinding: string | undefined };

/** What the worker is asked to do. */
export type Job =
  | (Common & { readonly kind: 'backup'; readonly file: string; readonly nowMs: number; readonly spareBytes: number })
  | (Common & { readonly kind: 'list' })
  | (Common & { readonly kind: 'restore'; readonly file: string; readonly name: string; readonly nowMs: number });

type Done = { readonly backup: MadeBackup; readonly list: readonly BackupView[]; readonly restore: Restored };

/** An error on its way out of the thread. */
export type JobFailure = {
  readonly message: string;
  readonly code: string | null;
  /** Why a file can't be used as a backup. */
  readonly problem: BackupProblem | null;
  /** What was copied is damaged, and so is what it was copied from. */
  readonly sourceIsDamaged: boolean;
};

/** A job that failed. `code` is SQLite's or the system's own. */
export class JobError extends Error {
  override readonly name = 'JobError';
  readonly code: string;
  readonly failure: JobFailure;

  constructor(failure: JobFailure) {
    super(failure.message);
    this.failure = failure;
    this.code = failure.code ?? '';
  }
}

export type RunningJob<T> = {
  readonly result: Promise<T>;
  /** From now on the program does not end before the job does. */
  keepAlive(): void;
  /** Gives the job up; what it had begun is cleared away by the next one. */
  abandon(): Promise<void>;
};

/** Runs one job in a thread of its own, which never keeps the program alive. */
export function runJob<J extends Job>(job: J): RunningJob<Done[J['kind']]> {
  // The same file runs as source and as build; it stands beside this one with the same ending.
  const worker = new Worker(new URL(`./backup-worker${extname(import.meta.url)}`, import.meta.url), { workerData: job });
  worker.unref();
  const result = new Promise<Done[J['kind']]>((resolve, reject) => {
    worker.once('message', (said: { readonly done: Done[J['kind']] } | { readonly failed: JobFailure }) => {
      if ('failed' in said) reject(new JobError(said.failed));
      else resolve(said.done);
    });
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('a job on the database ended without an answer')));
  });
  return {
    result,
    keepAlive: () => worker.ref(),
    async abandon() {
      await worker.terminate();
    },
  };
}
