import { existsSync, globSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { run, say } from '../lib.ts';
import { inPath } from '../system.ts';

/** What the virtual machine is made of, unpacked beside the system and not installed. */
export type LabParts = {
  readonly qemu: { readonly program: string; readonly args: readonly string[]; readonly env: Readonly<Record<string, string>> };
  readonly kernel: string;
  /** Folder of the kernel's modules. */
  readonly modules: string;
  readonly busybox: string;
};

/** Where what was fetched and made is kept. */
export const labCache = join(homedir(), '.cache', 'kassa-usb-lab');
const unpacked = join(labCache, 'packages');
const whole = join(unpacked, '.whole');

/** Of the kernel's package the parts alone that the lab loads: all of it is 400 MB. */
const kernelParts = ['./boot/vmlinuz-*', './lib/modules/*/kernel/drivers/hid/*', './lib/modules/*/kernel/drivers/usb/*', './lib/modules/*/kernel/fs/configfs/*'];

const quick = ['-o', 'Acquire::Retries=1', '-o', 'Acquire::http::Timeout=20'];

async function words(program: string, ...args: string[]): Promise<string> {
  const { code, stdout } = await run(program, args, { quiet: 'always' });
  return code === 0 ? stdout : '';
}

/** The package of today's kernel, and qemu's with what it needs that this machine lacks; null where the lists don't know them. */
async function packageNames(): Promise<readonly string[] | null> {
  const kernel = /Depends: (linux-image-\S+)/.exec(await words('apt-cache', 'depends', 'linux-image-amd64'))?.[1];
  const plan = inPath(['qemu-system-x86_64']) === null ? await words('apt-get', '-s', 'install', '--no-install-recommends', 'qemu-system-x86') : 'Inst ';
  if (kernel === undefined || !plan.includes('Inst ')) return null;
  return [kernel, 'busybox-static', ...[...plan.matchAll(/^Inst (\S+)/gm)].map(([, name = '']) => name)];
}

async function fetchAndUnpack(): Promise<boolean> {
  const names = await packageNames();
  if (!names) return false;
  rmSync(unpacked, { recursive: true, force: true });
  mkdirSync(unpacked, { recursive: true });
  const fetched = await run('sh', ['-c', 'cd "$0" && exec apt-get -q download "$@"', unpacked, ...quick, ...names], { quiet: 'always' });
  if (fetched.code !== 0) return false;
  for (const file of globSync('*.deb', { cwd: unpacked })) {
    const only = file.startsWith('linux-image-') ? ['--wildcards', ...kernelParts] : [];
    const { code } = await run('sh', ['-c', 'dpkg --fsys-tarfile "$0" | tar -x -C "$@"', join(unpacked, file), unpacked, ...only], { quiet: true });
    if (code !== 0) return false;
    rmSync(join(unpacked, file));
  }
  writeFileSync(whole, '');
  return true;
}

const first = (pattern: string): string | null => globSync(pattern, { cwd: unpacked }).map((file) => join(unpacked, file))[0] ?? null;

/** The qemu of the system, or the one that was unpacked, told where its libraries and its BIOS lie. */
function qemuOf(): LabParts['qemu'] | null {
  const own = first('usr/bin/qemu-system-x86_64');
  if (own === null) {
    const program = inPath(['qemu-system-x86_64']);
    return program === null ? null : { program, args: [], env: {} };
  }
  const folders = ['usr/share/qemu', 'usr/share/seabios'].map((folder) => join(unpacked, folder));
  const libraries = ['usr/lib/x86_64-linux-gnu', 'lib/x86_64-linux-gnu'].map((folder) => join(unpacked, folder));
  return { program: own, args: folders.flatMap((folder) => ['-L', folder]), env: { LD_LIBRARY_PATH: libraries.join(':') } };
}

async function partsOf(): Promise<LabParts | null> {
  if (!existsSync(whole)) return null;
  const [kernel, modules, busybox, qemu] = [first('boot/vmlinuz-*'), first('lib/modules/*/kernel'), first('{usr/,}bin/busybox'), qemuOf()];
  if (kernel === null || modules === null || busybox === null || qemu === null) return null;
  const runs = await run(qemu.program, ['--version'], { env: qemu.env, quiet: 'always' }).catch(() => ({ code: 1 }));
  return runs.code === 0 ? { qemu, kernel, modules, busybox } : null;
}

/** Why this machine can have no lab; null where it can. */
export function labObstacle(): string | null {
  if (process.platform !== 'linux' || process.arch !== 'x64') return 'it needs Linux on an x86-64 machine';
  return inPath(['apt-get']) === null || inPath(['dpkg']) === null ? 'it is made of Debian’s packages, and there is no apt-get here' : null;
}

/** The parts of the virtual machine, fetched once; null when they can't be had. */
export async function ensureLabParts(): Promise<LabParts | null> {
  const there = await partsOf();
  if (there) return there;
  say('  fetching a kernel and qemu for the virtual USB lab (once) ...');
  if (await fetchAndUnpack()) return partsOf();
  // The lists of packages may be old, or not there yet.
  if (process.getuid?.() !== 0) return null;
  await run('apt-get', ['update', '-qq', ...quick], { quiet: 'always' });
  return (await fetchAndUnpack()) ? partsOf() : null;
}
