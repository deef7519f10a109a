import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's root folder. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** For people: everything but results goes to standard error. */
export const say = (text: string): void => {
  process.stderr.write(`${text}\n`);
};

/** Wrong usage: says what is wrong and ends with 2. */
export function usage(text: string): never {
  say(text);
  process.exit(2);
}

/** Ends the program with its result on standard output, written whole first: a pipe may take it in pieces. */
export async function finish(result: unknown, code: number): Promise<never> {
  if (result !== null) await new Promise<void>((written) => void process.stdout.write(`${JSON.stringify(result)}\n`, () => written()));
  process.exit(code);
}

/** The version of this Kassa. */
export const version = (): string =>
  (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { readonly version: string }).version;

export type Ran = { readonly code: number; readonly stdout: string; readonly seconds: number };

/** Runs a program to its end; its output is passed on to people and kept. */
export function run(
  command: string,
  args: readonly string[],
  options: { readonly env?: Readonly<Record<string, string>>; /** Its words are shown only when it fails; `always`: not even then. */ readonly quiet?: boolean | 'always' } = {},
): Promise<Ran> {
  const started = Date.now();
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let kept = '';
    child.stdout.on('data', (data: Buffer) => {
      stdout += String(data);
      if (options.quiet === undefined || options.quiet === false) process.stderr.write(data);
      else kept += String(data);
    });
    child.stderr.on('data', (data: Buffer) => {
      if (options.quiet === undefined || options.quiet === false) process.stderr.write(data);
      else kept += String(data);
    });
    child.on('error', reject);
    child.on('exit', (code) => {
      if (code !== 0 && options.quiet === true) process.stderr.write(kept);
      resolve({ code: code ?? 1, stdout, seconds: (Date.now() - started) / 1000 });
    });
  });
}

/** A tool of the packages, run by the pinned Node. */
export const tool = (name: string): string => join(root, 'node_modules', '.bin', name);

function newest(folder: string, hash: ReturnType<typeof createHash>): void {
  for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => a.name.localeCompare(b.name))) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) newest(path, hash);
    else if (!entry.name.includes('.test.')) hash.update(`${path} ${statSync(path).mtimeMs} ${statSync(path).size}\n`);
  }
}

/** What a build was made of: names, times and sizes of its sources. */
function sourceStamp(): string {
  const hash = createHash('sha256');
  for (const folder of ['src-main', 'src-preload', 'src-renderer', 'assets']) newest(join(root, folder), hash);
  for (const file of ['vite.config.ts', 'package-lock.json']) hash.update(readFileSync(join(root, file)));
  return hash.digest('hex');
}

/** Builds what a host needs if its sources changed. Quick when nothing did. */
export async function build(what: 'renderer' | 'all'): Promise<void> {
  const environments = what === 'renderer' ? ['client'] : ['client', 'main', 'preload'];
  const stamp = sourceStamp();
  const stampFile = (name: string): string => join(root, 'dist', `.${name}-stamp`);
  const stale = environments.filter((name) => !existsSync(stampFile(name)) || readFileSync(stampFile(name), 'utf8') !== stamp);
  if (stale.length === 0) return;
  say('Kassa: building the screens ...');
  const { code } = await run(process.execPath, [join(root, 'node_modules/vite/bin/vite.js'), 'build', '--app', '--logLevel', 'warn'], {
    env: { KASSA_BUILD: stale.join(',') },
    quiet: true,
  });
  if (code !== 0) throw new Error('the build failed; see above');
  mkdirSync(join(root, 'dist'), { recursive: true });
  for (const name of stale) writeFileSync(stampFile(name), stamp);
}
