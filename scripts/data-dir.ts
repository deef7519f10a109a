import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { say } from './lib.ts';

/** The user's own data folder, as each system keeps them. */
function ownFolder(): string {
  if (process.platform === 'win32') return join(process.env['APPDATA'] ?? join(homedir(), 'AppData', 'Roaming'), 'Kassa');
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Kassa');
  return join(process.env['XDG_DATA_HOME'] ?? join(homedir(), '.local', 'share'), 'Kassa');
}

/** The data folder: by option, else by KASSA_DATA, else the user's own. */
export const dataDir = (option: string | undefined): string => resolve(option ?? process.env['KASSA_DATA'] ?? ownFolder());

/** The database of an existing shop; a folder without one ends the command with a sentence. */
export function shopFile(command: string, option: string | undefined): string {
  const folder = dataDir(option);
  const file = join(folder, 'kassa.sqlite');
  if (existsSync(join(folder, 'kassa-restoring.json'))) {
    say(`${command}: a restore in ${folder} was cut off. Open the shop once, which finishes it, and try again.`);
    process.exit(1);
  }
  if (existsSync(file)) return file;
  say(`${command}: there is no shop in ${folder}. Open it once with "npm start -- --data ${folder}", or name another folder by --data.`);
  process.exit(1);
}
