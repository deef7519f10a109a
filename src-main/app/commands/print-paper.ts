import { dirname } from 'node:path';
import { createHttp } from '../../adapters/http.ts';
import type { Pdf } from '../../core/ports/world.ts';
import type { Report } from '../../core/ports/fiscal-stores.ts';
import { paperHtml } from '../../core/receipts/html.ts';
import { builtInProviders } from '../../providers/index.ts';
import { openStorage } from '../../storage/open.ts';
import { createBus } from '../bus.ts';
import type { ShopContext } from '../context.ts';
import { createPapers } from '../printers/papers.ts';
import { createReceiptPrinting } from '../receipt-printing.ts';
import { keepPrinted, paperOfReport, takeReport } from '../reports/take-report.ts';
import { contextOf, noLinks } from '../services.ts';
import { createWorld } from '../world.ts';

/** The paper that is wanted: `x` without a number is taken now; `z` and `receipt` without one are the newest. */
export type Wanted = { readonly kind: 'x' | 'z' | 'receipt'; readonly number: number | null };

export type PrintedPaper = { readonly pdf: Uint8Array; readonly number: number; readonly copy: boolean } | { readonly problem: string };

const noChromium = 'there is nothing on this machine that makes PDFs. Install chromium, or set KASSA_CHROMIUM to one.';

/** A report as it was stored, or one that is taken now: through the same code as on the screen, so it is counted and journalled. */
function reportWanted(context: ShopContext, kind: 'x' | 'z', number: number | null): Report | string {
  const { reports } = context.stores;
  if (number !== null) return reports.byNumber(context.register.id, kind, number) ?? `there is no ${kind.toUpperCase()} ${number} at this register.`;
  if (kind === 'z') return reports.lastZ(context.register.id) ?? 'no Z has been taken at this register yet. Take it on the screen "X and Z reports".';
  const taken = takeReport(context, 'x', null, null);
  return taken.ok ? taken.value : `the X could not be taken (${taken.error.code}).`;
}

async function printReport(context: ShopContext, kind: 'x' | 'z', number: number | null): Promise<PrintedPaper> {
  const report = reportWanted(context, kind, number);
  if (typeof report === 'string') return { problem: report };
  const pdf = await context.pdf.render(paperHtml(paperOfReport(context, report, report.printed), 'a4'));
  if (!pdf) return { problem: noChromium };
  keepPrinted(context, report, null, { pdf: true, command: true });
  return { pdf, number: report.number, copy: report.printed };
}

const problems: Readonly<Record<string, string>> = {
  'already-copied': 'this receipt and its one copy have come out already. The law allows no other.',
  'pdf-not-available': noChromium,
};

async function printReceipt(context: ShopContext, number: number | null): Promise<PrintedPaper> {
  const { sales } = context.stores;
  const row = number === null ? sales.lastCompleted(context.register.id) : sales.list({ text: String(number), limit: 200, before: null }).find((one) => one.number === number && one.registerNumber === context.register.number);
  if (!row) return { problem: number === null ? 'there is no receipt yet.' : `there is no receipt ${number} at this register.` };
  const copy = row.printState === 'printed';
  const printing = createReceiptPrinting(context, { status: { view: () => { throw new Error('nobody looks'); }, changed: () => undefined, close: () => undefined }, papers: createPapers(context, () => undefined) });
  const made = await printing.pdf(row.receiptId, null);
  return made.ok ? { pdf: made.value, number: row.number, copy } : { problem: problems[made.error.code] ?? `it could not be printed (${made.error.code}).` };
}

/** Makes a paper's PDF from outside, also beside a running shop. What comes out is written down as if it had come out there. */
export async function printShopPaper(database: string, wanted: Wanted, pdf: Pdf, version: string): Promise<PrintedPaper> {
  const world = createWorld(dirname(database));
  const storage = openStorage({ file: database, sha256: world.ports.crypto.sha256, nowMs: () => world.clock.nowMs(), checkpoints: false });
  try {
    const never = (): Promise<void> => Promise.reject(new Error('print: no shop is opened here'));
    const providers = builtInProviders({ http: createHttp(() => false), nowMs: () => world.clock.nowMs(), monotonicMs: () => world.clock.monotonicMs(), randomHex: world.randomHex, program: `Kassa ${version}` });
    const mode = storage.shop.mode();
    if (mode === 'setup' || storage.shop.thisRegister() === null) return { problem: 'the shop in this folder is not set up yet.' };
    const context = contextOf(
      { stores: storage, ports: world.ports, randomHex: world.randomHex, devices: world.devices, demo: null, phones: [], providers, mode, options: { host: 'browser', version, pdf }, bus: createBus(), startShop: never, reopen: never },
      { links: noLinks },
    );
    return await (wanted.kind === 'receipt' ? printReceipt(context, wanted.number) : printReport(context, wanted.kind, wanted.number));
  } finally {
    await storage.close();
  }
}
