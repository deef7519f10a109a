import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { app } from 'electron';
import type { AppOptions } from '../../app/index.ts';

/** How Electron was started: by `npm start` with one argument of JSON, or as the installed application without any. */
export type ElectronOptions = Pick<AppOptions, 'dataDir' | 'firstShop' | 'provisionFile' | 'language' | 'version'> & {
  /** Windows are made but never shown. */
  readonly headless: boolean;
  readonly pagesDir: string;
  readonly preloadDir: string;
};

const flag = '--kassa=';

/** The options of this start. The argument comes from our own start script, so its shape is ours. */
export function readOptions(): ElectronOptions {
  const dist = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');
  const installed: ElectronOptions = {
    dataDir: process.env['KASSA_DATA'] ?? join(app.getPath('appData'), 'Kassa'),
    firstShop: 'demo',
    version: app.getVersion(),
    headless: false,
    pagesDir: join(dist, 'renderer'),
    preloadDir: join(dist, 'preload'),
  };
  const given = process.argv.find((argument) => argument.startsWith(flag));
  if (given === undefined) return installed;
  return { ...installed, ...(JSON.parse(given.slice(flag.length)) as Partial<ElectronOptions>) };
}
