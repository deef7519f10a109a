import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Discount } from '../../contract/sale.ts';
import { minor, sum } from '../money.ts';
import type { NewLine } from './changes.ts';
import { must, receiptWith, someLine } from '../../testing/receipt-builders.ts';
import { composeReturn, cameBack, confirmReturn, dropReturn, linesBack, openReturn, storeLinesBack, type CameBack, type StoreLine, type Wanted } from './returns.ts';
import { activeLines, totalsOf } from './totals.ts';
import type { Receipt } from './model.ts';

let serial = 0;
const newId = (): string => `back-${(serial += 1)}`;
const opening = { registerId: 'register-1', staffId: 'staff-1', currency: 'EUR', openedAt: '2026-11-26T10:00:00.000Z' } as const;

const discount = fc.option(fc.oneof(
  fc.record({ kind: fc.constant('percent' as const), basisPoints: fc.integer({ min: 1, max: 9_999 }) }),
  fc.record({ kind: fc.constant('amount' as const), amountMinor: fc.integer({ min: 1, max: 300 }) }),
)) as fc.Arbitrary<Discount | null>;
const piece = fc.record({ pieces: fc.integer({ min: 1, max: 9 }), price: fc.integer({ min: -50, max: 2_000 }), rate: fc.constantFrom(0, 600, 1350, 2550), discount }).map(({ pieces, price, rate, discount: off }) =>
  someLine({ quantityMilli: pieces * 1000, unitPriceMinor: minor(price), vatRateBasisPoints: rate, discount: price > 0 ? off : null }));
const sale = fc.record({ lines: fc.array(piece, { minLength: 1, maxLength: 4 }), discount }).map(({ lines, discount: off }): Receipt => ({ ...receiptWith(lines), discount: off }));

/** One visit, here or in another store of the chain: so many thousandths of each line, or a visit that is given up again. */
type Visit = { readonly shares: readonly number[]; readonly givenUp: boolean; readonly elsewhere: boolean };
const visits = fc.array(fc.record({ shares: fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 4, maxLength: 4 }), givenUp: fc.boolean(), elsewhere: fc.boolean() }), { maxLength: 6 });

/** The sale as another store is told of it. */
function linesElsewhere(of: Receipt, back: (lineId: string) => CameBack, wanted: readonly Wanted[]): readonly NewLine[] {
  const totals = new Map(totalsOf(of).lines.map((line) => [line.lineId, line]));
  const told = activeLines(of).map((line): StoreLine => {
    const { grossMinor, payableMinor, vatMinor } = totals.get(line.id) ?? { grossMinor: minor(0), payableMinor: minor(0), vatMinor: minor(0) };
    return { ...line, lineId: line.id, grossMinor, payableMinor, vatMinor, back: back(line.id) };
  });
  return must(storeLinesBack(told, wanted, newId, () => null));
}

function visit(of: Receipt, returns: Receipt[], wanted: (leftMilli: number, index: number) => number, elsewhere = false): Receipt | null {
  const back = cameBack(returns, null);
  const lines = activeLines(of)
    .map((line, index) => ({ lineId: line.id, quantityMilli: wanted(line.quantityMilli - back(line.id).quantityMilli, index) }))
    .filter(({ quantityMilli }) => quantityMilli > 0);
  if (lines.length === 0) return null;
  const taken = elsewhere ? linesElsewhere(of, back, lines) : must(linesBack(of, back, lines, newId));
  const composed = must(composeReturn(openReturn({ ...opening, id: newId() }, { receiptId: of.id, reason: 'Broken', purpose: 'goods', inExchange: false }), taken, 'Broken')).receipt;
  returns.push(composed);
  return composed;
}

const vatByRate = (receipts: readonly Receipt[], sign: 1 | -1): Record<number, number> => {
  const found: Record<number, number> = {};
  for (const { rateBasisPoints, vatMinor } of receipts.flatMap((one) => totalsOf(one).vat)) found[rateBasisPoints] = (found[rateBasisPoints] ?? 0) + sign * vatMinor;
  return found;
};

describe('what goes back', () => {
  test('C-5 however the lines come back, piece by piece, here and in other stores, with visits that are given up: in the end exactly what was paid, and its VAT, and at no time more', () => {
    fc.assert(fc.property(sale, visits, (sold, tries: readonly Visit[]) => {
      const paid = totalsOf(sold);
      const kept: Receipt[] = [];
      for (const { shares, givenUp, elsewhere } of tries) {
        const composed = visit(sold, kept, (leftMilli, index) => Math.min(leftMilli, (shares[index] ?? 0) * 1000), elsewhere);
        if (composed && givenUp) kept[kept.indexOf(composed)] = must(dropReturn(composed));
        const back = cameBack(kept, null);
        for (const line of paid.lines) {
          const gone = back(line.lineId);
          expect(Math.abs(gone.payableMinor)).toBeLessThanOrEqual(Math.abs(line.payableMinor));
          expect(gone.payableMinor * line.payableMinor).toBeGreaterThanOrEqual(0);
          expect(Math.abs(gone.grossMinor)).toBeGreaterThanOrEqual(Math.abs(gone.payableMinor) * Math.sign(line.grossMinor >= 0 ? 1 : 0));
        }
      }
      visit(sold, kept, (leftMilli) => leftMilli);
      const real = kept.filter((one) => one.state !== 'voided');
      expect(0 - sum(real.map((one) => totalsOf(one).totalMinor))).toBe(paid.totalMinor);
      expect(0 - sum(real.map((one) => totalsOf(one).grossMinor))).toBe(paid.grossMinor);
      expect(vatByRate(real, -1)).toEqual(vatByRate([sold], 1));
      // Nothing is left of anything.
      expect(visit(sold, kept, (leftMilli) => leftMilli)).toBeNull();
    }), { numRuns: 400 });
  });

  test('never more than is left, no line twice, pieces whole', () => {
    const sold = receiptWith([someLine({ quantityMilli: 3000 }), someLine({ unit: 'kg', quantityMilli: 742 })]);
    const [bun, cheese] = activeLines(sold);
    const back = (lines: readonly (readonly [string | undefined, number])[]) => linesBack(sold, cameBack([], null), lines.map(([lineId = '', quantityMilli]) => ({ lineId, quantityMilli })), newId);
    expect(back([[bun?.id, 4000]])).toMatchObject({ error: { code: 'return-too-much', detail: { left: 3 } } });
    expect(back([[bun?.id, 500]])).toMatchObject({ error: { code: 'quantity-out-of-range' } });
    expect(back([[bun?.id, 1000], [bun?.id, 1000]])).toMatchObject({ error: { code: 'line-unknown' } });
    expect(back([[cheese?.id, 500]])).toMatchObject({ ok: true });
    expect(back([['another', 1000]])).toMatchObject({ error: { code: 'line-unknown' } });
  });

  test('a bought line is shown as it was sold: its price, and its discount below it', () => {
    const sold = receiptWith([someLine({ quantityMilli: 3000, unitPriceMinor: minor(100), discount: { kind: 'percent', basisPoints: 1000 } })]);
    const [back] = must(linesBack(sold, cameBack([], null), [{ lineId: activeLines(sold)[0]?.id ?? '', quantityMilli: 2000 }], newId));
    expect(back).toMatchObject({ unitPriceMinor: 100, fixedAmountMinor: -180, back: { grossMinor: -200 }, discount: null });
  });
});

test('a return begins with a reason and lines, and is given up only while nothing has gone back', () => {
  const sold = receiptWith([someLine({ quantityMilli: 2000, unitPriceMinor: minor(150) })]);
  const empty = openReturn({ ...opening, id: 'r' }, { receiptId: sold.id, reason: '', purpose: 'goods', inExchange: false });
  expect(confirmReturn(empty)).toMatchObject({ error: { code: 'receipt-empty' } });
  const lines = must(linesBack(sold, cameBack([], null), [{ lineId: activeLines(sold)[0]?.id ?? '', quantityMilli: 1000 }], newId));
  expect(confirmReturn(must(composeReturn(empty, lines, ' ')).receipt)).toMatchObject({ error: { code: 'reason-missing' } });
  const paying = must(confirmReturn(must(composeReturn(empty, lines, 'Too small')).receipt));
  expect(paying).toMatchObject({ state: 'paying', returned: { reason: 'Too small' } });
  const fewer = must(composeReturn(paying, [], 'Too small'));
  expect([fewer.receipt.state, fewer.lines.map((line) => line.state)]).toEqual(['open', ['removed']]);
  const post = { id: 'p', attemptId: 'a', tenderId: 'cash', tenderKind: 'cash', kind: 'payment', amountMinor: minor(-150), reference: '', description: '', verified: true, at: '' } as const;
  expect(dropReturn({ ...paying, posts: [post] })).toMatchObject({ error: { code: 'return-under-way' } });
  expect(dropReturn(paying)).toMatchObject({ value: { state: 'voided' } });
});
