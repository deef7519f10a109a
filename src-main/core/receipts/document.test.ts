import { describe, expect, test } from 'vitest';
import { createWords } from '../../adapters/words/index.ts';
import { shopOfCountry } from '../../app/set-up.ts';
import type { Country } from '../../contract/basics.ts';
import type { PaperBlock } from '../../contract/receipts.ts';
import { receiptWith, someLine } from '../../testing/receipt-builders.ts';
import { countries } from '../countries/index.ts';
import type { ReceiptContent } from '../countries/pack.ts';
import { minor } from '../money.ts';
import type { Receipt, ReceiptKind } from '../sales/model.ts';
import { totalsOf } from '../sales/totals.ts';
import { receiptPaper } from './document.ts';

const words = createWords();
const all = ['FI', 'SE', 'NO', 'DK', 'NL'] as const;

function receiptOf(kind: ReceiptKind): Receipt {
  const sign = kind === 'return' ? -1 : 1;
  const open = receiptWith([
    someLine({ name: 'Bread', unitPriceMinor: minor(sign * 1290), discount: kind === 'sale' ? { kind: 'percent', basisPoints: 1000 } : null }),
    someLine({ name: 'Lamp', unitPriceMinor: minor(sign * 9900), vatRateBasisPoints: 2500 }),
  ]);
  const done: Receipt = { ...open, kind, state: 'completed', completedAt: '2026-11-26T10:00:00.000Z', number: 17 };
  const { totalMinor } = totalsOf(done);
  const post = { id: 'p', attemptId: 'a', tenderId: 'vipps', tenderKind: 'vipps', kind: 'payment', amountMinor: totalMinor, reference: 'ref-4711', description: '', verified: true, at: 't' } as const;
  return { ...done, posts: [post] };
}

function paperOf(country: Country, kind: ReceiptKind, as: { readonly copy?: boolean; readonly notReceipt?: 'provisional' | 'delivery' } = {}): readonly PaperBlock[] {
  const shop = { ...shopOfCountry(country, countries[country].language, 'The Shop'), organisationNumber: '123456789', vatNumber: 'VAT1', phone: '0123', addressLines: ['Street 1'] };
  return receiptPaper({
    receipt: receiptOf(kind), number: 17, shop, register: { id: 'r', number: 3, name: 'Till' }, staffName: 'Aino', tenderNames: new Map([['vipps', 'Vipps']]),
    kindName: () => '', copy: as.copy ?? false, notReceipt: as.notReceipt, demo: false, words, code128: () => '<svg/>',
  }).blocks;
}

const told = (blocks: readonly PaperBlock[]): string => JSON.stringify(blocks);
const headings = (blocks: readonly PaperBlock[]) => blocks.flatMap((block) => (block.kind === 'text' && (block.size === 'heading' || block.size === 'double') ? [block] : []));

const signs: Readonly<Record<ReceiptContent, string>> = {
  name: 'The Shop', address: 'Street 1', phone: '0123', organisation: '123456789', number: '"17"', time: '2026-11-26', register: '3 Till', cashier: 'Aino', lines: 'Lamp', discounts: '−1,29', total: '110,61', vat: '19,80',
  tenders: 'Vipps', references: 'ref-4711',
};

describe('a receipt', () => {
  test('C-8 SE-9 NO-8 each kind in each country carries its headings in the size of the law', () => {
    for (const country of all) {
      const { headings: wanted, headingFactor } = countries[country];
      const size = headingFactor === 2 ? 'double' : 'heading';
      const cases = [
        [paperOf(country, 'sale'), wanted.sale],
        [paperOf(country, 'return'), wanted.return],
        [paperOf(country, 'training'), wanted.training],
        [paperOf(country, 'sale', { copy: true }), [...wanted.copy, ...wanted.sale]],
        [paperOf(country, 'return', { copy: true }), [...wanted.copy, ...wanted.return]],
        [paperOf(country, 'sale', { notReceipt: 'provisional' }), wanted.provisional],
        [paperOf(country, 'sale', { notReceipt: 'delivery' }), wanted.delivery],
      ] as const;
      for (const [blocks, lines] of cases) {
        expect(headings(blocks).map((block) => block.text)).toEqual(lines);
        expect(headings(blocks).every((block) => block.size === size)).toBe(true);
      }
    }
  });

  test('NO-2 FI-2 everything that the law of its country wants stands on it', () => {
    for (const country of all) {
      const said = told(paperOf(country, 'sale')).replaceAll('\u00a0', ' ');
      for (const part of countries[country].receiptContent) expect(said, `${country} ${part}`).toContain(signs[part].replaceAll('−', country === 'DK' || country === 'NL' ? '-' : '−'));
    }
  });

  test('NO-2 the organisation number is followed by MVA where the seller is registered, and stands once', () => {
    const said = told(paperOf('NO', 'sale'));
    expect(said.match(/123456789/g)).toHaveLength(1);
    expect(said).toContain('Org.nr. 123456789 MVA');
  });

  test('a payment says whose word it is, and only what is sold carries a barcode', () => {
    expect(told(paperOf('NO', 'sale'))).toContain('bekreftet');
    expect(told(paperOf('NO', 'sale'))).toContain('barcode');
    expect(told(paperOf('NO', 'sale', { notReceipt: 'provisional' }))).not.toContain('barcode');
  });
});
