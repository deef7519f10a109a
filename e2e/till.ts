import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { _electron, test as base, type Browser, type BrowserContext, type ElectronApplication, type Page } from '@playwright/test';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Which host the story runs on; the same stories run on both. */
export const host = process.env['KASSA_E2E_HOST'] === 'electron' ? 'electron' : 'browser';

type Ready = {
  readonly cashier: string;
  readonly customer: string;
  readonly data: string;
  readonly trouble?: string;
  readonly sandboxes: Readonly<Record<string, { readonly control: string; readonly phone: string }>>;
};

/** A running till with its two screens. */
export type Till = {
  readonly dataDir: string;
  readonly cashier: Page;
  readonly customer: Page;
  readonly ready: Ready;
  /** Electron itself, for what only its main side can tell; null in the browser host. */
  readonly electron: ElectronApplication | null;
  /** Whether the machine is kept awake, where the host can say so. */
  awake(): Promise<boolean> | null;
  /** Ends the till without warning and opens it again over the same data, after what happens to them meanwhile. */
  crash(meanwhile?: () => void): Promise<void>;
};

type Running = { readonly cashier: Page; readonly customer: Page; readonly ready: Ready; readonly electron: ElectronApplication | null; awake(): Promise<boolean> | null; kill(): Promise<void>; close(): Promise<void> };

const ended = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve();
    else child.once('exit', () => resolve());
  });

function readyLine(child: ChildProcess): Promise<Ready> {
  return new Promise((resolve, reject) => {
    let text = '';
    let errors = '';
    child.stderr?.on('data', (data: Buffer) => {
      errors += data.toString();
    });
    child.stdout?.on('data', (data: Buffer) => {
      text += data.toString();
      const line = text.split('\n').find((one) => one.includes('"ready":true'));
      if (line !== undefined) resolve(JSON.parse(line) as Ready);
    });
    child.once('exit', (code) => reject(new Error(`the till ended with ${code}: ${errors}`)));
  });
}

/** Each window in a context of its own: the hidden one of two tabs would be slowed down. */
async function openPage(contexts: BrowserContext[], browser: Browser, address: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, acceptDownloads: true });
  contexts.push(context);
  const page = await context.newPage();
  await page.goto(address);
  return page;
}

async function startBrowser(dataDir: string, browser: Browser): Promise<Running> {
  const child = spawn(process.execPath, [join(root, 'scripts/start.ts'), '--host', 'browser', '--headless', '--port', '0', '--data', dataDir, '--lang', 'en'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ready = await readyLine(child);
  const contexts: BrowserContext[] = [];
  const cashier = await openPage(contexts, browser, ready.cashier);
  const customer = await openPage(contexts, browser, ready.customer);
  const end = async (signal: 'SIGKILL' | 'SIGTERM'): Promise<void> => {
    await Promise.all(contexts.map((context) => context.close()));
    child.kill(signal);
    await ended(child);
  };
  return { cashier, customer, ready, electron: null, awake: () => null, kill: () => end('SIGKILL'), close: () => end('SIGTERM') };
}

async function pageOf(app: ElectronApplication, name: string): Promise<Page> {
  const found = app.windows().find((window) => window.url().includes(name));
  return found ?? app.waitForEvent('window', { predicate: (window) => window.url().includes(name) });
}

async function startElectron(dataDir: string): Promise<Running> {
  const options = { dataDir, headless: false, version: '0.0.0', firstShop: 'demo', language: 'en', pagesDir: join(root, 'dist/renderer'), preloadDir: join(root, 'dist/preload') };
  const folder = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const app = await _electron.launch({
    ...(folder === undefined ? {} : { executablePath: join(folder, 'electron') }),
    args: [...asRoot, '-r', join(root, 'dist/preload/scheme.cjs'), root, `--kassa=${JSON.stringify(options)}`],
  });
  const child = app.process();
  const ready = readyLine(child);
  const cashier = await pageOf(app, 'cashier.html');
  const customer = await pageOf(app, 'customer.html');
  await cashier.waitForLoadState();
  return {
    cashier,
    customer,
    ready: await ready,
    electron: app,
    awake: () => app.evaluate(({ powerSaveBlocker }) => Array.from({ length: 20 }, (_, id) => id).some((id) => powerSaveBlocker.isStarted(id))),
    async kill() {
      child.kill('SIGKILL');
      await ended(child);
    },
    async close() {
      child.kill('SIGTERM');
      await ended(child);
    },
  };
}

/** Stories get a till over a fresh folder, on the host that is being tested. */
export const test = base.extend<{ till: Till; /** Where its data are, for stories that have a folder of their own; null: in a fresh one. */ folder: string | null }>({
  folder: [null, { option: true }],
  till: async ({ browser, folder }, provide) => {
    const dataDir = folder ?? mkdtempSync(join(tmpdir(), 'kassa-e2e-'));
    const start = (): Promise<Running> => (host === 'electron' ? startElectron(dataDir) : startBrowser(dataDir, browser));
    let running = await start();
    const till: Till = {
      dataDir,
      get cashier() {
        return running.cashier;
      },
      get customer() {
        return running.customer;
      },
      get ready() {
        return running.ready;
      },
      get electron() {
        return running.electron;
      },
      awake: () => running.awake(),
      async crash(meanwhile) {
        await running.kill();
        meanwhile?.();
        running = await start();
      },
    };
    await provide(till);
    await running.close();
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 3 });
  },
});

export { expect } from '@playwright/test';
