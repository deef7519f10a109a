import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { LabParts } from './packages.ts';

/** How a machine's life ended. */
export type MachineEnd = { /** It was stopped because it took too long. */ readonly stopped: boolean; readonly console: string };

/** Two processors, a disk in memory, no network; a panic ends it. */
const hardware = ['-accel', 'tcg,thread=multi', '-cpu', 'max', '-smp', '2', '-m', '1024', '-display', 'none', '-no-reboot', '-nodefaults'];
const kernelOptions = 'console=ttyS1 quiet panic=-1 oops=panic';

/** Starts the machine and tells each line of its first serial port; stops it when it has not ended within so many seconds. */
export function runMachine(parts: LabParts, image: string, folder: string, seconds: number, line: (text: string) => void): Promise<MachineEnd> {
  const consoleFile = join(folder, 'console.log');
  const { program, args, env } = parts.qemu;
  const ports = ['-serial', 'stdio', '-serial', `file:${consoleFile}`];
  return new Promise((resolve, reject) => {
    const child = spawn(program, [...args, ...hardware, ...ports, '-kernel', parts.kernel, '-initrd', image, '-append', kernelOptions], {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let stopped = false;
    const watchdog = setTimeout(() => {
      stopped = true;
      child.kill('SIGKILL');
    }, seconds * 1000);
    // A lab that is ended from outside takes its machine with it.
    const end = (): void => void child.kill('SIGKILL');
    process.once('exit', end);
    createInterface({ input: child.stdout }).on('line', line);
    child.on('error', reject);
    child.on('close', () => {
      clearTimeout(watchdog);
      process.off('exit', end);
      resolve({ stopped, console: readFileSync(consoleFile, 'utf8') });
    });
  });
}
