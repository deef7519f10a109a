import { accessSync, constants, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { app, dialog, shell } from 'electron';
import { createApp, StartError, type App } from '../../app/index.ts';
import { connectWindows, type Windows } from './bridge.ts';
import { readOptions, type ElectronOptions } from './options.ts';
import { createElectronPdf } from './pdf.ts';
import { servePages } from './protocol.ts';
import { askBeforeClosing, endWithMachine, keepAwake } from './waiting.ts';
import { openWindows, type OpenedWindows } from './windows.ts';

/*
 * The product: the till in Electron. Order matters: the scheme before the app is ready, the folder's lock before any
 * window, the windows before the ready line.
 */

/** Longest that an orderly stop may take before the process ends anyway. */
const stopMs = 4_000;

function readyLine(options: ElectronOptions, sandboxes: ReturnType<App['sandboxes']>, trouble: ReturnType<App['trouble']>): string {
  const page = (name: string): string => `kassa://app/${name}.html`;
  return JSON.stringify({
    ready: true,
    host: 'electron',
    version: options.version,
    data: options.dataDir,
    cashier: page('cashier'),
    customer: page('customer'),
    phone: Object.values(sandboxes)[0]?.phone ?? null,
    admin: `${page('cashier')}#/admin/articles`,
    sandboxes,
    // Windows show what it is and what can be done.
    ...(trouble ? { trouble: trouble.kind } : {}),
  });
}

/** A binding that an Electron build brings along, for versions older than the package's own was built for. */
function bundledBinding(): string | undefined {
  const file = join(process.resourcesPath, 'better_sqlite3.node');
  return existsSync(file) ? file : undefined;
}

function stopOrderly(till: App): void {
  let stopping = false;
  const stop = async (): Promise<void> => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => app.exit(1), stopMs).unref();
    await till.close();
    app.exit(0);
  };
  app.on('before-quit', (event) => {
    event.preventDefault();
    void stop();
  });
  app.on('window-all-closed', () => void stop());
  endWithMachine(() => void stop());
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop());
}

function startFailed(error: unknown, headless: boolean): never {
  const sentence = error instanceof StartError ? error.message : String(error);
  process.stderr.write(`Kassa: ${sentence}\n`);
  if (!headless && app.isPackaged) dialog.showErrorBox('Kassa', sentence);
  app.exit(1);
  throw error;
}

async function run(options: ElectronOptions): Promise<void> {
  await app.whenReady();
  servePages(options.pagesDir);
  let till: App;
  let opened: OpenedWindows | null = null;
  try {
    till = await createApp({
      dataDir: options.dataDir,
      host: 'electron',
      version: options.version,
      firstShop: options.firstShop,
      provisionFile: options.provisionFile,
      language: options.language,
      pdf: createElectronPdf(),
      pagesDir: options.pagesDir,
      customerDisplay: () => opened?.customerDisplay() ?? { kind: 'window' },
      openAddress: (address) => void shell.openExternal(address),
      scanners: 'usb',
      nativeBinding: bundledBinding(),
    });
  } catch (error) {
    startFailed(error, options.headless);
  }
  stopOrderly(till);
  keepAwake(till);
  const windows: Windows = connectWindows(till);
  opened = await openWindows(options, windows);
  const { cashier } = opened;
  if (!options.headless) askBeforeClosing(cashier, till);
  app.on('second-instance', () => {
    if (cashier.isMinimized()) cashier.restore();
    cashier.focus();
  });
  const trouble = till.trouble();
  if (trouble) process.stderr.write(`Kassa: ${trouble.sentence}\n`);
  process.stdout.write(`${readyLine(options, till.sandboxes(), trouble)}\n`);
}

/** Electron's own files go into the data folder; one that can't be written still gets a window that says so. */
function ownFolder(dataDir: string): string {
  try {
    mkdirSync(dataDir, { recursive: true });
    accessSync(dataDir, constants.W_OK);
    return join(dataDir, 'electron');
  } catch {
    const folder = mkdtempSync(join(tmpdir(), 'kassa-electron-'));
    process.once('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 2 }));
    return folder;
  }
}

const options = readOptions();
// Electron keeps its own files, and its lock of one instance, in the data folder: one window per shop, many shops per machine.
app.setPath('userData', ownFolder(options.dataDir));
if (app.requestSingleInstanceLock()) void run(options);
else {
  process.stderr.write(`Kassa: Kassa is already running with the data in ${options.dataDir}. Its window was brought to the front.\n`);
  app.exit(1);
}
