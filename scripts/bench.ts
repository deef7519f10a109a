import { rmSync } from 'node:fs';
import { ensureChromium } from './system.ts';
import { build, say } from './lib.ts';
import { readOptions } from './options.ts';
import { measureCompletion } from './bench/completion.ts';
import { measurePolls } from './bench/polls.ts';
import { measureScreens } from './bench/screens.ts';
import { makeShop } from './bench/shop.ts';
import type { Figure } from './bench/figure.ts';

/*
 * The figures of performance. Each stands beside its limit, measured in the same run on the same machine: an empty window
 * of the same host, or bare SQLite. Machines differ; the distance between the two says something on all of them.
 */
const { values } = readOptions('bench', { only: { type: 'string' }, articles: { type: 'string' }, json: { type: 'boolean' } } as const);

const sizes = values.articles === undefined ? [16_000, 1_000_000] : [Number(values.articles)];
const executablePath = await ensureChromium(true);
if (executablePath === null) {
  say('bench: Chromium is needed. Install it, or set KASSA_CHROMIUM to one.');
  process.exit(1);
}
await build('all');
const figures: Figure[] = [];
/** Figures whose names begin otherwise are not measured: a run of all takes a quarter of an hour. */
const wants = (...names: readonly string[]): boolean => values.only === undefined || names.some((name) => name.startsWith(values.only ?? '') || (values.only ?? '').startsWith(name));
if (wants('poll-spacing')) {
  say('bench: 200 app payments while articles are imported, some two minutes ...');
  figures.push(...(await measurePolls()));
}
for (const articles of wants('completion', 'scan', 'search', 'pay', 'start', 'memory') ? sizes : []) {
  say(`bench: making a shop of ${articles} articles ...`);
  const shop = await makeShop(articles);
  say('bench: completing receipts ...');
  figures.push(...(await measureCompletion(shop)));
  say('bench: scanning, searching and paying on screen, some three minutes ...');
  figures.push(...(await measureScreens(shop, executablePath)));
  rmSync(shop.dataDir, { recursive: true, force: true });
}
const shown = figures.filter((figure) => values.only === undefined || figure.name.startsWith(values.only));
for (const { name, unit, p50, p99, n, baseline } of shown) {
  say(`${name.padEnd(46)} p50 ${p50.toFixed(2)}  p99 ${p99.toFixed(2)}  beside ${baseline.toFixed(2)} ${unit}  (n ${n})`);
}
if (values.json === true) process.stdout.write(`${JSON.stringify(shown)}\n`);
