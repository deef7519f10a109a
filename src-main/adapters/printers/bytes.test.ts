import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { printerModel, type PaperWidthMm } from '../../contract/printers.ts';
import type { Country } from '../../contract/basics.ts';
import type { Paper } from '../../contract/receipts.ts';
import { shopOfCountry } from '../../app/set-up.ts';
import { countries } from '../../core/countries/index.ts';
import { minor } from '../../core/money.ts';
import { dotsOf, printerModels } from '../../core/printers/models.ts';
import { text } from '../../core/receipts/blocks.ts';
import { receiptPaper } from '../../core/receipts/document.ts';
import { paperText } from '../../core/receipts/text.ts';
import { totalsOf } from '../../core/sales/totals.ts';
import { printedFrom } from '../../testing/printers/buffered.ts';
import { receiptWith, someLine } from '../../testing/receipt-builders.ts';
import { createWords } from '../words/index.ts';
import { paperBytes } from './bytes.ts';

const words = createWords();
const widths: readonly PaperWidthMm[] = [58, 80];
const everyPrinter = printerModel.options.flatMap((id) => widths.map((width) => [id, width] as const));

function receiptOf(country: Country): Paper {
  const open = receiptWith([
    someLine({ name: 'Blåbærsyltetøy & räksmörgås på rågbröd, pâté, 12 € à la carte', unitPriceMinor: minor(123_456), quantityMilli: 3000 }),
    someLine({ name: 'ÅÄÖ åäö ÆØ æø Éé Üü', unitPriceMinor: minor(1290), vatRateBasisPoints: 2550 }),
  ]);
  const done = { ...open, state: 'completed', completedAt: '2026-11-26T10:00:00.000Z', number: 17, note: 'Smörgåsbord – tack så mycket' } as const;
  const shop = { ...shopOfCountry(country, countries[country].language, 'Smør & Brød Æblehaven Ålesund'), organisationNumber: '123456785', addressLines: ['Øvre Ålgård 7'], receiptFooter: 'Velkommen igjen!\nTervetuloa, hyvää päivää' };
  const post = { id: 'p', attemptId: 'a', tenderId: 'cash', tenderKind: 'cash', kind: 'payment', amountMinor: totalsOf(done).totalMinor, reference: '', description: '', verified: true, at: 't' } as const;
  return receiptPaper({
    receipt: { ...done, posts: [post] }, number: 17, shop, register: { id: 'r', number: 3, name: 'Kassa Ö' }, staffName: 'Åse Ærlig', tenderNames: new Map(), kindName: () => '', copy: false, demo: false, words, code128: () => '<svg/>',
  });
}

const printed = (paper: Pick<Paper, 'blocks'>, id: (typeof printerModel.options)[number], width: PaperWidthMm) => {
  const { papers, problems } = printedFrom(printerModels[id].language, paperBytes(paper, printerModels[id], width));
  expect(problems).toEqual([]);
  expect(papers).toHaveLength(1);
  const [only] = papers;
  if (!only) throw new Error('no paper');
  return only;
};

/** The text without its place on the paper: where lines break, and how many spaces stand between, differ by the roll. */
const close = (lines: readonly string[]): string => lines.filter((line) => !/^-+$/.test(line)).join(' ').replaceAll(/[−–]/g, '-').replaceAll(/\s+/g, ' ').trim();

describe('a receipt as the commands of a printer', () => {
  test.each(everyPrinter)('comes out of %s at %i mm letter for letter, in every country', (id, width) => {
    for (const country of ['NO', 'SE', 'DK', 'FI', 'NL'] as const) {
      const paper = receiptOf(country);
      const out = printed(paper, id, width);
      expect(close(out.lines.map((line) => line.text))).toBe(close(paperText(paper).split('\n')));
      expect(out.codes).toEqual([{ symbology: 'code128', text: 'R3-17' }]);
      expect(out.cut).toBe(true);
      for (const line of out.lines) expect(line.text.length * line.wide).toBeLessThanOrEqual(printerModels[id].columns[width]);
    }
  });

  test.each(everyPrinter)('NO-8 SE-9 headings of %s at %i mm are as many times as tall and wide as the largest amount as the country wants', (id, width) => {
    for (const country of ['NO', 'SE'] as const) {
      const out = printed(receiptOf(country), id, width);
      const amounts = out.lines.filter((line) => /\d,\d\d/.test(line.text));
      const factor = countries[country].headingFactor;
      const heading = out.lines.filter((line) => line.wide === 2);
      expect(heading.map((line) => line.text.trim()).join(' ')).toBe(countries[country].headings.sale.join(' '));
      for (const line of heading) {
        expect(line.tall).toBeGreaterThanOrEqual(factor * Math.max(...amounts.map(({ tall }) => tall)));
        expect(line.wide).toBeGreaterThanOrEqual(factor * Math.max(...amounts.map(({ wide }) => wide)));
      }
    }
  });

  test('a QR code has its text, whatever the language', () => {
    const paper = { blocks: [{ kind: 'barcode', symbology: 'qr', text: 'https://example.com/?a=1', svg: '' } as const] };
    for (const [id, width] of everyPrinter) expect(printed(paper, id, width).codes).toEqual([{ symbology: 'qr', text: 'https://example.com/?a=1' }]);
  });
});

describe('letters', () => {
  /** What every model has. */
  const nordic = [...'abcdefghijklmnopqrstuvwxyzABCXYZ0123456789åäöøæéüÅÄÖØÆÉÜñçßêôáíóúðþ€£×½°.,:;!?%&()/+*-" \''];
  const lineText = fc.array(fc.constantFrom(...nordic), { maxLength: 120 }).map((letters) => letters.join(''));
  test('of the code pages survive, whatever is written', () => {
    fc.assert(
      fc.property(lineText, fc.constantFrom(...everyPrinter), (line, [id, width]) => {
        const out = printed({ blocks: [text(line)] }, id, width);
        expect(out.lines.map((one) => one.text).join('').replaceAll(' ', '')).toBe(line.replaceAll(' ', ''));
      }),
      { numRuns: 300 },
    );
  });

  test('that no code page has become a visible sign and never another letter', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 30 }), fc.constantFrom(...everyPrinter), (line, [id, width]) => {
        const out = printed({ blocks: [text(line)] }, id, width).lines.map((one) => one.text).join('');
        const meant = new Set([...line.normalize('NFC'), '?', ' ', '-', "'", '"']);
        expect([...out].filter((letter) => !meant.has(letter))).toEqual([]);
      }),
      { numRuns: 500 },
    );
    // In PC858 a note is a carriage return and a smile an end of text: they must never reach the printer as such.
    expect(printed({ blocks: [text('♪ ☺ § – “é”')] }, 'generic-esc-pos', 80).lines[0]?.text).toBe('? ? ? - "é"');
    expect(printed({ blocks: [text('Łódź 東京 é')] }, 'generic-esc-pos', 80).lines[0]?.text).toBe('?ód? ?? é');
    expect(printed({ blocks: [text('Łódź é e\u0301')] }, 'epson-tm-m30', 80).lines[0]?.text).toBe('Łódź é é');
  });
});

test.each(everyPrinter)('a logo comes out of %s with %i mm of paper dot for dot, in the middle, and the words after it as ever', (id, width) => {
  const bits = Uint8Array.from({ length: 5 * 150 }, (_, index) => (index * 37) & 0xff);
  const logo = { kind: 'image', widthDots: 40, heightDots: 150, bits: Buffer.from(bits).toString('base64'), src: '' } as const;
  const { papers, problems } = printedFrom(printerModels[id].language, paperBytes({ blocks: [logo, text('Smør')] }, printerModels[id], width));
  expect(problems).toEqual([]);
  const [first, ...rest] = papers[0]?.items ?? [];
  if (!first || !('rows' in first)) throw new Error('no picture came first');
  const before = Math.floor((dotsOf(printerModels[id], width) - 40) / 16) * 8;
  const wanted = Array.from({ length: 150 }, (_, row) => '0'.repeat(before) + [...bits.subarray(row * 5, row * 5 + 5)].map((byte) => byte.toString(2).padStart(8, '0')).join(''));
  expect(first.rows).toEqual(wanted);
  expect(rest).toMatchObject([{ text: 'Smør' }]);
});
