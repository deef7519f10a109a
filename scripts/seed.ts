import { seedHistory } from '../src-main/app/commands/seed.ts';
import { countries } from '../src-main/core/countries/index.ts';
import { dayIn } from '../src-main/core/time.ts';
import type { Country } from '../src-main/contract/basics.ts';
import { dataDir } from './data-dir.ts';
import { finish, say, usage, version } from './lib.ts';
import { oneOf, readOptions } from './options.ts';

/* A believable history through the till's own code, in bulk, so that reports and exports have something real to work on. */
const { values } = readOptions('seed', {
  receipts: { type: 'string' },
  registers: { type: 'string' },
  days: { type: 'string' },
  country: { type: 'string' },
  seed: { type: 'string' },
  until: { type: 'string' },
  data: { type: 'string' },
  json: { type: 'boolean' },
} as const);

function whole(name: 'receipts' | 'registers' | 'days', otherwise: number, most: number): number {
  const text = values[name];
  const number = text === undefined ? otherwise : Number(text);
  return Number.isSafeInteger(number) && number >= 1 && number <= most ? number : usage(`seed: --${name} is a whole number from 1 to ${most}, not "${text ?? ''}".`);
}

const country: Country = oneOf('seed', 'country', values.country, Object.keys(countries) as Country[]) ?? 'FI';
const yesterday = dayIn(countries[country].timeZone, Date.now() - 86_400_000);
const until = values.until ?? yesterday;
if (!/^\d{4}-\d{2}-\d{2}$/.test(until) || Number.isNaN(Date.parse(until)) || until < '2015-02-01' || until > yesterday) usage(`seed: --until is a day that is over, such as ${yesterday}, not "${until}".`);
const receipts = whole('receipts', 1000, 10_000_000);
const seeded = await seedHistory({
  dataDir: dataDir(values.data),
  receipts,
  registers: whole('registers', 1, 50),
  days: whole('days', 30, 3660),
  country,
  seed: values.seed ?? '1',
  until,
  version: version(),
  progress: (done) => say(`seed: ${done} of ${receipts} receipts`),
});
if ('problem' in seeded) {
  say(`seed: ${seeded.problem}`);
  process.exit(1);
}
say(`seed: ${seeded.receipts} receipts of ${seeded.from} to ${seeded.until} at ${seeded.registers} registers, ${seeded.z} Z, in ${seeded.seconds} s (${seeded.receiptsPerSecond} a second)`);
await finish(values.json === true ? seeded : null, 0);
