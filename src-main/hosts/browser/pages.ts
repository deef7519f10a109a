import { readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';

export type Page = { readonly bytes: Buffer; readonly type: string; readonly immutable: boolean };

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.wav': 'audio/wav',
};

/** Every built file by its path. Only what is in this list is ever served, so no path can lead out of the folder. */
export function readPages(folder: string): ReadonlyMap<string, Page> {
  const pages = new Map<string, Page>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name);
    const type = types[extname(entry.name)];
    if (!entry.isFile() || type === undefined) continue;
    const path = `/${relative(folder, file).split(sep).join('/')}`;
    // The build names files in assets/ by their content.
    pages.set(path, { bytes: readFileSync(file), type, immutable: path.startsWith('/assets/') });
  }
  return pages;
}
