import { storageFailureOf } from '../storage/failure.ts';

/** A start that can't go on, in one plain sentence that names the remedy. Shown to people, never a stack. */
export class StartError extends Error {
  override readonly name = 'StartError';
}

/** Turns what went wrong at the start into a sentence; what nobody foresaw keeps its own words and its cause. */
export function startErrorOf(error: unknown, dataDir: string): StartError {
  const message = error instanceof Error ? error.message : String(error);
  switch (storageFailureOf(error)) {
    case 'read-only':
    case 'failed':
      return new StartError(`Kassa can't write to ${dataDir}. Give this user write access to it, or choose another folder with --data.`, { cause: error });
    case 'full':
      return new StartError(`The disk of ${dataDir} is full. Free some space and start Kassa again; nothing was lost.`, { cause: error });
    case 'damaged':
      return new StartError(`The database in ${dataDir} is damaged. Restore the newest backup; the damaged file was left as it is.`, { cause: error });
    case 'busy':
    case null:
      return new StartError(message, { cause: error });
  }
}
