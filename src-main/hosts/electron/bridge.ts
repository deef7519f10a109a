import { ipcMain, type BrowserWindow, type IpcMainInvokeEvent } from 'electron';
import type { App } from '../../app/index.ts';
import type { WindowKind } from '../../contract/define.ts';
import { fail } from '../../contract/errors.ts';
import { ownOrigin } from './protocol.ts';

/** The one place where messages of Electron are handled; everything else speaks the contract. */
export type Windows = {
  /** Lets a window call as its kind, and sends it its kind's events until it is closed. */
  add(window: BrowserWindow, kind: WindowKind): void;
  /** Pages of the sandboxes' phones, of the demo and of training: the only addresses that may be opened outside. */
  phones(): readonly string[];
};

/** Connects windows to the till. A message counts only from a known window's own page, never from a frame in it. */
export function connectWindows(app: App): Windows {
  const kinds = new Map<number, WindowKind>();

  function kindOf(event: IpcMainInvokeEvent): WindowKind | null {
    const frame = event.senderFrame;
    const own = frame !== null && frame === event.sender.mainFrame && frame.url.startsWith(`${ownOrigin}/`);
    return own ? (kinds.get(event.sender.id) ?? null) : null;
  }

  ipcMain.handle('kassa:call', (event, name: unknown, input: unknown) => {
    const kind = kindOf(event);
    if (kind === null || typeof name !== 'string') return fail('forbidden', { call: '' });
    return app.call(kind, name, input);
  });

  return {
    phones: () => app.phones(),
    add(window, kind) {
      const { webContents } = window;
      const { id } = webContents;
      kinds.set(id, kind);
      const stop = app.subscribe(kind, (event, payload) => {
        if (!webContents.isDestroyed()) webContents.send('kassa:event', event, payload);
      });
      window.on('closed', () => {
        kinds.delete(id);
        stop();
      });
    },
  };
}
