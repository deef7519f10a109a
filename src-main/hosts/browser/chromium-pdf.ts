import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import type { AppOptions } from '../../app/index.ts';

const names = ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'msedge'];
const timeoutMs = 20_000;

function findChromium(): string | null {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const candidates = [
    process.env['KASSA_CHROMIUM'] ?? '',
    ...folders.flatMap((folder) => names.map((name) => join(folder, name))),
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  ];
  return candidates.find((path) => path !== '' && existsSync(path)) ?? null;
}

/** Prints pages to PDF with a Chromium of the machine; without one there is no PDF in the browser host. */
export function createChromiumPdf(): AppOptions['pdf'] {
  const run = promisify(execFile);
  return {
    async render(html) {
      const chromium = findChromium();
      if (chromium === null) return null;
      const folder = await mkdtemp(join(tmpdir(), 'kassa-pdf-'));
      try {
        const page = join(folder, 'paper.html');
        const pdf = join(folder, 'paper.pdf');
        await writeFile(page, html);
        const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
        const quiet = ['--headless', '--disable-gpu', '--disable-background-networking', '--no-first-run'];
        const args = [...asRoot, ...quiet, `--user-data-dir=${join(folder, 'profile')}`, '--no-pdf-header-footer', `--print-to-pdf=${pdf}`, pathToFileURL(page).href];
        await run(chromium, args, { timeout: timeoutMs });
        return await readFile(pdf);
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
  };
}
