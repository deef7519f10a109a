import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Country, VatClass } from '../../contract/basics.ts';
import { minor, negate } from '../money.ts';
import { roundCash } from '../payments/cash.ts';
import { sizesPt } from '../receipts/html.ts';
import { totalsOf } from '../sales/totals.ts';
import { receiptWith, someLine } from '../../testing/receipt-builders.ts';
import { cashStepOf, countries, vatRateOn, vatRateServed } from './index.ts';
import { paperKinds, reportFields, type CountryPack } from './pack.ts';

const all = Object.values(countries);
const step = (country: Country, roundsCash = false): number => cashStepOf({ country, roundCash: roundsCash });

/** Every ending of a hundred, and what it becomes; a return is rounded as its sale was. */
function endings(country: Country, roundsCash: boolean, expected: (cents: number) => number): void {
  for (let cents = 0; cents < 100; cents += 1) {
    for (const whole of [0, 100, 2600, 99_900]) {
      const due = minor(whole + cents);
      const rounded = roundCash(due, step(country, roundsCash));
      expect(rounded, `${country} ${whole + cents}`).toBe(whole + expected(cents));
      expect(roundCash(negate(due), step(country, roundsCash))).toBe(negate(rounded));
    }
  }
}

const toFive = (cents: number): number => [0, 0, 0, 5, 5, 5, 5, 5, 10, 10][cents % 10]! + cents - (cents % 10);

describe('cash', () => {
  test('C-13 NO-25 SE-18 DK-40 FI-3 NL-3 each country rounds each ending of cash as its law says, returns alike', () => {
    endings('NO', false, (cents) => (cents < 50 ? 0 : 100));
    endings('SE', false, (cents) => (cents < 50 ? 0 : 100));
    endings('DK', false, (cents) => (cents < 25 ? 0 : cents < 75 ? 50 : 100));
    endings('FI', false, toFive);
    endings('NL', false, (cents) => cents);
    endings('NL', true, toFive);
  });

  test('NL-3 only the Netherlands leave the choice to the shop, and a shop that chose nothing rounds nothing', () => {
    expect(step('NL')).toBe(1);
    expect(step('NL', true)).toBe(5);
    for (const country of ['FI', 'SE', 'NO', 'DK'] as const) expect(step(country, true)).toBe(step(country));
  });

  test('every rounded amount can be laid out in the coins of the country', () => {
    for (const pack of all) {
      const least = Math.min(...pack.cashPieces);
      expect(pack.cashStepMinor % least === 0 || pack.chosenCashStepMinor !== null, pack.country).toBe(true);
      expect([...pack.cashPieces].sort((a, b) => b - a)).toEqual(pack.cashPieces);
    }
  });
});

const rate = (country: Country, vatClass: VatClass, day: string): number => vatRateOn(countries[country].vat, vatClass, day);

describe('VAT', () => {
  test('C-16 SE-19 Swedish food is at 6 % from April 2026 to the end of 2027, day by day at the edges', () => {
    const days = [['2026-03-31', 1200], ['2026-04-01', 600], ['2026-11-26', 600], ['2027-12-31', 600], ['2028-01-01', 1200]] as const;
    for (const [day, basisPoints] of days) expect(rate('SE', 'low', day), day).toBe(basisPoints);
    expect(rate('SE', 'standard', '2026-11-26')).toBe(2500);
    expect(rate('SE', 'lowest', '2026-11-26')).toBe(600);
  });

  test('C-16 FI-4 Finland: 25.5 % from September 2024, 13.5 % for food from 2026, 10 % as before', () => {
    expect([rate('FI', 'standard', '2024-08-31'), rate('FI', 'standard', '2024-09-01')]).toEqual([2400, 2550]);
    expect([rate('FI', 'low', '2025-12-31'), rate('FI', 'low', '2026-01-01')]).toEqual([1400, 1350]);
    expect(rate('FI', 'lowest', '2026-11-26')).toBe(1000);
  });

  test('NO-26 Norway has 25, 15, 12 and 0 %', () => {
    expect((['standard', 'low', 'lowest', 'zero'] as const).map((vatClass) => rate('NO', vatClass, '2026-11-26'))).toEqual([2500, 1500, 1200, 0]);
  });

  test('DK-41 NL-4 Denmark has one rate, the Netherlands two; beer is sold from 16 and from 18', () => {
    expect((['standard', 'low', 'lowest', 'zero'] as const).map((vatClass) => rate('DK', vatClass, '2026-11-26'))).toEqual([2500, 2500, 2500, 0]);
    expect((['standard', 'low', 'lowest', 'zero'] as const).map((vatClass) => rate('NL', vatClass, '2026-11-26'))).toEqual([2100, 900, 900, 0]);
    expect([countries.DK.ageLimits, countries.NL.ageLimits]).toEqual([{ beer: 16, spirits: 18, tobacco: 18 }, { beer: 18, spirits: 18, tobacco: 18 }]);
  });

  test('C-16 what is eaten in has its own rate where the country says so, and only food', () => {
    const served = (country: Country, vatClass: VatClass, day = '2026-11-26') => (['take-away', 'eat-in'] as const).map((serving) => vatRateServed(country, countries[country].vat, vatClass, day, serving));
    expect(served('SE', 'low')).toEqual([600, 1200]);
    expect(served('SE', 'low', '2028-06-01')).toEqual([1200, 1200]);
    expect(served('SE', 'standard')).toEqual([2500, 2500]);
    expect(served('NO', 'low')).toEqual([1500, 2500]);
    expect(served('NO', 'zero')).toEqual([0, 0]);
    for (const country of ['FI', 'DK', 'NL'] as const) expect(served(country, 'low')[0]).toBe(served(country, 'low')[1]);
  });

  test('every class has a rate on every day since 1970, and a class without one throws', () => {
    for (const pack of all) for (const vatClass of ['standard', 'low', 'lowest', 'zero'] as const) expect(vatRateOn(pack.vat, vatClass, '1970-01-01')).toBeGreaterThanOrEqual(0);
    expect(() => vatRateOn([], 'low', '2026-11-26')).toThrow(/no rate/);
  });

  test('NO-26 SE-19 FI-4 a receipt of all rates is split so that the parts are the whole', () => {
    for (const { country } of all) {
      const lines = (['standard', 'low', 'lowest', 'zero'] as const).map((vatClass, index) =>
        someLine({ vatClass, vatRateBasisPoints: rate(country, vatClass, '2026-11-26'), unitPriceMinor: minor(1_000 + index * 333) }),
      );
      const totals = totalsOf(receiptWith(lines));
      expect(totals.vat.reduce((sum, one) => sum + one.grossMinor, 0)).toBe(totals.totalMinor);
      for (const { grossMinor, netMinor, vatMinor, rateBasisPoints } of totals.vat) {
        expect(netMinor + vatMinor).toBe(grossMinor);
        expect(vatMinor).toBe(Math.round((grossMinor * rateBasisPoints) / (10_000 + rateBasisPoints)));
      }
    }
  });
});

describe('headings', () => {
  const words = (pack: CountryPack, kind: (typeof paperKinds)[number]): string => pack.headings[kind].join(' / ');

  test('C-8 NO-1 NO-3 NO-4 NO-5 SE-9 each paper is called what the law of its country calls it', () => {
    expect(paperKinds.map((kind) => words(countries.NO, kind))).toEqual([
      'Salgskvittering', 'Returkvittering', 'KOPI', 'Treningskvittering / IKKE KVITTERING FOR KJØP', 'Foreløpig kvittering / IKKE KVITTERING FOR KJØP',
      'Utleveringskvittering / IKKE KVITTERING FOR KJØP', 'X-rapport', 'Z-rapport',
    ]);
    expect([words(countries.SE, 'copy'), words(countries.SE, 'training'), words(countries.SE, 'provisional')]).toEqual(['KOPIA', 'ÖVNING / EJ KVITTO', 'EJ KVITTO']);
    for (const pack of all) for (const kind of paperKinds) expect(pack.headings[kind].length, `${pack.country} ${kind}`).toBeGreaterThan(0);
  });

  test('NO-8 SE-9 headings are half as large again as the largest amount, in Sweden twice, on PDF and screen alike', () => {
    const css = readFileSync(join(import.meta.dirname, '../../../src-renderer/features/paper/paper.css'), 'utf8');
    const onScreen = (name: string): number => Number(new RegExp(`\\.paper \\.${name} \\{\\s*font-size: ([\\d.]+)rem`).exec(css)?.[1]);
    for (const size of [(name: 'large' | 'heading' | 'double') => sizesPt[name], onScreen]) {
      expect(size('heading') / size('large')).toBeGreaterThanOrEqual(1.5);
      expect(size('double') / size('large')).toBeGreaterThanOrEqual(2);
    }
    expect(all.map((pack) => [pack.country, pack.headingFactor])).toEqual([['FI', 1.5], ['SE', 2], ['NO', 1.5], ['DK', 1.5], ['NL', 1.5]]);
  });
});

describe('reports', () => {
  test('NO-15 Norway shows every field from e to z, in the order of the regulation', () => {
    const letters = [
      'total-sales', 'groups', 'tenders', 'operators', 'tips', 'vat', 'float', 'receipts', 'drawer-openings-without-sale', 'copies', 'provisional', 'returns', 'discounts', 'abandoned',
      'line-corrections', 'price-enquiries', 'other-corrections', 'delivery', 'training', 'grand-sales', 'grand-returns', 'grand-net',
    ];
    expect(countries.NO.reportFields.filter((field) => letters.includes(field))).toEqual(letters);
    for (const field of ['credit-sales', 'pay-ins', 'pay-outs'] as const) expect(countries.NO.reportFields).toContain(field);
  });

  test('SE-10 Sweden shows all of its own: goods and services, every drawer opening, what lowers the sales', () => {
    const wanted = [
      'total-sales', 'groups', 'vat', 'float', 'goods', 'services', 'receipts', 'drawer-openings', 'copies', 'training', 'tenders', 'returns', 'discounts', 'other-corrections', 'abandoned',
      'grand-sales', 'grand-returns', 'grand-net',
    ] as const;
    for (const field of wanted) expect(countries.SE.reportFields).toContain(field);
  });

  test('no country shows a field twice or one that is none', () => {
    for (const pack of all) {
      expect(new Set(pack.reportFields).size).toBe(pack.reportFields.length);
      for (const field of pack.reportFields) expect(reportFields).toContain(field);
    }
  });
});
