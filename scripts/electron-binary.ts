import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, run, say } from './lib.ts';

const executables: Readonly<Record<string, string>> = {
  darwin: 'Electron.app/Contents/MacOS/Electron',
  win32: 'electron.exe',
};

const inFolder = (folder: string): string | null => {
  const path = join(folder, executables[process.platform] ?? 'electron');
  return existsSync(path) ? path : null;
};

const failedStamp = join(root, 'node_modules', '.kassa-electron-failed');

/** Why there is no Electron, in one sentence. */
export type NoElectron = { readonly why: string };

/**
 * The Electron to run: a folder named by ELECTRON_OVERRIDE_DIST_PATH, else the package's own, which its installer is asked
 * for once. On Linux a display counts as part of it.
 */
export async function findElectron(): Promise<string | NoElectron> {
  const hasDisplay = process.platform !== 'linux' || Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']);
  if (!hasDisplay) return { why: 'There is no display for Electron, so Kassa runs in the browser.' };
  const override = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  const folder = override ?? join(root, 'node_modules', 'electron', 'dist');
  const found = inFolder(folder);
  if (found) return found;
  if (override !== undefined) return { why: `There is no Electron in ${override}, so Kassa runs in the browser.` };
  const installer = join(root, 'node_modules', 'electron', 'install.js');
  const triedFor = existsSync(failedStamp) ? readFileSync(failedStamp, 'utf8') : '';
  const version = process.versions.node;
  if (existsSync(installer) && triedFor !== version) {
    say('Kassa: fetching Electron (once) ...');
    const { code } = await run(process.execPath, [installer], { quiet: true }).catch(() => ({ code: 1 }));
    const installed = inFolder(folder);
    if (code === 0 && installed) return installed;
    writeFileSync(failedStamp, version);
  }
  return { why: 'Electron could not be fetched on this machine, so Kassa runs in the browser.' };
}
