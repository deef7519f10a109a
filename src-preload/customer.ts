import { contextBridge, ipcRenderer } from 'electron';

// The customer's screen asks for what it shows, and tells what the customer was asked for; the main side checks its window again.
const allowed: readonly string[] = ['customer.hello', 'customer.current', 'customer.tell'];

contextBridge.exposeInMainWorld('kassa', {
  call: (name: string, input: unknown): Promise<unknown> =>
    allowed.includes(name)
      ? ipcRenderer.invoke('kassa:call', name, input)
      : Promise.resolve({ ok: false, error: { code: 'forbidden', detail: {} } }),
  subscribe: (listener: (event: string, payload: unknown) => void): (() => void) => {
    const pass = (_event: unknown, name: string, payload: unknown): void => listener(name, payload);
    ipcRenderer.on('kassa:event', pass);
    return () => {
      ipcRenderer.off('kassa:event', pass);
    };
  },
});
