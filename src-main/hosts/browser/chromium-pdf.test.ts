import { expect, test } from 'vitest';
import { row, text } from '../../core/receipts/blocks.ts';
import { paperHtml } from '../../core/receipts/html.ts';
import { createChromiumPdf } from './chromium-pdf.ts';

const paper = { title: 'Z 7', language: 'nb', blocks: [text('Z-rapport', { size: 'heading', align: 'center' }), row('Salg', '1 234,50')] } as const;

/** Width and height of the first page in millimetres. */
function sizeOf(pdf: Uint8Array | null): readonly number[] {
  const box = /\/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)/.exec(Buffer.from(pdf ?? []).toString('latin1'));
  return box ? [box[1], box[2]].map((points) => Math.round((Number(points) / 72) * 25.4)) : [];
}

test('a paper as PDF is as wide as the roll, or a sheet of A4', async ({ skip }) => {
  const pdf = createChromiumPdf();
  const roll = await pdf.render(paperHtml({ ...paper, blocks: [...paper.blocks] }));
  if (roll === null) return skip('a PDF needs Chromium. Install chromium, or set KASSA_CHROMIUM to one.');
  expect(sizeOf(roll)).toEqual([80, 297]);
  expect(sizeOf(await pdf.render(paperHtml({ ...paper, blocks: [...paper.blocks] }, 'a4')))).toEqual([210, 297]);
}, 60_000);
