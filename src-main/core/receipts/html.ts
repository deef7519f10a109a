import type { Paper, PaperBlock } from '../../contract/receipts.ts';

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

const escape = (text: string): string => text.replace(/[&<>"']/g, (sign) => escapes[sign] ?? sign);

/** Sizes of a paper's text in points. Headings are half as large again as the largest amount (`large`), or twice as large (NO-8, SE-9). */
export const sizesPt = { small: 7.5, normal: 9, large: 11, heading: 16.5, double: 22 } as const;

/**
 * What a page is cut for: a receipt printer's roll, or a sheet for an office printer and its binder. All sizes of a sheet grow alike, so that
 * headings keep their measure beside amounts.
 */
export type Sheet = 'roll' | 'a4';

// 72 mm is what an 80 mm printer prints; the page is as tall as its content, so a PDF reads like the paper.
const sheets: Readonly<Record<Sheet, string>> = {
  roll: '@page { size: 80mm 297mm; margin: 4mm; } body { width: 72mm; }',
  a4: '@page { size: A4; margin: 18mm 20mm; } body { width: 72mm; zoom: 1.35; } .row, .columns, .text { break-inside: avoid; }',
};

const style = `
* { box-sizing: border-box; }
body { margin: 0 auto; font: ${sizesPt.normal}pt/1.35 "Inter Variable", Inter, "Helvetica Neue", Arial, sans-serif;
  font-variant-numeric: tabular-nums; color: #000; background: #fff; }
.text { white-space: pre-wrap; overflow-wrap: anywhere; } .center { text-align: center; } .right { text-align: right; }
.small { font-size: ${sizesPt.small}pt; } .large { font-size: ${sizesPt.large}pt; }
.heading { font-size: ${sizesPt.heading}pt; line-height: 1.2; } .double { font-size: ${sizesPt.double}pt; line-height: 1.15; }
.bold { font-weight: 700; }
.row { display: flex; justify-content: space-between; gap: 3mm; break-inside: avoid; }
.row span:first-child { white-space: pre-wrap; overflow-wrap: anywhere; } .row span:last-child { white-space: nowrap; }
.columns { display: grid; grid-auto-flow: column; grid-auto-columns: 1fr; font-size: ${sizesPt.small}pt; }
.columns span:not(:first-child) { text-align: right; }
hr { border: 0; border-top: 0.3mm dashed #000; margin: 1.5mm 0; } .space { height: 2.5mm; }
.barcode { text-align: center; break-inside: avoid; } .barcode svg { width: 52mm; height: 14mm; } .barcode.qr svg { width: 26mm; height: 26mm; }
`;

function blockHtml(block: PaperBlock): string {
  const bold = 'bold' in block && block.bold ? ' bold' : '';
  switch (block.kind) {
    case 'text':
      return `<div class="text ${block.align} ${block.size}${bold}">${escape(block.text)}</div>`;
    case 'row':
      return `<div class="row ${block.size}${bold}"><span>${escape(block.left)}</span><span>${escape(block.right)}</span></div>`;
    case 'columns':
      return `<div class="columns${bold}">${block.cells.map((cell) => `<span>${escape(cell)}</span>`).join('')}</div>`;
    case 'rule':
      return '<hr>';
    case 'space':
      return '<div class="space"></div>';
    case 'image':
      // 203 dots to the inch, as the printer has them.
      return `<div class="center"><img src="${block.src}" alt="" style="width:${(block.widthDots / 8).toFixed(2)}mm"></div>`;
    case 'barcode':
      return `<div class="barcode${block.symbology === 'qr' ? ' qr' : ''}">${block.svg}<div class="small">${escape(block.text)}</div></div>`;
    default:
      return unknownBlock(block);
  }
}

function unknownBlock(block: never): never {
  throw new Error(`paper: unknown block ${JSON.stringify(block)}`);
}

/** A paper as a whole HTML page, without scripts; it is what the PDF is printed from. */
export const paperHtml = (paper: Paper, sheet: Sheet = 'roll'): string =>
  `<!doctype html><html lang="${escape(paper.language)}"><head><meta charset="utf-8"><title>${escape(paper.title)}</title>` +
  `<style>${sheets[sheet]}${style}</style></head><body>${paper.blocks.map(blockHtml).join('')}</body></html>\n`;
