import { spawn } from 'node:child_process';
import { createApp, StartError, type App, type AppOptions } from '../../app/index.ts';
import { createChromiumPdf } from './chromium-pdf.ts';
import { serve, type Served } from './server.ts';

export type BrowserHostOptions = Omit<AppOptions, 'host' | 'pdf' | 'openAddress' | 'scanners' | 'pagesDir' | 'customerDisplay'> & {
  /** Opens no browser. */
  readonly headless: boolean;
  /** 0 is any free port. */
  readonly port: number;
  /** Folder of the built pages. */
  readonly pagesDir: string;
};

/** Longest that an orderly stop may take before the process ends anyway. */
const stopMs = 4_000;

function openAddress(address: string): void {
  const commands: Readonly<Record<string, readonly [string, ...string[]]>> = {
    darwin: ['open', address],
    win32: ['cmd', '/c', 'start', '', address],
  };
  const [command, ...args] = commands[process.platform] ?? ['xdg-open', address];
  const child = spawn(command, args, { stdio: 'ignore', detached: true });
  // Nothing to open it with is no failure: the till's own address stands on the screen, and a payment goes on without.
  child.on('error', () => undefined);
  child.unref();
}

function readyLine(options: BrowserHostOptions, served: Served, sandboxes: ReturnType<App['sandboxes']>, trouble: ReturnType<App['trouble']>): string {
  return JSON.stringify({
    ready: true,
    host: 'browser',
    version: options.version,
    data: options.dataDir,
    cashier: served.cashier,
    customer: served.customer,
    phone: Object.values(sandboxes)[0]?.phone ?? null,
    admin: `${served.cashier}#/admin/articles`,
    sandboxes,
    // Windows show what it is and what can be done.
    ...(trouble ? { trouble: trouble.kind } : {}),
  });
}

async function stop(app: App, served: Served): Promise<void> {
  setTimeout(() => process.exit(1), stopMs).unref();
  await served.close();
  await app.close();
  process.exit(0);
}

/** Runs the till with its pages on loopback until it is told to stop. Prints one ready line. */
export async function runBrowserHost(options: BrowserHostOptions): Promise<void> {
  let app: App;
  let served: Served;
  try {
    app = await createApp({ ...options, host: 'browser', pdf: createChromiumPdf(), openAddress, scanners: 'usb' });
    served = await serve(app, options.pagesDir, options.port);
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
  let stopping = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (stopping) return;
      stopping = true;
      void stop(app, served);
    });
  }
  const trouble = app.trouble();
  if (trouble) process.stderr.write(`Kassa: ${trouble.sentence}\n`);
  process.stdout.write(`${readyLine(options, served, app.sandboxes(), trouble)}\n`);
  if (!options.headless) {
    process.stderr.write(`Kassa is open at ${served.cashier}\nThe customer's screen is at ${served.customer}\n`);
    for (const { phone } of Object.values(app.sandboxes())) process.stderr.write(`The customer's phone is at ${phone}\n`);
    openAddress(served.cashier);
  }
}
