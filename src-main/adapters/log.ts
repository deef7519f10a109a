import { existsSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import type { Log } from '../core/ports/world.ts';
import { redact } from './redact.ts';

const largestBytes = 5 * 1024 * 1024;

/** Keeps one older file, so that a log never fills the disk. */
function rotate(file: string): void {
  if (existsSync(file) && statSync(file).size > largestBytes) renameSync(file, `${file}.1`);
}

/** The program's log: one file of JSON lines per shop, without secrets. */
export function createLog(folder: string): Log {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'kassa.log');
  rotate(file);
  const destination = pino.destination({ dest: file, sync: true });
  // A full disk takes no more of the log; it must not take the till with it.
  destination.on('error', () => undefined);
  const logger = pino({ base: null, timestamp: pino.stdTimeFunctions.isoTime }, destination);
  const clean = (fields: Readonly<Record<string, unknown>> | undefined): object => redact(fields ?? {}) as object;
  return {
    info: (message, fields) => logger.info(clean(fields), message),
    warn: (message, fields) => logger.warn(clean(fields), message),
    error: (message, fields) => logger.error(clean(fields), message),
  };
}
