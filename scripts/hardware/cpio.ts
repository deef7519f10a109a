/** A file of an archive; folders are made as they are needed. */
export type ArchiveFile = { readonly path: string; readonly bytes: Uint8Array; readonly executable: boolean };

const [folderMode, plainMode, executableMode] = [0o040755, 0o100644, 0o100755];

/** Fills up to whole words, as the kernel reads them. */
const padding = (length: number): Buffer => Buffer.alloc((4 - (length % 4)) % 4);

/** One entry as the kernel's documentation has it (early-userspace/buffer-format): thirteen numbers in hexadecimal, name, bytes. */
function entry(name: string, mode: number, bytes: Uint8Array, inode: number): readonly Uint8Array[] {
  const nameBytes = Buffer.from(`${name}\0`);
  const numbers = [inode, mode, 0, 0, 1, 0, bytes.length, 0, 0, 0, 0, nameBytes.length, 0];
  const head = Buffer.concat([Buffer.from(`070701${numbers.map((one) => one.toString(16).padStart(8, '0')).join('')}`), nameBytes]);
  return [head, padding(head.length), bytes, padding(bytes.length)];
}

/** Every folder above a path, the outermost first. */
const foldersOf = (path: string): readonly string[] => path.split('/').slice(0, -1).map((_, index, parts) => parts.slice(0, index + 1).join('/'));

/** An archive that Linux unpacks at its start; several in one file follow each other. Paths have no slash in front. */
export function cpioArchive(files: readonly ArchiveFile[]): Buffer {
  const folders = [...new Set(files.flatMap(({ path }) => foldersOf(path)))];
  const entries = [
    ...folders.map((path) => ({ path, mode: folderMode, bytes: new Uint8Array() })),
    ...files.map(({ path, bytes, executable }) => ({ path, mode: executable ? executableMode : plainMode, bytes })),
  ];
  return Buffer.concat([
    ...entries.flatMap(({ path, mode, bytes }, index) => entry(path, mode, bytes, index + 1)),
    ...entry('TRAILER!!!', 0, new Uint8Array(), 0),
  ]);
}
