import type { RefusedRow } from '../../contract/articles.ts';
import { createClock } from '../../adapters/clock.ts';
import { createCrypto } from '../../adapters/crypto.ts';
import { createIds } from '../../adapters/ids.ts';
import { dayIn, isoInstant, offsetMinutesIn } from '../../core/time.ts';
import { examineDatabase } from '../../storage/examine.ts';
import { storageFailureOf } from '../../storage/failure.ts';
import { NewerDatabaseError } from '../../storage/migrate.ts';
import { openStorage, type Storage } from '../../storage/open.ts';
import { readArticleFile } from '../import/read-file.ts';
import { runImport } from '../import/run-import.ts';
import { vatClassesByRate } from '../import/vat-classes.ts';
import { problemOf } from './problem.ts';

export type ImportedArticles =
  | { readonly added: number; readonly updated: number; readonly refused: readonly RefusedRow[] }
  | { readonly problem: string };

const problems = {
  'file-unreadable': 'this file is not text. Save it as CSV and try again.',
  'file-without-header': 'the first line has to name the columns gtin, name and price.',
} as const;

/** Imports a file into a shop's database from outside, beside a running shop if need be. Progress in rows. */
export async function importArticles(
  database: string,
  bytes: Uint8Array,
  progress: (done: number, total: number) => void,
): Promise<ImportedArticles> {
  const clock = createClock();
  const crypto = createCrypto();
  const ids = createIds(clock);
  let storage: Storage | null = null;
  try {
    examineDatabase(database);
    storage = openStorage({ file: database, sha256: crypto.sha256, nowMs: clock.nowMs });
    const shop = storage.shop.load();
    const register = storage.shop.thisRegister();
    if (!shop || !register) return { problem: 'the shop in this folder is not set up yet. Set it up first, on the screen or by --provision.' };
    const nowMs = clock.nowMs();
    const day = dayIn(shop.timeZone, nowMs);
    const file = await readArticleFile(bytes, vatClassesByRate(storage.shop.vatRates(shop.country), day));
    if (typeof file === 'string') return { problem: problems[file] };
    const writes = file.good.map((row) => row.write);
    const { added, updated } = await runImport(storage, writes, {
      day,
      newId: () => ids.next(),
      cancelled: () => false,
      progress: (counts) => progress(counts.done, writes.length),
    });
    storage.journal.append([
      {
        registerId: register.id,
        staffId: null,
        at: isoInstant(nowMs),
        offsetMinutes: offsetMinutesIn(shop.timeZone, nowMs),
        kind: 'articles-imported',
        receiptId: null,
        detail: { added, updated, refused: file.refused.length },
      },
    ]);
    return { added, updated, refused: file.refused };
  } catch (error) {
    // A bug keeps its stack; a bad disk or file is said in a sentence.
    if (storageFailureOf(error) || error instanceof NewerDatabaseError) return problemOf(error);
    throw error;
  } finally {
    await storage?.close();
  }
}
