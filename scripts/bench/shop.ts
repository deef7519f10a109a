import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClock } from '../../src-main/adapters/clock.ts';
import { createCrypto } from '../../src-main/adapters/crypto.ts';
import { createIds } from '../../src-main/adapters/ids.ts';
import { seedDemo } from '../../src-main/app/demo/index.ts';
import { checkDigit } from '../../src-main/core/articles/gtin.ts';
import { minor } from '../../src-main/core/money.ts';
import { openStorage } from '../../src-main/storage/open.ts';

export type BenchShop = { readonly dataDir: string; readonly articles: number; readonly codes: readonly string[] };

const syllables = ['ka', 'lo', 'mi', 'su', 'te', 'vå', 'rø', 'ny', 'pä', 'jo', 'gre', 'sti', 'bla', 'ker', 'und', 'hal'];
const batch = 20_000;

/** Names that differ as real ones do: three words of a few syllables, chosen by the number alone. */
function nameOf(index: number): string {
  const word = (seed: number): string => [seed, seed >> 4, seed >> 8].map((part) => syllables[part & 15] ?? '').join('');
  return `${word(index * 7919)} ${word(index * 104_729)} ${index % 1000} g`;
}

/** The made-up article's number, with its check digit. */
export const gtinOf = (index: number): string => {
  const body = `73${String(index).padStart(10, '0')}`;
  return `${body}${checkDigit(body)}`;
};

/** The demo shop with as many articles more as are asked for. */
export async function makeShop(articles: number): Promise<BenchShop> {
  const dataDir = mkdtempSync(join(tmpdir(), 'kassa-bench-'));
  const crypto = createCrypto();
  const clock = createClock();
  const ids = createIds(clock);
  const storage = openStorage({ file: join(dataDir, 'kassa.sqlite'), sha256: crypto.sha256, nowMs: clock.nowMs });
  await seedDemo(storage, { crypto, ids }, 'FI', []);
  for (let from = 0; from < articles; from += batch) {
    const rows = Array.from({ length: Math.min(batch, articles - from) }, (_, offset) => ({
      gtin: gtinOf(from + offset),
      name: nameOf(from + offset),
      group: `Group ${(from + offset) % 12}`,
      priceMinor: minor(50 + ((from + offset) % 5000)),
      vatClass: 'low' as const,
      labels: [],
    }));
    storage.articles.importBatch(rows, '2020-01-01', () => ids.next());
  }
  await storage.close();
  const step = Math.max(1, Math.floor(articles / 1000));
  return { dataDir, articles, codes: Array.from({ length: 1000 }, (_, index) => gtinOf((index * step) % articles)) };
}
