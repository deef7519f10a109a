import { campaign, mutantNames, placesOf, providersNamed, simulatedProviders } from '../src-main/testing/simulation/campaign.ts';
import { finish, say, usage } from './lib.ts';
import { readOptions } from './options.ts';

/* Whole shops in virtual time, seed after seed. One seed decides everything: the same one is the same run, byte for byte. */
const { values } = readOptions('simulate', {
  runs: { type: 'string' },
  seed: { type: 'string' },
  provider: { type: 'string' },
  seconds: { type: 'string' },
  mutant: { type: 'string' },
  'list-mutants': { type: 'boolean' },
  json: { type: 'boolean' },
} as const);

function whole(name: 'runs' | 'seed' | 'seconds', otherwise: number): number {
  const text = values[name];
  if (text === undefined) return otherwise;
  const number = Number(text);
  return Number.isSafeInteger(number) && number >= 0 ? number : usage(`simulate: --${name} is a whole number, not "${text}".`);
}

if (values['list-mutants'] === true) {
  for (const [name, about] of mutantNames()) say(`${name.padEnd(28)} ${about}`);
  await finish(mutantNames().map(([name]) => name), 0);
}
const known = Object.keys(simulatedProviders);
if (values.provider !== undefined && providersNamed(values.provider).length === 0) usage(`simulate: --provider is one of ${known.join(', ')}, not "${values.provider}".`);
if (values.mutant !== undefined && !mutantNames().some(([name]) => name === values.mutant)) usage(`simulate: there is no mutant "${values.mutant}". See --list-mutants.`);

const seconds = whole('seconds', 0);
const runs = whole('runs', seconds > 0 ? Number.MAX_SAFE_INTEGER : 1000);
const startedMs = Date.now();
const took = (): number => (Date.now() - startedMs) / 1000;
let toldAt = 0;
const result = await campaign({
  seed: whole('seed', 1),
  runs,
  providers: values.provider === undefined ? placesOf(values.mutant ?? null) : providersNamed(values.provider),
  mutant: values.mutant ?? null,
  shrink: true,
  enough({ runs: done, violations }) {
    if (took() - toldAt > 10) {
      toldAt = took();
      say(`simulate: ${done} runs in ${Math.round(toldAt)} s, ${violations} violations`);
    }
    // A mutant is caught by the first one; a real fault by a handful, which are enough to read.
    return (seconds > 0 && took() > seconds) || violations >= (values.mutant === undefined ? 10 : 1);
  },
});
const paymentsPerSecond = Math.round(result.payments / Math.max(0.001, took()));
for (const { rule, what, seed, story } of result.violations) {
  say(`\nsimulate: seed ${seed} breaks ${rule}: ${what}`);
  for (const line of story.slice(-80)) say(`  ${line}`);
}
say(`simulate: ${result.runs} runs, ${result.payments} payments, ${result.violations.length} violations, ${paymentsPerSecond} payments a second`);
await finish(values.json === true ? { ...result, paymentsPerSecond } : null, result.violations.length > 0 ? 1 : 0);
