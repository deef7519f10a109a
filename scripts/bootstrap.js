#!/usr/bin/env node
// The first step of every command. Plain JavaScript that Node 20 can run: it installs what is missing, then hands over
// to the pinned Node with the command's own script.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const commands = {
  start: 'start.ts',
  test: 'test.ts',
  'test:electron': 'test-electron.ts',
  import: 'import.ts',
  provision: 'provision.ts',
  chain: 'chain.ts',
  bench: 'bench.ts',
  shots: 'shots.ts',
  build: 'build.ts',
  package: 'package.ts',
  sandbox: 'sandbox.ts',
  dump: 'dump.ts',
  print: 'print.ts',
  verify: 'verify.ts',
  seed: 'seed.ts',
  export: 'export.ts',
  backup: 'backup.ts',
  restore: 'restore.ts',
  simulate: 'simulate.ts',
  'test:kill': 'test-kill.ts',
  'test:hardware': 'test-hardware.ts',
};

const say = (text) => process.stderr.write(`${text}\n`);

function fail(text, code = 1) {
  say(text);
  process.exit(code);
}

/** Whether the packages in node_modules are those of the lock file. */
const stampFile = join(root, 'node_modules', '.kassa-packages');
const lockHash = () => createHash('sha256').update(readFileSync(join(root, 'package-lock.json'))).digest('hex');
const packagesThere = () => existsSync(stampFile) && readFileSync(stampFile, 'utf8') === lockHash();

function installPackages() {
  say('Kassa: installing packages (once; about half a minute) ...');
  const started = Date.now();
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const done = spawnSync(npm, ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (done.status !== 0) fail('Kassa: the packages could not be installed. Check the network connection and try again.');
  writeFileSync(stampFile, lockHash());
  say(`Kassa: packages installed in ${Math.round((Date.now() - started) / 1000)} s.`);
}

/** The pinned Node of the packages, else this one if it is new enough. */
function pinnedNode() {
  const bundled = join(root, 'node_modules', '.bin', process.platform === 'win32' ? 'node.cmd' : 'node');
  if (existsSync(bundled)) return bundled;
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 22 || (major === 22 && minor >= 18)) return process.execPath;
  return fail(`Kassa needs Node 22.18 or newer on this machine; this is ${process.version}. Install it and start again.`);
}

function run(script, args) {
  // What was compiled once is not compiled again by each process that a command starts.
  const env = { NODE_COMPILE_CACHE: join(root, 'node_modules', '.cache', 'compiled'), ...process.env };
  const child = spawn(pinnedNode(), [join(root, 'scripts', script), ...args], { stdio: 'inherit', env });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(signal ? 128 + (constants.signals[signal] ?? 0) : (code ?? 1)));
  child.on('error', (error) => fail(`Kassa: ${error.message}`));
}

const [name = '', ...args] = process.argv.slice(2);
const script = commands[name];
if (!script) fail(`Unknown command "${name}". There are: ${Object.keys(commands).join(', ')}.`, 2);
if (!packagesThere()) installPackages();
run(script, args);
