import { contextBridge, ipcRenderer } from 'electron';

// What the cashier's window gets of the main side: calls and events, and nothing of Electron.
contextBridge.exposeInMainWorld('kassa', {
  call: (name: string, input: unknown): Promise<unknown> => ipcRenderer.invoke('kassa:call', name, input),
  subscribe: (listener: (event: string, payload: unknown) => void): (() => void) => {
    const pass = (_event: unknown, name: string, payload: unknown): void => listener(name, payload);
    ipcRenderer.on('kassa:event', pass);
    return () => {
      ipcRenderer.off('kassa:event', pass);
    };
  },
});
