import { spawn } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { chromium, type Browser, type Page } from 'playwright';
import { scan } from '../../e2e/scanner.ts';
import { startTill, type StartedTill } from '../started-till.ts';
import { figure, quantile, type Figure } from './figure.ts';
import type { BenchShop } from './shop.ts';
import { measureUsbScans } from './usb.ts';

const args = ['--disable-quic', '--disable-background-networking'];

/** Measures in the page from a key to the frame that shows what came of it. `selector` is where it shows. */
async function watch(page: Page, selector: string): Promise<void> {
  await page.evaluate((where) => {
    const state = window as unknown as { samples: number[]; startMs: number; stop?: () => void };
    state.stop?.();
    state.samples = [];
    state.startMs = 0;
    const observer = new MutationObserver(() => {
      if (state.startMs === 0 || !document.querySelector(where)) return;
      const { startMs } = state;
      state.startMs = 0;
      // The task after a frame's callbacks runs when the frame has been painted.
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => state.samples.push(performance.now() - startMs);
        port2.postMessage(null);
      });
    });
    observer.observe(document.body, { childList: true, subtree: true, characterData: true, attributes: true });
    state.stop = () => observer.disconnect();
  }, selector);
}

/** Notes when each key came, ahead of everything that could take the key away. */
async function noteKeys(page: Page): Promise<void> {
  await page.addInitScript(() => {
    window.addEventListener(
      'keydown',
      (event) => {
        (window as unknown as { startMs: number }).startMs = event.timeStamp;
      },
      { capture: true },
    );
  });
}

const samplesOf = (page: Page): Promise<readonly number[]> => page.evaluate(() => (window as unknown as { samples: number[] }).samples);

type Empty = { readonly address: string; close(): void };

const emptyHost = `require('node:http').createServer((q, r) => {
  r.writeHead(200, { 'Content-Type': 'text/html' }).end('<!doctype html><title>empty</title><body><p id="out">0</p></body>');
}).listen(0, '127.0.0.1', function () { console.log(this.address().port); });`;

/** A host with nothing behind it: a process of its own that serves an empty page. */
function startEmpty(): Promise<Empty> {
  const child = spawn(process.execPath, ['-e', emptyHost], { stdio: ['ignore', 'pipe', 'ignore'] });
  return new Promise((resolve) => {
    child.stdout.once('data', (port: Buffer) => {
      resolve({ address: `http://127.0.0.1:${port.toString().trim()}/`, close: () => child.kill() });
    });
  });
}

async function emptyKeys(browser: Browser, empty: Empty): Promise<readonly number[]> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await noteKeys(page);
  await page.goto(empty.address);
  await page.evaluate(() => {
    let count = 0;
    window.addEventListener('keydown', () => {
      count += 1;
      const out = document.getElementById('out');
      if (out) out.textContent = String(count);
    });
  });
  await watch(page, '#out');
  for (let index = 0; index < 200; index += 1) {
    await page.keyboard.press('Enter');
    await page.waitForTimeout(15);
  }
  const samples = await samplesOf(page);
  await page.close();
  return samples;
}

async function openCounter(browser: Browser, till: StartedTill): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await noteKeys(page);
  await page.goto(till.cashier);
  await page.getByTestId('person-1').waitFor();
  await page.getByTestId('pin').fill('1111');
  await page.getByTestId('pin').press('Enter');
  await page.getByTestId('search').waitFor();
  return page;
}

/** A cashier's next act comes when the screen is at rest: no notice rises, no line glows. */
const atRest = (page: Page): Promise<void> => page.waitForTimeout(300);

async function scanned(page: Page, code: string, line: string): Promise<void> {
  await scan(page, code);
  await page.getByTestId(line).waitFor();
}

/** A scan onto a receipt of 100 lines: Enter to painted line; the line is taken off again so that it stays 100. */
async function scans(page: Page, codes: readonly string[]): Promise<readonly number[]> {
  for (const [index, code] of codes.slice(0, 100).entries()) await scanned(page, code, `line-${index + 1}`);
  const samples: number[] = [];
  for (const code of codes.slice(200, 400)) {
    await atRest(page);
    await watch(page, '[data-testid="line-101"]');
    await scanned(page, code, 'line-101');
    await page.waitForTimeout(60);
    samples.push(...(await samplesOf(page)).slice(0, 1));
    await page.keyboard.press('Delete');
    await page.getByTestId('line-101').waitFor({ state: 'detached' });
  }
  return samples;
}

async function searches(page: Page): Promise<readonly number[]> {
  const samples: number[] = [];
  await page.keyboard.press('F2');
  for (const word of ['kalo', 'misu', 'vårø', 'nypä', 'jogre', 'stibla', 'kerund', 'halka', 'temi', 'lo']) {
    for (let time = 0; time < 4; time += 1) {
      for (const letter of word) {
        await watch(page, '[data-testid="results"]');
        await page.keyboard.type(letter);
        await page.waitForTimeout(100);
        // The last change belongs to the results; the first may be the letter itself.
        samples.push(...(await samplesOf(page)).slice(-1));
      }
      await page.keyboard.press('Escape');
      await page.waitForTimeout(60);
    }
  }
  await page.keyboard.press('Escape');
  return samples;
}

/** Pays in cash what is due, to the last key: from the Enter that pays to the painted dialog that frees the counter. */
async function payment(page: Page): Promise<readonly number[]> {
  await page.keyboard.press('F9');
  await page.getByTestId('pay-amount').waitFor();
  await atRest(page);
  await watch(page, '[data-testid="pay-close"]');
  await page.keyboard.press('Enter');
  await page.getByTestId('pay-close').waitFor();
  await page.waitForTimeout(60);
  const samples = (await samplesOf(page)).slice(0, 1);
  await page.keyboard.press('Enter');
  await page.getByTestId('paid-dialog').waitFor({ state: 'detached' });
  return samples;
}

async function payments(page: Page, codes: readonly string[]): Promise<readonly number[]> {
  const samples: number[] = [];
  for (const code of codes.slice(0, 100)) {
    await scanned(page, code, 'line-1');
    await atRest(page);
    samples.push(...(await payment(page)));
  }
  return samples;
}

/** 500 scans at 50 a second, as fast keys in the page; answers how many pieces are on the receipt. */
async function flood(page: Page, codes: readonly string[]): Promise<number> {
  await page.evaluate(async (list) => {
    for (const code of list) {
      const startMs = performance.now();
      for (const name of [...code, 'Enter']) {
        for (const type of ['keydown', 'keyup']) {
          (document.activeElement ?? document.body).dispatchEvent(new KeyboardEvent(type, { key: name, code: name, bubbles: true, cancelable: true }));
        }
      }
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, 20 - (performance.now() - startMs))));
    }
  }, codes.slice(0, 500));
  await page.waitForTimeout(1500);
  const quantities = await page.locator('.line-quantity').allTextContents();
  return quantities.reduce((sum, text) => sum + Number(text.replace(/\D/g, '')), 0);
}

/** Proportional memory of processes, in MiB: what shared pages cost is shared out. */
function memoryOf(pids: readonly number[]): number {
  let kilobytes = 0;
  for (const pid of pids) {
    try {
      kilobytes += Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0);
    } catch {
      // A process that has just ended holds nothing.
    }
  }
  return kilobytes / 1024;
}

function childrenOf(pid: number): readonly number[] {
  const parents = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map((name) => {
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      return { pid: Number(name), parent: Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) };
    } catch {
      return { pid: Number(name), parent: 0 };
    }
  });
  const below = (parent: number): number[] => parents.filter((one) => one.parent === parent).flatMap((one) => [one.pid, ...below(one.pid)]);
  return below(pid);
}

/** The screens of a shop, each figure beside an empty window of the same browser. */
export async function measureScreens(shop: BenchShop, executablePath: string): Promise<readonly Figure[]> {
  const at = `@${shop.articles}`;
  const before = new Set(childrenOf(process.pid));
  const browser = await chromium.launch({ executablePath, args });
  const ours = (): readonly number[] => childrenOf(process.pid).filter((pid) => !before.has(pid));

  const emptyStartMs = performance.now();
  const empty = await startEmpty();
  const blank = await browser.newPage();
  await blank.goto(empty.address);
  const emptyMs = performance.now() - emptyStartMs;
  await blank.waitForTimeout(500);
  const emptyMemory = memoryOf(ours());
  await blank.close();
  const emptyFrames = await emptyKeys(browser, empty);
  empty.close();

  const startMs = performance.now();
  const till = await startTill(shop.dataDir, ['--lang', 'en']);
  const first = await browser.newPage();
  await first.goto(till.cashier);
  await first.getByTestId('person-1').waitFor();
  const readyMs = performance.now() - startMs;
  await first.close();

  const page = await openCounter(browser, till);
  await page.waitForTimeout(1000);
  const idleMemory = memoryOf(ours());
  const painted = await scans(page, shop.codes);
  const searched = await searches(page);
  // The hundred lines are paid, so that the counter is empty again.
  await payment(page);
  const paid = await payments(page, shop.codes);
  const flooded = await flood(page, shop.codes);
  await page.close();
  await till.close();
  const usb = await measureUsbScans(shop, browser);
  await browser.close();

  const frame = quantile(emptyFrames, 0.99);
  return [
    figure(`scan-to-painted-line-100${at}`, 'ms', painted, frame),
    figure(`scan-by-usb-to-painted-line-100${at}`, 'ms', usb, frame),
    figure(`search-key-to-paint${at}`, 'ms', searched, 33),
    figure(`pay-to-next-customer${at}`, 'ms', paid, 50),
    figure(`scans-kept-of-500${at}`, 'count', [flooded], 500),
    figure(`start-to-sign-in${at}`, 'ms', [readyMs], emptyMs),
    figure(`memory-idle${at}`, 'MiB', [idleMemory], emptyMemory),
  ];
}
