import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { dataDir } from './data-dir.ts';
import { findElectron } from './electron-binary.ts';
import { build, root, say, usage, version } from './lib.ts';
import { oneOf, readOptions } from './options.ts';

const { values } = readOptions('start', {
  host: { type: 'string' },
  headless: { type: 'boolean' },
  port: { type: 'string' },
  data: { type: 'string' },
  shop: { type: 'string' },
  provision: { type: 'string' },
  lang: { type: 'string' },
} as const);

const host = oneOf('start', 'host', values.host, ['electron', 'browser']);
const shop = oneOf('start', 'shop', values.shop, ['demo', 'setup']) ?? 'demo';
const language = oneOf('start', 'lang', values.lang, ['en', 'sv', 'nb', 'da', 'fi', 'nl']);
const port = Number(values.port ?? 0);
if (!Number.isInteger(port) || port < 0 || port > 65_535) usage('start: --port is a number from 0 to 65535.');
const provision = values.provision === undefined ? undefined : resolve(values.provision);
if (provision !== undefined && !existsSync(provision)) usage(`start: the provisioning file ${provision} is not there.`);

/** What both hosts are told; Electron gets it as one argument of JSON. */
const options = {
  dataDir: dataDir(values.data),
  headless: values.headless === true,
  port,
  version: version(),
  firstShop: shop,
  provisionFile: provision,
  language,
  pagesDir: join(root, 'dist', 'renderer'),
  preloadDir: join(root, 'dist', 'preload'),
} as const;

async function startElectron(binary: string): Promise<void> {
  await build('all');
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const child = spawn(binary, [...asRoot, '-r', join(root, 'dist', 'preload', 'scheme.cjs'), root, `--kassa=${JSON.stringify(options)}`], {
    stdio: ['ignore', 'inherit', 'pipe'],
    env: { ...process.env, ELECTRON_DISABLE_SECURITY_WARNINGS: 'true' },
  });
  // Chromium talks to itself on standard error; people get our own lines only.
  child.stderr.on('data', (data: Buffer) => {
    const ours = String(data).split('\n').filter((line) => line.startsWith('Kassa'));
    if (ours.length > 0) say(ours.join('\n'));
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill('SIGTERM'));
  child.on('exit', (code) => process.exit(code ?? 1));
}

async function startBrowser(): Promise<void> {
  await build('all');
  const entry = join(root, 'dist', 'main', 'hosts', 'browser', 'entry.js');
  const argument = `--kassa=${JSON.stringify(options)}`;
  // The till takes this process's place: what only the start needed is no part of a till that runs all day.
  if (process.platform !== 'win32') process.execve?.(process.execPath, [process.execPath, entry, argument], process.env);
  process.argv.push(argument);
  await import(pathToFileURL(entry).href);
}

async function choose(): Promise<void> {
  if (host === 'browser') return startBrowser();
  const electron = await findElectron();
  if (typeof electron === 'string') return startElectron(electron);
  if (host === 'electron') {
    say(electron.why.replace(/, so Kassa runs in the browser/, ''));
    process.exit(1);
  }
  say(electron.why);
  return startBrowser();
}

try {
  await choose();
} catch (error) {
  say(`Kassa could not start: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
}
