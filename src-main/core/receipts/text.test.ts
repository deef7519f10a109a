import { describe, expect, test } from 'vitest';
import { createWords } from '../../adapters/words/index.ts';
import { shopOfCountry } from '../../app/set-up.ts';
import type { Country } from '../../contract/basics.ts';
import { receiptWith, someLine } from '../../testing/receipt-builders.ts';
import { countries } from '../countries/index.ts';
import { minor } from '../money.ts';
import type { Receipt } from '../sales/model.ts';
import { totalsOf } from '../sales/totals.ts';
import { receiptPaper } from './document.ts';
import { paperText, qrText } from './text.ts';

const words = createWords();

function saleOf(lineCount: number): Receipt {
  const open = receiptWith(Array.from({ length: lineCount }, (_, index) => someLine({ name: `Käsintehty leipä ${index + 1}`, unitPriceMinor: minor(1290), vatRateBasisPoints: index % 2 === 0 ? 2550 : 1350 })));
  const done: Receipt = { ...open, state: 'completed', completedAt: '2026-11-26T10:00:00.000Z', number: 17, note: 'Kiitos' };
  return { ...done, posts: [{ id: 'p', attemptId: 'a', tenderId: 'cash', tenderKind: 'cash', kind: 'payment', amountMinor: totalsOf(done).totalMinor, reference: '', description: '', verified: true, at: 't' }] };
}

function paperOf(receipt: Receipt, country: Country = 'FI', brief = false) {
  const shop = { ...shopOfCountry(country, countries[country].language, 'Kaunis Kauppa'), organisationNumber: '1234567-8', addressLines: ['Katu 1'], receiptFooter: 'Tervetuloa uudelleen' };
  return receiptPaper({
    receipt, number: 17, shop, register: { id: 'r', number: 3, name: '' }, staffName: 'Aino', tenderNames: new Map(), kindName: () => '', copy: false, electronic: true, brief, demo: false, words,
    code128: () => '<svg/>',
  });
}

const qrOf = (lineCount: number): string | null => {
  const receipt = saleOf(lineCount);
  return qrText(() => paperOf(receipt), () => paperOf(receipt, 'FI', true));
};

describe('a receipt without paper', () => {
  test('NO-1 is called what the country calls one that is sent', () => {
    const named = Object.fromEntries((['NO', 'SE', 'DK', 'FI', 'NL'] as const).map((country) => [country, countries[country].electronicHeadings.sale[0] ?? '']));
    expect(named).toEqual({ NO: 'Elektronisk salgskvittering', SE: 'ELEKTRONISKT KASSAKVITTO', DK: 'ELEKTRONISK KVITTERING', FI: 'SÄHKÖINEN KUITTI', NL: 'DIGITALE KASSABON' });
    for (const country of ['NO', 'SE', 'DK', 'FI', 'NL'] as const) {
      const text = paperText(paperOf(saleOf(1), country));
      expect(text).toContain(`${named[country]}\n`);
      expect(text.split('\n')).not.toContain(countries[country].headings.sale[0]);
    }
  });

  test('as the text of a QR code it has seller, number, time, lines, total, VAT by rate and tenders, and nothing to waste', () => {
    const text = qrOf(3) ?? '';
    for (const part of ['Kaunis Kauppa', '1234567-8', '17', '2026-11-26 12:00', 'Käsintehty leipä 2 12,90', '38,70 €', '25,5 % 20,56 5,24 25,80', '13,5 % 11,37 1,53 12,90', 'Käteinen 38,70']) expect(text).toContain(part);
    expect(text).not.toMatch(/ {2}|\u00a0|--/);
  });

  test('too many lines are left out with a word about it; the sums stay, and it always fits a code that phones read', () => {
    const short = qrOf(80) ?? '';
    expect(short).toContain('80 riviä');
    expect(short).not.toContain('leipä');
    for (const part of ['1 032,00 €', '25,5 %', 'Käteinen']) expect(short).toContain(part);
    for (const count of [1, 5, 10, 15, 20, 30, 200]) expect(new TextEncoder().encode(qrOf(count) ?? '').length).toBeLessThanOrEqual(1003);
    const long = { ...paperOf(saleOf(1)), blocks: Array.from({ length: 100 }, () => ({ kind: 'text', text: 'x'.repeat(20), align: 'left', size: 'normal', bold: false }) as const) };
    expect(qrText(() => long, () => long)).toBeNull();
  });
});
