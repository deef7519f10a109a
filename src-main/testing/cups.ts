import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Whether this machine has CUPS, and this user may start one of its own. */
export const hasCups = (): boolean => existsSync('/usr/sbin/cupsd') && existsSync('/usr/lib/cups/backend/socket') && process.getuid?.() === 0;

/** A real CUPS with one queue that knows nothing of what it passes on, on a socket of its own. */
export type Cups = { readonly socketPath: string; close(): Promise<void> };

const listens = (path: string): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = createConnection(path);
    socket.once('connect', () => resolve(true));
    socket.once('error', () => resolve(false));
    socket.once('close', () => undefined);
    socket.once('connect', () => socket.destroy());
  });

export async function startCups(queue: string, printerPort: number): Promise<Cups> {
  const root = mkdtempSync(join(tmpdir(), 'kassa-cups-'));
  // Its backends run as another user.
  chmodSync(root, 0o755);
  const folder = (name: string): string => {
    mkdirSync(join(root, name), { recursive: true });
    return join(root, name);
  };
  const socketPath = join(root, 'cups.sock');
  writeFileSync(join(root, 'cups-files.conf'), `ServerRoot ${root}\nRequestRoot ${folder('spool')}\nTempDir ${folder('tmp')}\nStateDir ${folder('state')}\nCacheDir ${folder('cache')}\nAccessLog ${root}/access\nErrorLog ${root}/error\nPageLog ${root}/page\nSystemGroup root\nUser lp\nGroup lp\n`);
  writeFileSync(
    join(root, 'cupsd.conf'),
    `Listen ${socketPath}\nBrowsing Off\nLogLevel warn\nDefaultAuthType Basic\n<Location />\nOrder allow,deny\nAllow all\n</Location>\n<Policy default>\n<Limit Cancel-Job Get-Job-Attributes>\nRequire user @OWNER @SYSTEM\nOrder deny,allow\n</Limit>\n<Limit All>\nOrder deny,allow\n</Limit>\n</Policy>\n`,
  );
  writeFileSync(join(root, 'printers.conf'), `<Printer ${queue}>\nInfo Till printer\nDeviceURI socket://127.0.0.1:${printerPort}\nState Idle\nAccepting Yes\nShared No\nErrorPolicy retry-job\n</Printer>\n`);
  const child = spawn('/usr/sbin/cupsd', ['-f', '-c', join(root, 'cupsd.conf'), '-s', join(root, 'cups-files.conf')], { stdio: 'ignore' });
  for (let waited = 0; waited < 500 && !(await listens(socketPath)); waited += 1) await new Promise((resolve) => setTimeout(resolve, 20));
  return {
    socketPath,
    async close() {
      const gone = child.exitCode === null ? new Promise((resolve) => child.once('exit', resolve)) : null;
      child.kill('SIGKILL');
      await gone;
      rmSync(root, { recursive: true, force: true });
    },
  };
}
