import fc from 'fast-check';
import { expect, test } from 'vitest';
import { saleChangeOf } from '../../../src-main/app/sale-change.ts';
import { saleChange, type LineView, type SaleView } from '../../../src-main/contract/sale.ts';
import { changedSale } from './sale-change.ts';

const totals = { articles: 0, grossMinor: 0, discountMinor: 0, totalMinor: 0, vatMinor: 0, paidMinor: 0, dueMinor: 0, cashDueMinor: 0 };
const empty: SaleView = {
  receiptId: null, revision: 0, state: 'open', currency: 'EUR', parkedName: '', note: '', customerReference: '', discount: null,
  discountReason: '', serving: null, distance: false, lines: [], newestLineId: null, posts: [], totals, tenders: [], parkedCount: 0, aside: [],
};
const line = (id: string, revision: number, position: number): LineView => ({
  id, position, articleId: null, name: `Article ${id}`, code: '', unit: 'piece', quantityMilli: 1000 * revision, unitPriceMinor: 100,
  listPriceMinor: 100, overrideReason: '', discount: null, discountMinor: 0, amountMinor: 100 * revision, vatRateBasisPoints: 1400,
  labels: [], note: '', revision,
});
const renumbered = (lines: readonly LineView[]): LineView[] => lines.map((one, index) => ({ ...one, position: index + 1 }));

type Step = { readonly kind: 'add' | 'change' | 'remove' | 'insert' | 'refresh' | 'next'; readonly at: number };
const step = fc.record({ kind: fc.constantFrom<Step['kind'][]>('add', 'change', 'remove', 'insert', 'refresh', 'next'), at: fc.nat(40) });

/** One step of a till: what the receipt looks like after it. */
function after(sale: SaleView, { kind, at }: Step, serial: number): SaleView {
  const revision = sale.revision + 1;
  const place = sale.lines.length === 0 ? 0 : at % sale.lines.length;
  if (kind === 'refresh') return { ...sale, parkedCount: sale.parkedCount + 1 };
  if (kind === 'next') return { ...empty, receiptId: `receipt-${serial}`, revision: 1 };
  const receiptId = sale.receiptId ?? `receipt-${serial}`;
  const { lines } = sale;
  if (kind === 'add' || lines.length === 0) return { ...sale, receiptId, revision, lines: renumbered([...lines, line(`line-${serial}`, revision, 0)]) };
  if (kind === 'insert') return { ...sale, receiptId, revision, lines: renumbered([...lines.slice(0, place), line(`line-${serial}`, revision, 0), ...lines.slice(place)]) };
  if (kind === 'remove') return { ...sale, receiptId, revision, lines: renumbered(lines.filter((_, index) => index !== place)) };
  return { ...sale, receiptId, revision, lines: lines.map((one, index) => (index === place ? line(one.id, revision, one.position) : one)) };
}

test('a window that follows every change holds the receipt of the main side', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      let main = empty;
      let window: SaleView | null = empty;
      for (const [serial, one] of steps.entries()) {
        const next = after(main, one, serial);
        window = changedSale(window, saleChange.parse(saleChangeOf(main, next)));
        main = next;
        expect(window).toEqual(main);
      }
    }),
  );
});

test('a scan on a hundred lines sends one of them', () => {
  const full: SaleView = { ...empty, receiptId: 'r', revision: 100, lines: Array.from({ length: 100 }, (_, index) => line(`l${index}`, index + 1, index + 1)) };
  const scanned = { ...full, revision: 101, lines: [...full.lines, line('l100', 101, 101)] };
  expect(saleChangeOf(full, scanned).lines.map(({ id }) => id)).toEqual(['l100']);
  const kept = changedSale(full, saleChangeOf(full, scanned));
  expect(kept?.lines[0]).toBe(full.lines[0]);
});

test('a window that missed a change knows that it did', () => {
  const first = after(empty, { kind: 'add', at: 0 }, 1);
  const second = after(first, { kind: 'add', at: 0 }, 2);
  const third = after(second, { kind: 'add', at: 0 }, 3);
  expect(changedSale(first, saleChangeOf(second, third))).toBeNull();
  expect(changedSale(null, saleChangeOf(second, third))).toBeNull();
  expect(changedSale({ ...second, lines: [] }, saleChangeOf(second, third))).toBeNull();
});
