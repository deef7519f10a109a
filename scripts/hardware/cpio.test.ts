import { expect, test } from 'vitest';
import { cpioArchive } from './cpio.ts';

/** Reads an archive by the kernel's documentation: names with their mode and bytes, and where the next entry would begin. */
function entriesOf(archive: Buffer): readonly (readonly [string, string, string])[] {
  const found: [string, string, string][] = [];
  const up = (at: number): number => Math.ceil(at / 4) * 4;
  for (let at = 0; at < archive.length; ) {
    expect(archive.toString('latin1', at, at + 6)).toBe('070701');
    const number = (index: number): number => Number.parseInt(archive.toString('latin1', at + 6 + index * 8, at + 14 + index * 8), 16);
    const [mode, size, nameSize] = [number(1), number(6), number(11)];
    const bytesAt = up(at + 110 + nameSize);
    found.push([archive.toString('utf8', at + 110, at + 110 + nameSize - 1), mode.toString(8), archive.toString('utf8', bytesAt, bytesAt + size)]);
    at = up(bytesAt + size);
  }
  return found;
}

test('an archive holds the folders above its files, then the files, then its end', () => {
  const archive = cpioArchive([
    { path: 'bin/tool', bytes: Buffer.from('#!x'), executable: true },
    { path: 'lab/deep/data', bytes: Buffer.from('12345'), executable: false },
  ]);
  expect(entriesOf(archive)).toEqual([
    ['bin', '40755', ''],
    ['lab', '40755', ''],
    ['lab/deep', '40755', ''],
    ['bin/tool', '100755', '#!x'],
    ['lab/deep/data', '100644', '12345'],
    ['TRAILER!!!', '0', ''],
  ]);
});
