import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Browser, Page } from 'playwright';
import { root } from '../lib.ts';
import type { BenchShop } from './shop.ts';

type UsbTill = { readonly cashier: string; /** Answers when the first report was there, in milliseconds since 1970. */ scan(code: string): Promise<number>; close(): Promise<void> };

async function startUsbTill(dataDir: string): Promise<UsbTill> {
  const child = spawn(process.execPath, [join(root, 'scripts/bench/usb-till.ts'), dataDir], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async (): Promise<Record<string, unknown>> => JSON.parse(String((await lines.next()).value)) as Record<string, unknown>;
  const { cashier } = await next();
  return {
    cashier: String(cashier),
    async scan(code) {
      child.stdin.write(`${code}\n`);
      return Number((await next())['startMs']);
    },
    close: () =>
      new Promise((closed) => {
        child.once('exit', () => closed());
        child.stdin.end();
      }),
  };
}

type Watching = { painted: Promise<number> };

/** Begins to watch in the page for something that is not there yet: notes when it is painted, in milliseconds since 1970. */
const watch = (page: Page, selector: string): Promise<void> =>
  page.evaluate((where) => {
    (window as unknown as Watching).painted = new Promise<number>((resolve) => {
      const observer = new MutationObserver(() => {
        if (!document.querySelector(where)) return;
        observer.disconnect();
        // The task after a frame's callbacks runs when the frame has been painted.
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => resolve(performance.timeOrigin + performance.now());
          port2.postMessage(null);
        });
      });
      observer.observe(document.body, { childList: true, subtree: true });
    });
  }, selector);

const paintedAt = (page: Page): Promise<number> => page.evaluate(() => (window as unknown as Watching).painted);

/** Scans by USB onto a receipt of 100 lines: from the first report in the main process to the painted line, which is taken off again. */
export async function measureUsbScans(shop: BenchShop, browser: Browser): Promise<readonly number[]> {
  const till = await startUsbTill(shop.dataDir);
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.goto(till.cashier);
  await page.getByTestId('person-1').waitFor();
  await page.getByTestId('pin').fill('1111');
  await page.getByTestId('pin').press('Enter');
  await page.getByTestId('search').waitFor();
  // A till hears scanners within a second of its start.
  await page.waitForTimeout(1500);
  for (const [index, code] of shop.codes.slice(0, 100).entries()) {
    await till.scan(code);
    await page.getByTestId(`line-${index + 1}`).waitFor();
  }
  const samples: number[] = [];
  for (const code of shop.codes.slice(200, 400)) {
    await page.waitForTimeout(300);
    await watch(page, '[data-testid="line-101"]');
    const startMs = await till.scan(code);
    await page.getByTestId('line-101').waitFor();
    samples.push((await paintedAt(page)) - startMs);
    await page.waitForTimeout(60);
    await page.keyboard.press('Delete');
    await page.getByTestId('line-101').waitFor({ state: 'detached' });
  }
  await page.close();
  await till.close();
  return samples;
}
