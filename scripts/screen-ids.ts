import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './lib.ts';

/** Ids of the router's list. Read from its text: its modules are a browser's and can't be loaded here. */
export function screenIds(): readonly string[] {
  const router = readFileSync(join(root, 'src-renderer/shell/router.ts'), 'utf8');
  const ids = [...router.matchAll(/\{ id: '([a-z-]+)', path:/g)].map((found) => found[1] ?? '');
  if (ids.length === 0) throw new Error('the list of screens could not be read from the router');
  return ids;
}
