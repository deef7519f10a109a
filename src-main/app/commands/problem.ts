import { storageFailureOf, type StorageFailure } from '../../storage/failure.ts';

/** What a command answers, or the sentence why it could not be done; nothing was changed then. */
export type Attempted<T> = T | { readonly problem: string };

const sentences: Readonly<Record<StorageFailure, string>> = {
  full: 'the disk is full. Free some space, or name a file on another disk.',
  'read-only': 'the file or its folder can\'t be read or written by this user.',
  failed: 'the disk reports an error. Look at the disk before anything else.',
  busy: 'the database is busy. Try again.',
  damaged: 'the database is damaged. Leave it as it is and restore the newest backup.',
};

/** An error as a sentence; errors of ours are sentences already. */
export function problemOf(error: unknown): { readonly problem: string } {
  const message = error instanceof Error ? error.message : String(error);
  const failure = storageFailureOf(error);
  return { problem: failure ? `${sentences[failure]} (${message})` : message };
}
