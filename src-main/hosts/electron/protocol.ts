import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { protocol } from 'electron';
import { contentSecurityPolicy } from '../../app/web/headers.ts';

const scheme = 'kassa';
/** The origin of our own pages; messages of any other are refused. */
export const ownOrigin = `${scheme}://app`;

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
  '.wav': 'audio/wav',
};

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
    const type = types[extname(file)];
    const inside = file.startsWith(`${normalize(folder)}${sep}`);
    if (url.host !== 'app' || type === undefined || !inside) return new Response(null, { status: 404 });
    try {
      return new Response(new Uint8Array(await readFile(file)), { headers: { ...headers, 'Content-Type': type } });
    } catch {
      return new Response(null, { status: 404 });
    }
  });
}
