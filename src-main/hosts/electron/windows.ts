import { join } from 'node:path';
import { app, BrowserWindow, Menu, session, shell, type BrowserWindowConstructorOptions, type Session } from 'electron';
import type { WindowKind } from '../../contract/define.ts';
import type { CustomerDisplay } from '../../contract/lan.ts';
import type { Windows } from './bridge.ts';
import { placeCustomer } from './customer-window.ts';
import type { ElectronOptions } from './options.ts';
import { ownOrigin } from './protocol.ts';

/** Permissions and downloads: nothing is granted; only files that our own page made are saved, to the downloads folder. */
function harden(own: Session): void {
  own.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  own.setPermissionCheckHandler(() => false);
  own.setDevicePermissionHandler(() => false);
  own.on('will-download', (event, item) => {
    if (!item.getURL().startsWith(`blob:${ownOrigin}/`)) event.preventDefault();
    else item.setSavePath(join(app.getPath('downloads'), item.getFilename()));
  });
}

/** A window leaves its page for no other, and opens none; the demo's phone alone opens, in the person's own browser. */
function confine(window: BrowserWindow, windows: Windows): void {
  const { webContents } = window;
  const refuse = (event: { preventDefault(): void }): void => event.preventDefault();
  webContents.on('will-navigate', (event) => {
    if (!event.url.startsWith(`${ownOrigin}/`)) event.preventDefault();
  });
  webContents.on('will-redirect', refuse);
  webContents.on('will-attach-webview', refuse);
  webContents.setWindowOpenHandler(({ url }) => {
    if (windows.phones().includes(url)) void shell.openExternal(url);
    return { action: 'deny' };
  });
}

function makeWindow(options: ElectronOptions, windows: Windows, kind: WindowKind, place: BrowserWindowConstructorOptions): BrowserWindow {
  const window = new BrowserWindow({
    ...place,
    show: false,
    backgroundColor: '#f4f3ef',
    title: 'Kassa',
    webPreferences: {
      preload: join(options.preloadDir, `${kind}.cjs`),
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
      navigateOnDragDrop: false,
      devTools: !app.isPackaged,
      // The customer's screen must follow while the cashier's window has the focus.
      backgroundThrottling: false,
    },
  });
  confine(window, windows);
  // The customer's is shown where it belongs, by whoever places it.
  if (!options.headless && kind === 'cashier') window.once('ready-to-show', () => window.show());
  return window;
}

function setMenu(): void {
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      ...(process.platform === 'darwin' ? [{ role: 'appMenu' as const }] : []),
      { role: 'editMenu' },
      { role: 'viewMenu', submenu: [{ role: 'resetZoom' }, { role: 'zoomIn' }, { role: 'zoomOut' }, { role: 'togglefullscreen' }] },
    ]),
  );
}

export type OpenedWindows = { readonly cashier: BrowserWindow; /** Where the customer's window is. */ readonly customerDisplay: () => CustomerDisplay };

/** Opens the cashier's window and the customer's. Answers once the cashier's page is loaded. */
export async function openWindows(options: ElectronOptions, windows: Windows): Promise<OpenedWindows> {
  harden(session.defaultSession);
  setMenu();
  const cashier = makeWindow(options, windows, 'cashier', { width: 1280, height: 840, minWidth: 800, minHeight: 560, autoHideMenuBar: true });
  const customer = makeWindow(options, windows, 'customer', { width: 900, height: 600, autoHideMenuBar: true });
  const customerDisplay = placeCustomer(customer, cashier, app.getPath('userData'), !options.headless);
  windows.add(cashier, 'cashier');
  windows.add(customer, 'customer');
  cashier.on('closed', () => app.quit());
  await cashier.loadURL(`${ownOrigin}/cashier.html`);
  await customer.loadURL(`${ownOrigin}/customer.html`);
  return { cashier, customerDisplay };
}
