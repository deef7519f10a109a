import { readdirSync, readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join, relative, sep } from 'node:path';
import { securityHeaders } from './headers.ts';

export type Page = { readonly bytes: Buffer; readonly type: string; readonly immutable: boolean };
export type Pages = ReadonlyMap<string, Page>;

/** What a page of the till may be, by the end of its name; nothing else is served by any host. */
export const pageTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.wav': 'audio/wav',
};

/** Folder by folder: inside a packaged program `recursive` finds nothing. */
function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesIn(path) : entry.isFile() ? [path] : [];
  });
}

/** Every built file by its path. Only what is in this list is ever served, so no path can lead out of the folder. */
export function readPages(folder: string): Pages {
  const pages = new Map<string, Page>();
  for (const file of filesIn(folder)) {
    const type = pageTypes[extname(file)];
    if (type === undefined) continue;
    const path = `/${relative(folder, file).split(sep).join('/')}`;
    // The build names files in assets/ by their content.
    pages.set(path, { bytes: readFileSync(file), type, immutable: path.startsWith('/assets/') });
  }
  return pages;
}

const isText = ({ type }: Page): boolean => /html|javascript|css/.test(type);

/** Some pages with all that they load, and nothing else of what was built: what they name, what that names, and so on. */
export function pagesWith(all: Pages, first: readonly string[]): Pages {
  const names = [...all.keys()].filter((path) => !path.endsWith('.html')).map((path) => ({ path, name: path.slice(path.lastIndexOf('/') + 1) }));
  const found = new Map<string, Page>();
  const waiting = [...first];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    const page = all.get(path);
    if (!page || found.has(path)) continue;
    found.set(path, page);
    const text = isText(page) ? page.bytes.toString('utf8') : '';
    waiting.push(...names.filter((one) => text.includes(one.name)).map((one) => one.path));
  }
  return found;
}

/** The path that a request asks for; no request throws. */
export const pathOf = ({ url }: IncomingMessage): string => (URL.canParse(url ?? '', 'http://localhost') ? new URL(url ?? '', 'http://localhost').pathname : '');

/** Answers with a page. The pages are public to whoever reaches the port; what they may do is decided at the socket. */
export function servePage(page: Page | undefined, request: IncomingMessage, response: ServerResponse): void {
  if (!page || (request.method !== 'GET' && request.method !== 'HEAD')) {
    response.writeHead(404, securityHeaders).end();
    return;
  }
  response.writeHead(200, {
    ...securityHeaders,
    'Content-Type': page.type,
    'Content-Length': page.bytes.length,
    'Cache-Control': page.immutable ? 'public, max-age=31536000, immutable' : 'no-store',
  });
  response.end(request.method === 'HEAD' ? undefined : page.bytes);
}
