import { createCrypto } from '../../adapters/crypto.ts';
import { dumpDatabase } from '../../storage/audit/dump.ts';
import { UnreadableDatabaseError } from '../../storage/audit/reading.ts';
import { verifyDatabase, type Verified } from '../../storage/audit/verify.ts';

/** What a look at a database answers: what was found, or the sentence why it can't be looked at. */
export type Looked<T> = { readonly found: T } | { readonly problem: string };

function looked<T>(look: () => T): Looked<T> {
  try {
    return { found: look() };
  } catch (error) {
    if (error instanceof UnreadableDatabaseError) return { problem: error.message };
    throw error;
  }
}

/** Checks a shop's database without changing it. */
export const verifyShop = (file: string): Looked<Verified> => looked(() => verifyDatabase(file, createCrypto().sha256));

/** All about money in a shop's database from an instant on. */
export const dumpShop = (file: string, since: string): Looked<object> => looked(() => dumpDatabase(file, since));
