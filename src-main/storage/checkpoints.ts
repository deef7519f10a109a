import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';

const everyMs = 500;

/**
 * Starts the worker that keeps the write-ahead log short. It never keeps the process alive. Returns how to stop it;
 * the promise is fulfilled when its connection is closed.
 */
export function startCheckpoints(file: string, nativeBinding: string | undefined): () => Promise<void> {
  // The same file runs as source and as build; it stands beside this one with the same ending.
  const url = new URL(`./checkpoint-worker${extname(import.meta.url)}`, import.meta.url);
  const worker = new Worker(url, { workerData: { file, nativeBinding, everyMs } });
  worker.unref();
  const ended = new Promise<void>((resolve) => {
    worker.once('exit', () => resolve());
    worker.once('error', () => resolve());
  });
  return async () => {
    worker.ref();
    worker.postMessage('stop');
    await ended;
  };
}
