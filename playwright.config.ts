import { existsSync } from 'node:fs';
import { defineConfig } from '@playwright/test';

const chromium = [process.env['KASSA_CHROMIUM'], '/usr/bin/chromium-headless-shell', '/usr/bin/chromium'].find(
  (path) => path !== undefined && existsSync(path),
);

/*
 * In the whole run Electron tells what windows, scanners, screens, devices and crashes can do to a story; what is the till's alone is told in
 * Chromium. `npm run test:electron` tells all of them.
 */
const inElectron = process.env['KASSA_E2E_HOST'] === 'electron';
const briefly = inElectron && process.env['KASSA_CI'] === '1';
const tillAlone = ['chain', 'after-payment', 'obstacles', 'late-money', 'mail', 'serving', 'day', 'returns'].map((name) => `**/${name}.spec.ts`);
/** A browser has no displays to move windows to. */
const electronAlone = ['**/second-display.spec.ts'];
const tillAloneTitles = /thirty seconds pass|VIPPS-05 |NO-14 /;

export default defineConfig({
  testDir: 'e2e',
  testIgnore: inElectron ? (briefly ? tillAlone : []) : electronAlone,
  ...(briefly ? { grepInvert: tillAloneTitles } : {}),
  outputDir: `test-results/stories-${process.env['KASSA_E2E_HOST'] ?? 'browser'}`,
  timeout: 60_000,
  // Two stories side by side in the browser: mostly they wait. Windows of Electron share one display, and its focus.
  workers: process.env['KASSA_E2E_HOST'] === 'electron' ? 1 : 2,
  // On a machine that is busy with something else a key may come too late; a story that fails twice has failed.
  retries: process.env['KASSA_CI'] === '1' ? 1 : 0,
  reporter: [['list'], ['json', { outputFile: 'test-results/report.json' }]],
  use: {
    actionTimeout: 10_000,
    viewport: { width: 1280, height: 800 },
    launchOptions: {
      ...(chromium === undefined ? {} : { executablePath: chromium }),
      args: ['--disable-quic', '--disable-background-networking'],
    },
  },
});
