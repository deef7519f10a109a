import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { root } from './lib.ts';

/** A till started as a process of its own, in the browser host, for pictures and measurements. */
export type StartedTill = { readonly cashier: string; readonly customer: string; readonly sandboxes: Readonly<Record<string, { readonly control: string; readonly phone: string }>>; readonly pid: number; close(): Promise<void> };

export function startTill(dataDir: string, options: readonly string[]): Promise<StartedTill> {
  const args = [join(root, 'scripts/start.ts'), '--host', 'browser', '--headless', '--port', '0', '--data', dataDir, ...options];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  return new Promise((resolve, reject) => {
    let text = '';
    let errors = '';
    child.stderr.on('data', (data: Buffer) => {
      errors += data.toString();
    });
    child.stdout.on('data', (data: Buffer) => {
      text += data.toString();
      if (!text.includes('\n')) return;
      const ready = JSON.parse(text.split('\n')[0] ?? '') as Pick<StartedTill, 'cashier' | 'customer' | 'sandboxes'>;
      resolve({
        ...ready,
        pid: child.pid ?? 0,
        close: () =>
          new Promise((closed) => {
            child.removeAllListeners('exit');
            child.once('exit', () => closed());
            child.kill('SIGTERM');
          }),
      });
    });
    child.once('exit', (code) => reject(new Error(`the till ended with ${code}: ${errors}`)));
  });
}
