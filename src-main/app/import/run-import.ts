import { performance } from 'node:perf_hooks';
import type { ArticleWrite, Stores } from '../../core/ports/stores.ts';

/** Longest that one batch may hold the database: a scan in between waits no longer than this. */
const batchMs = 4;
const smallestBatch = 10;
const largestBatch = 2_000;

export type ImportCounts = { readonly done: number; readonly added: number; readonly updated: number };

/**
 * Writes articles in batches that fit themselves to the machine, with a turn for everything else between two of them,
 * so that the counter sells on meanwhile. Stops when `cancelled` says so; what was written stays.
 */
export async function runImport(
  stores: Stores,
  writes: readonly ArticleWrite[],
  options: {
    readonly day: string;
    readonly newId: () => string;
    readonly cancelled: () => boolean;
    readonly progress: (counts: ImportCounts) => void;
  },
): Promise<ImportCounts> {
  let counts: ImportCounts = { done: 0, added: 0, updated: 0 };
  let size = 50;
  while (counts.done < writes.length && !options.cancelled()) {
    const batch = writes.slice(counts.done, counts.done + size);
    const startMs = performance.now();
    const { added, updated } = stores.articles.importBatch(batch, options.day, options.newId);
    const tookMs = Math.max(performance.now() - startMs, 0.1);
    size = Math.round(Math.min(largestBatch, Math.max(smallestBatch, (batch.length * batchMs) / tookMs)));
    counts = { done: counts.done + batch.length, added: counts.added + added, updated: counts.updated + updated };
    options.progress(counts);
    await new Promise((resolve) => setImmediate(resolve));
  }
  return counts;
}
