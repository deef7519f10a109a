import { cupsSpooler } from './cups.ts';
import type { Spooler } from './spooler.ts';
import { windowsSpooler } from './windows-spooler.ts';

/** The printer queues of this operating system. */
export const systemSpooler = (): Spooler => (process.platform === 'win32' ? windowsSpooler() : cupsSpooler());
