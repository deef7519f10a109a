import { readFileSync } from 'node:fs';
import { extname } from 'node:path';
import { sandboxes } from '../src-main/sandboxes/index.ts';
import { usage } from './lib.ts';
import { readOptions } from './options.ts';

/* Providers' sandboxes alone, for other programs to speak with. They end with the process. */
const names = Object.keys(sandboxes);
const { values, positionals } = readOptions(
  'sandbox',
  { port: { type: 'string' }, state: { type: 'string' }, 'seed-file': { type: 'string' } } as const,
  { least: 1, most: 1, names: 'NAME|all' },
);
const [wanted = ''] = positionals;
if (wanted !== 'all' && !names.includes(wanted)) usage(`sandbox: there is no "${wanted}". There are: all, ${names.join(', ')}.`);
const port = values.port === undefined ? 0 : Number(values.port);
if (!Number.isInteger(port) || port < 0 || port > 65_535) usage('sandbox: --port is a number from 0 to 65535.');
if (wanted === 'all' && port !== 0 && names.length > 1) usage('sandbox: --port goes with one sandbox, not with all.');

/** What new worlds begin with: of one sandbox the whole file, of several what stands under each name. */
function seedOf(name: string): unknown {
  const file = values['seed-file'];
  if (file === undefined) return undefined;
  try {
    const seed = JSON.parse(readFileSync(file, 'utf8')) as Readonly<Record<string, unknown>>;
    return wanted === 'all' ? seed[name] : seed;
  } catch (error) {
    return usage(`sandbox: ${file} can't be read as JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Each of several sandboxes keeps a file of its own beside the one named. */
function stateOf(name: string): string | undefined {
  if (values.state === undefined || wanted !== 'all') return values.state;
  const end = extname(values.state);
  return `${values.state.slice(0, values.state.length - end.length)}-${name}${end}`;
}

const chosen = wanted === 'all' ? names : [wanted];
const started = await Promise.all(
  chosen.map(async (name) => {
    const start = sandboxes[name];
    if (!start) throw new Error(`no sandbox ${name}`);
    const sandbox = await start({ port, stateFile: stateOf(name), seed: seedOf(name) }).catch((error: unknown) =>
      usage(`sandbox: ${name} can't start: ${error instanceof Error ? error.message : String(error)}`),
    );
    const { baseUrl, control, phone } = sandbox;
    return { name, sandbox, line: { ready: true, baseUrl, control, phone } };
  }),
);
const [only] = started;
process.stdout.write(`${JSON.stringify(wanted === 'all' ? Object.fromEntries(started.map(({ name, line }) => [name, line])) : only?.line)}\n`);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    void Promise.all(started.map(({ sandbox }) => sandbox.close())).then(() => process.exit(0));
  });
}
