import { dirname } from 'node:path';
import { createCrypto } from '../../adapters/crypto.ts';
import { dumpDatabase } from '../../storage/audit/dump.ts';
import { UnreadableDatabaseError } from '../../storage/audit/reading.ts';
import { verifyDatabase, type Verified } from '../../storage/audit/verify.ts';
import { verifyChain } from '../chain/verify-chain.ts';

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

/** Checks a shop's database without changing it; of a store of a chain also against the chain's book. */
export const verifyShop = (file: string): Looked<Verified> =>
  looked(() => {
    // The chain's first: what comes in between is then known to the shop, which writes before and after it.
    const chain = verifyChain(dirname(file));
    const shop = verifyDatabase(file, createCrypto().sha256);
    if (!chain) return shop;
    const findings = [...shop.findings, ...chain.findings];
    return { ok: findings.length === 0, checked: { ...shop.checked, chain: chain.count }, findings };
  });

/** All about money in a shop's database from an instant on. */
export const dumpShop = (file: string, since: string): Looked<object> => looked(() => dumpDatabase(file, since));
