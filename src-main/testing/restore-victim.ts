import { createCrypto } from '../adapters/crypto.ts';
import { restoreDatabase } from '../storage/restore.ts';

/*
 * A restore that is killed between two of its steps. Arguments: the database, the backup, and the step at which it ends;
 * at one that it never comes to it ends by itself and says so.
 */
const [file = '', backup = '', last = '0'] = process.argv.slice(2);
let steps = 0;
restoreDatabase({
  file,
  backup,
  nowMs: Date.now(),
  sha256: createCrypto().sha256,
  canOpen: () => true,
  step() {
    steps += 1;
    if (steps === Number(last)) process.kill(process.pid, 'SIGKILL');
  },
});
process.stdout.write(`${steps}\n`);
