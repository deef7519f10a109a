import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { emptyMemory, type Memory } from './display-place.ts';

const length = z.number().min(0).max(100_000);
const bounds = z.object({ x: z.number(), y: z.number(), width: length, height: length });
const memory = z.object({
  displays: z.array(z.object({ id: z.number(), label: z.string().max(200), width: length, height: length, use: z.boolean() })).max(20),
  window: bounds.nullable(),
});

/** The machine's own memory of its displays. It belongs to no shop and to no backup: another machine has other displays. */
export function createDisplayMemory(folder: string): { load(): Memory; save(next: Memory): void } {
  const file = join(folder, 'customer-display.json');
  return {
    load() {
      try {
        return memory.parse(JSON.parse(readFileSync(file, 'utf8')));
      } catch {
        // The first start, or a file that somebody wrote in: displays are learnt anew.
        return emptyMemory;
      }
    },
    save(next) {
      try {
        writeFileSync(`${file}.new`, JSON.stringify(next));
        renameSync(`${file}.new`, file);
      } catch {
        // On a disk that is full or read-only the window is placed all the same, and forgotten at the end.
      }
    },
  };
}
