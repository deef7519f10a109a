import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { protocol } from 'electron';
import { contentSecurityPolicy } from '../../app/web/headers.ts';
import { pageTypes } from '../../app/web/pages.ts';

const scheme = 'kassa';
/** The origin of our own pages; messages of any other are refused. */
export const ownOrigin = `${scheme}://app`;

const headers = {
  'Content-Security-Policy': contentSecurityPolicy,
  'X-Content-Type-Options': 'nosniff',
  'Cache-Control': 'no-store',
} as const;

/** Serves the built pages; a path that leads out of their folder finds nothing. */
export function servePages(folder: string): void {
  protocol.handle(scheme, async (request) => {
    const url = new URL(request.url);
    const file = normalize(join(folder, decodeURIComponent(url.pathname)));
    const type = pageTypes[extname(file)];
    const inside = file.startsWith(`${normalize(folder)}${sep}`);
    if (url.host !== 'app' || type === undefined || !inside) return new Response(null, { status: 404 });
    try {
      return new Response(new Uint8Array(await readFile(file)), { headers: { ...headers, 'Content-Type': type } });
    } catch {
      return new Response(null, { status: 404 });
    }
  });
}
