import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { UsbRoots } from '../adapters/printers/usb-found.ts';

/** A printer as it is plugged in. */
export type Plug = { readonly vendor: string; readonly product: string; readonly serial: string; readonly maker: string; readonly model: string; /** The port, as the kernel names it. */ readonly place: string };

export const epsonPlug: Plug = { vendor: '04b8', product: '0e28', serial: 'X4VM000042', maker: 'EPSON', model: 'TM-m30', place: '1-2:1.0' };

/** The USB side of a machine: the kernel's list of printers in a folder, each printer's file a pseudo-terminal before a printer for tests. */
export type UsbSide = {
  readonly roots: UsbRoots;
  plugIn(plug: Plug, number: number, printerPort: number): Promise<void>;
  /** Out of the list, and out of the hands of who speaks with it. */
  unplug(number: number): Promise<void>;
  close(): Promise<void>;
};

// Node can't unlock a pseudo-terminal; Perl is a part of every Debian. It keeps the other end open, as a printer's file stays when nobody has it.
const terminal = String.raw`
  use strict; $| = 1;
  open(my $master, '+<', '/dev/ptmx') or die; my $number = pack('i', 0); my $unlocked = pack('i', 0);
  ioctl($master, 0x40045431, $unlocked) or die; ioctl($master, 0x80045430, $number) or die;
  my $path = '/dev/pts/' . unpack('i', $number);
  open(my $slave, '+<', $path) or die; system('stty', '-F', $path, 'raw', '-echo') == 0 or die;
  print "$path\n";
  my $rin = ''; vec($rin, fileno(STDIN), 1) = 1; vec($rin, fileno($master), 1) = 1;
  while (select(my $ready = $rin, undef, undef, undef) > 0) {
    for my $pair ([*STDIN, $master], [$master, *STDOUT]) {
      my ($from, $to) = @$pair; next unless vec($ready, fileno($from), 1);
      my $got = sysread($from, my $bytes, 4096) or exit; syswrite($to, $bytes);
    }
  }`;

async function terminalBefore(printerPort: number): Promise<{ readonly path: string; readonly child: ChildProcess }> {
  const child = spawn('perl', ['-e', terminal], { stdio: ['pipe', 'pipe', 'inherit'] });
  const path = await new Promise<string>((resolve, reject) => {
    child.stdout.once('data', (line: Buffer) => resolve(line.toString().trim()));
    child.once('exit', () => reject(new Error('no pseudo-terminal')));
  });
  const socket = createConnection({ host: '127.0.0.1', port: printerPort });
  child.stdout.on('data', (bytes: Buffer) => void socket.write(bytes));
  socket.on('data', (bytes) => void child.stdin.write(bytes));
  socket.on('close', () => child.kill('SIGKILL'));
  socket.on('error', () => undefined);
  child.stdin.on('error', () => undefined);
  child.once('exit', () => socket.destroy());
  await new Promise((resolve) => socket.once('connect', resolve));
  return { path, child };
}

/** Whether this machine can make pseudo-terminals in this way. */
export function hasPseudoTerminals(): boolean {
  if (process.platform !== 'linux') return false;
  try {
    execFileSync('perl', ['-e', "open(my $m, '+<', '/dev/ptmx') or die"], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

export function createUsbSide(): UsbSide {
  const root = mkdtempSync(join(tmpdir(), 'kassa-usb-'));
  const roots = { list: join(root, 'list'), devices: '/' };
  mkdirSync(roots.list);
  const children = new Map<number, ChildProcess>();
  const entryOf = (number: number): string => join(roots.list, `lp${number}`);

  async function unplug(number: number): Promise<void> {
    rmSync(entryOf(number), { recursive: true, force: true });
    const child = children.get(number);
    children.delete(number);
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await new Promise((resolve) => child.once('exit', resolve));
  }

  return {
    roots,
    async plugIn({ vendor, product, serial, maker, model, place }, number, printerPort) {
      const { path, child } = await terminalBefore(printerPort);
      children.set(number, child);
      const device = join(root, 'devices', `${place.split(':')[0] ?? ''}-${number}`);
      const usbInterface = join(device, place);
      mkdirSync(usbInterface, { recursive: true });
      const attributes = { idVendor: vendor, idProduct: product, serial, manufacturer: maker, product: model };
      for (const [name, value] of Object.entries(attributes)) if (value !== '') writeFileSync(join(device, name), `${value}\n`);
      mkdirSync(entryOf(number), { recursive: true });
      symlinkSync(usbInterface, join(entryOf(number), 'device'));
      writeFileSync(join(entryOf(number), 'uevent'), `MAJOR=180\nMINOR=${number}\nDEVNAME=${path.slice(1)}\n`);
    },
    unplug,
    async close() {
      for (const number of children.keys()) await unplug(number);
      rmSync(root, { recursive: true, force: true });
    },
  };
}
