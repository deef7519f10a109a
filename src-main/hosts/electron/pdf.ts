import { BrowserWindow } from 'electron';
import type { AppOptions } from '../../app/index.ts';

/** Prints a paper to PDF in a hidden window that can do nothing else: no scripts, no network, no preload. */
export const createElectronPdf = (): AppOptions['pdf'] => ({
  async render(html) {
    const window = new BrowserWindow({
      show: false,
      webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false, javascript: false, partition: 'papers' },
    });
    try {
      await window.loadURL(`data:text/html;charset=utf-8;base64,${Buffer.from(html).toString('base64')}`);
      return await window.webContents.printToPDF({ preferCSSPageSize: true, printBackground: true });
    } finally {
      window.destroy();
    }
  },
});
