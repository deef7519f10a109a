import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { findElectron } from './electron-binary.ts';
import { root, run, say } from './lib.ts';

const chromiums = ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome'];

/** The first of these programs that is installed; null when none is. */
export const inPath = (names: readonly string[]): string | null =>
  (process.env['PATH'] ?? '')
    .split(delimiter)
    .flatMap((folder) => names.map((name) => join(folder, name)))
    .find((path) => existsSync(path)) ?? null;

/** The Chromium that tests, pictures and PDFs use; null when there is none. */
export const findChromium = (): string | null => {
  const own = process.env['KASSA_CHROMIUM'];
  return own !== undefined && existsSync(own) ? own : inPath(chromiums);
};

const mayInstall = (): boolean => process.getuid?.() === 0 && inPath(['apt-get']) !== null;

async function install(...packages: string[]): Promise<boolean> {
  say(`  installing ${packages.join(', ')} (once) ...`);
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  const update = await run('apt-get', ['update', '-qq'], { env, quiet: true });
  const done = await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], { env, quiet: true });
  return update.code === 0 && done.code === 0;
}

/** Makes sure of a Chromium; installs one only where `mayAdd` says that system packages are welcome. */
export async function ensureChromium(mayAdd: boolean): Promise<string | null> {
  const found = findChromium();
  if (found !== null) return found;
  if (mayAdd && mayInstall() && (await install('chromium-headless-shell'))) return findChromium();
  return null;
}

/** Libraries that Electron needs on a bare Linux, and a display to draw on. */
async function ensureDisplay(): Promise<boolean> {
  if (process.platform !== 'linux' || process.env['DISPLAY']) return true;
  if (inPath(['xvfb-run']) !== null) return true;
  const libraries = ['xvfb', 'xauth', 'libgtk-3-0', 'libnss3', 'libasound2', 'libgbm1', 'libxss1', 'libxtst6', 'libatk-bridge2.0-0'];
  return mayInstall() && install(...libraries);
}

/** An Electron for tests: the one named, the one that a neighbouring folder can lay out, or the package's own. Null when there is none. */
export async function ensureTestElectron(): Promise<string | null> {
  if (!(await ensureDisplay())) return null;
  const named = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  if (named !== undefined && existsSync(join(named, 'electron'))) return named;
  const installer = join(root, '..', 'shared', 'tools', 'electron-runtime', 'install.sh');
  if (existsSync(installer)) {
    const folder = join(homedir(), '.cache', 'kassa-electron');
    say('  laying out an Electron for tests (once) ...');
    // It compiles for a minute beside the tests, and gives way to them.
    const { code } = await run('nice', ['-n', '19', 'bash', installer, folder], { quiet: true });
    return code === 0 ? folder : null;
  }
  process.env['DISPLAY'] ??= ':0';
  const electron = await findElectron();
  return typeof electron === 'string' ? join(electron, '..') : null;
}
