import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, globSync, mkdirSync, readdirSync, readFileSync, realpathSync, rmSync, statSync, appendFileSync, renameSync, writeFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { build } from 'vite';
import { root, run } from '../lib.ts';
import { cpioArchive, type ArchiveFile } from './cpio.ts';
import { initScript } from './init.ts';
import { labCache, type LabParts } from './packages.ts';

/** In the order in which one needs the other. */
const modules = ['hid', 'hid-generic', 'uhid', 'usb-common', 'usbcore', 'usbhid', 'usblp', 'configfs', 'udc-core', 'libcomposite', 'usb_f_hid', 'usb_f_printer', 'dummy_hcd'];

const hid = join(root, 'node_modules/node-hid');
const hidLibrary = join(hid, 'prebuilds/HID_hidraw-linux-x64/node-napi-v4.node');
const hidFiles = [...['package.json', 'nodehid.js', 'binding-options.js'].map((name) => join(hid, name)), hidLibrary];

/** A file of the archive, and where its bytes come from. */
type Source = { readonly path: string; readonly from: string; readonly executable?: boolean };

async function librariesOf(files: readonly string[]): Promise<readonly Source[]> {
  const { stdout } = await run('ldd', files, { quiet: true });
  const found = new Set([...stdout.matchAll(/(\/\S+) \(0x/g)].map(([, path = '']) => path));
  return [...found].map((path) => ({ path: path.slice(1), from: realpathSync(path), executable: true }));
}

/** Modules may be compressed; a name has hyphens or underscores as it likes. */
function moduleSource(folder: string, name: string, index: number): Source {
  const wanted = name.replaceAll('_', '-');
  const file = globSync('**/*.ko{,.xz,.zst}', { cwd: folder }).find((path) => basename(path).replace(/\.ko(\.\w+)?$/, '').replaceAll('_', '-') === wanted);
  if (file === undefined) throw new Error(`the kernel has no module ${name}`);
  return { path: `modules/${String(index).padStart(2, '0')}-${name}.ko`, from: join(folder, file) };
}

async function unpackedBytes(file: string): Promise<Uint8Array> {
  const tool = file.endsWith('.xz') ? 'xz' : file.endsWith('.zst') ? 'zstd' : null;
  if (tool === null) return readFileSync(file);
  const copy = join(labCache, basename(file));
  copyFileSync(file, copy);
  const plain = copy.replace(/\.\w+$/, '');
  await run(tool, ['-d', '-f', copy], { quiet: true });
  const bytes = readFileSync(plain);
  rmSync(plain, { force: true });
  rmSync(copy, { force: true });
  return bytes;
}

async function baseSources(parts: LabParts): Promise<readonly Source[]> {
  const node = realpathSync(process.execPath);
  const prebuilds = join(root, 'node_modules/pkg-prebuilds');
  const loader = globSync('{package.json,bindings.js,lib/*.js}', { cwd: prebuilds }).map((name) => join(prebuilds, name));
  return [
    { path: 'bin/busybox', from: parts.busybox, executable: true },
    { path: 'bin/node', from: node, executable: true },
    ...(await librariesOf([node, hidLibrary])),
    ...modules.map((name, index) => moduleSource(parts.modules, name, index)),
    ...[...hidFiles, ...loader].map((from) => ({ path: join('lab', relative(root, from)), from })),
  ];
}

const stampOf = (sources: readonly Source[]): string => {
  const hash = createHash('sha256');
  for (const { path, from } of sources) hash.update(`${path} ${from} ${statSync(from).size} ${statSync(from).mtimeMs}\n`);
  return hash.digest('hex').slice(0, 16);
};

/** All but Kassa's own program, made once for each set of parts. */
async function baseArchive(parts: LabParts): Promise<string> {
  const sources = await baseSources(parts);
  const file = join(labCache, `base-${stampOf(sources)}.cpio`);
  if (existsSync(file)) return file;
  for (const old of readdirSync(labCache)) if (/^base-.*\.cpio/.test(old)) rmSync(join(labCache, old));
  const files: ArchiveFile[] = [];
  for (const { path, from, executable = false } of sources) files.push({ path, bytes: await unpackedBytes(from), executable });
  writeFileSync(`${file}.part`, cpioArchive(files));
  renameSync(`${file}.part`, file);
  return file;
}

/** Kassa's own code and the lab's cases, made from the sources as they are now. */
async function programFiles(folder: string): Promise<readonly ArchiveFile[]> {
  const sources = join(root, 'src-main/testing/usb-lab');
  await build({
    configFile: false,
    root,
    publicDir: false,
    logLevel: 'error',
    ssr: { noExternal: true, external: ['node-hid'] },
    build: {
      ssr: true,
      outDir: folder,
      target: 'node24',
      minify: false,
      rollupOptions: { input: { lab: join(sources, 'lab.ts'), pace: join(sources, 'pace.ts') }, output: { entryFileNames: '[name].mjs', chunkFileNames: '[name].mjs' } },
    },
  });
  return globSync('*.mjs', { cwd: folder }).map((name) => ({ path: `lab/${name}`, bytes: readFileSync(join(folder, name)), executable: false }));
}

/** What the machine starts from, in a folder that is thrown away afterwards. */
export async function makeImage(parts: LabParts, folder: string): Promise<string> {
  mkdirSync(labCache, { recursive: true });
  const image = join(folder, 'image.cpio');
  const base = await baseArchive(parts);
  const own = cpioArchive([
    { path: 'init', bytes: Buffer.from(initScript), executable: true },
    ...(await programFiles(join(folder, 'program'))),
  ]);
  copyFileSync(base, image);
  appendFileSync(image, own);
  return image;
}
