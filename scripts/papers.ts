import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright';
import { createBarcodes } from '../src-main/adapters/barcodes.ts';
import { paperBytes } from '../src-main/adapters/printers/bytes.ts';
import { createWords } from '../src-main/adapters/words/index.ts';
import type { PaperWidthMm, PrinterModelId } from '../src-main/contract/printers.ts';
import { dotsOf, printerModels } from '../src-main/core/printers/models.ts';
import { testPage } from '../src-main/core/printers/test-page.ts';
import { printedFrom } from '../src-main/testing/printers/buffered.ts';
import { paperPicture } from '../src-main/testing/printers/picture.ts';
import { root } from './lib.ts';

/*
 * Draws docs/papers: the test page as printers with different languages and code pages would print it, read back from the bytes that they
 * are sent. Run with `node scripts/papers.ts`; KASSA_CHROMIUM names the browser that draws.
 */
const shown: readonly (readonly [PrinterModelId, PaperWidthMm, 'nb' | 'sv' | 'fi'])[] = [
  ['epson-tm-t88', 80, 'nb'],
  ['star-mc-print3', 80, 'sv'],
  ['generic-esc-pos', 58, 'fi'],
];

const words = createWords();
const barcodes = createBarcodes();
const folder = join(root, 'docs/papers');
mkdirSync(folder, { recursive: true });
const browser = await chromium.launch({ executablePath: process.env['KASSA_CHROMIUM'] ?? '/usr/bin/chromium-headless-shell' });
const page = await browser.newPage();
for (const [id, widthMm, language] of shown) {
  const model = printerModels[id];
  const paper = testPage({ settings: { model: id, widthMm }, language, say: (key, values) => words.text(language, key, values), code128: barcodes.code128, qr: barcodes.qr });
  const [printed] = printedFrom(model.language, paperBytes(paper, model, widthMm)).papers;
  if (!printed) throw new Error(`${id} printed nothing`);
  await page.setContent(`<body style="margin:0">${paperPicture(printed, dotsOf(model, widthMm))}</body>`);
  await page.locator('svg').first().screenshot({ path: join(folder, `${id}-${widthMm}mm.png`) });
}
await browser.close();
