import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

const nearest = (folder: string): string => (existsSync(folder) || dirname(folder) === folder ? folder : nearest(dirname(folder)));

/** Makes the data folder where it is not there. On a disk that can only be read Node says that there is no such folder; the disk's own word is thrown instead. */
export function makeDataFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    accessSync(nearest(folder), constants.W_OK);
    throw error;
  }
}
