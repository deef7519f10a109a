import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { createCrypto } from '../../adapters/crypto.ts';
import { secretsReadable } from '../../adapters/secrets.ts';
import { lookIntoBackup, makeBackup, UnusableBackupError } from '../../storage/backup.ts';
import { restoreDatabase } from '../../storage/restore.ts';
import { backupFolder, listBackups, tidy } from './folder.ts';
import { backupName } from './names.ts';
import type { Job, JobFailure } from './jobs.ts';

/*
 * Long work on whole databases, in a thread of its own: no sale waits while a backup is copied and read through. One job,
 * one answer, and the thread ends.
 */
async function back(job: Extract<Job, { kind: 'backup' }>) {
  const folder = backupFolder(job.dataDir);
  const made = await makeBackup(job.file, join(folder, backupName(job.nowMs)), { spareBytes: job.spareBytes, nativeBinding: job.nativeBinding });
  tidy(folder);
  return made;
}

function work(job: Job): unknown {
  switch (job.kind) {
    case 'backup':
      return back(job);
    case 'list':
      return listBackups(backupFolder(job.dataDir), job.nativeBinding);
    case 'restore':
      return restoreDatabase({
        file: job.file,
        backup: join(backupFolder(job.dataDir), job.name),
        nowMs: job.nowMs,
        sha256: createCrypto().sha256,
        canOpen: (sealed) => secretsReadable(job.dataDir, sealed),
        nativeBinding: job.nativeBinding,
      });
  }
}

/** Whether the database itself is damaged, where a copy of it was found to be. */
function sourceIsDamaged(job: Job, error: unknown): boolean {
  if (job.kind !== 'backup' || !(error instanceof UnusableBackupError) || error.problem !== 'damaged') return false;
  try {
    lookIntoBackup(job.file, job.nativeBinding);
    return false;
  } catch (again) {
    return again instanceof UnusableBackupError && again.problem === 'damaged';
  }
}

const job = workerData as Job;
try {
  parentPort?.postMessage({ done: await work(job) });
} catch (error) {
  const failed: JobFailure = {
    message: error instanceof Error ? error.message : String(error),
    code: error instanceof Error && 'code' in error ? String(error.code) : null,
    problem: error instanceof UnusableBackupError ? error.problem : null,
    sourceIsDamaged: sourceIsDamaged(job, error),
  };
  parentPort?.postMessage({ failed });
}
