import { parentPort, workerData } from 'node:worker_threads';
import { openDatabase } from './database.ts';

/*
 * Moves the write-ahead log into the database twice a second, from a thread and a connection of its own: a PASSIVE
 * checkpoint never makes a writer wait, so no sale pays for it.
 */
type Work = { readonly file: string; readonly nativeBinding: string | undefined; readonly everyMs: number };

const { file, nativeBinding, everyMs } = workerData as Work;
const db = openDatabase(file, { nativeBinding });
db.pragma('synchronous = FULL');

const timer = setInterval(() => {
  db.pragma('wal_checkpoint(PASSIVE)');
}, everyMs);

parentPort?.once('message', () => {
  clearInterval(timer);
  db.close();
  parentPort?.close();
});
