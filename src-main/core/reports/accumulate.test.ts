import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { must, receiptWith, someLine } from '../../testing/receipt-builders.ts';
import { minor } from '../money.ts';
import type { JournalEntry } from '../ports/journal.ts';
import { discountReceipt } from '../sales/changes.ts';
import type { Post, Receipt } from '../sales/model.ts';
import { totalsOf } from '../sales/totals.ts';
import { figuresOf, grandAfter, operatorsOf, type ReportNames } from './accumulate.ts';

const names: ReportNames = { group: (line) => line.labels[0] ?? '', tender: (tenderId) => (tenderId === 'vipps' ? 'Vipps' : '') };

let posts = 0;
const post = (fields: Partial<Post>): Post => {
  posts += 1;
  return { id: `p${posts}`, attemptId: `a${posts}`, tenderId: 'card', tenderKind: 'manual-card', kind: 'payment', amountMinor: minor(0), reference: '', description: '', verified: false, at: 't', ...fields };
};
/** A completed receipt of these lines, paid exactly. */
function completed(receipt: Receipt, about: Partial<Receipt> = {}, tender: Partial<Post> = {}): Receipt {
  const done: Receipt = { ...receipt, state: 'completed', completedAt: 't', number: 1, ...about };
  return { ...done, posts: [post({ amountMinor: totalsOf(done).totalMinor, ...tender })] };
}
const entry = (kind: string, detail: Readonly<Record<string, unknown>>, staffId: string | null = 'a'): JournalEntry => ({ registerId: 'r', seq: 1, at: 't', offsetMinutes: 0, staffId, kind, receiptId: null, detail, previousHash: '', hash: '' });

const anyLine = fc.record({ price: fc.integer({ min: -500, max: 50_000 }), pieces: fc.integer({ min: 1, max: 9 }), rate: fc.constantFrom(2500, 1350, 600, 0), group: fc.constantFrom('Food', 'Home', '') });
const anyReceipt = fc.record({ lines: fc.array(anyLine, { minLength: 1, maxLength: 6 }), staff: fc.constantFrom('a', 'b', 'c'), tender: fc.constantFrom('card', 'vipps', 'seqr'), off: fc.integer({ min: 0, max: 3000 }) }).map(({ lines, staff, tender, off }) => {
  const plain = receiptWith(lines.map(({ price, pieces, rate, group }) => someLine({ unitPriceMinor: minor(price), quantityMilli: pieces * 1000, vatRateBasisPoints: rate, labels: [group] })));
  const some = totalsOf(plain).lines.some((line) => line.amountMinor > 0);
  const receipt = off > 0 && some ? must(discountReceipt(plain, { kind: 'percent', basisPoints: off }, 'r')).receipt : plain;
  return completed(receipt, { staffId: staff }, { tenderId: tender, tenderKind: tender });
});

describe('figures', () => {
  test('C-12 C-14 whatever is sold, groups, rates, tenders and people each come to the same total', () => {
    fc.assert(
      fc.property(fc.array(anyReceipt, { maxLength: 12 }), (receipts) => {
        const figures = figuresOf(receipts, [], names);
        const people = operatorsOf(receipts, [], names);
        const total = receipts.reduce((all, receipt) => all + totalsOf(receipt).totalMinor, 0);
        expect(figures.totalMinor).toBe(total);
        expect(people.reduce((all, one) => all + one.figures.totalMinor, 0)).toBe(total);
        for (const rows of [figures.groups, figures.tenders]) expect(rows.reduce((all, row) => all + row.amountMinor, 0)).toBe(total);
        expect(figures.vat.reduce((all, row) => all + row.netMinor + row.vatMinor, 0)).toBe(total);
        expect(grandAfter({ salesMinor: 100, returnsMinor: 7 }, figures)).toEqual({ salesMinor: 100 + total, returnsMinor: 7, netMinor: 93 + total });
      }),
      { numRuns: 200 },
    );
  });

  test('C-14 each app stands under its own name, change is taken off cash, what went back before the end is nowhere', () => {
    const receipt = receiptWith([someLine({ unitPriceMinor: minor(1000) })]);
    const paid: Receipt = {
      ...completed(receipt),
      posts: [
        post({ tenderId: 'vipps', tenderKind: 'vipps', amountMinor: minor(400) }),
        post({ attemptId: 'cash', tenderId: 'cash', tenderKind: 'cash', amountMinor: minor(1000) }),
        post({ attemptId: 'cash', tenderId: 'cash', tenderKind: 'cash', kind: 'change', amountMinor: minor(-400) }),
        post({ attemptId: 'undone', amountMinor: minor(500) }),
        post({ attemptId: 'undone', kind: 'taken-back', amountMinor: minor(-500) }),
      ],
    };
    expect(figuresOf([paid], [], names).tenders).toEqual([
      { tenderId: 'vipps', kind: 'vipps', name: 'Vipps', count: 1, amountMinor: 400 },
      { tenderId: 'cash', kind: 'cash', name: '', count: 1, amountMinor: 600 },
    ]);
  });

  test('a return lowers the total and is counted apart; an exercise is counted and lowers nothing', () => {
    const sale = completed(receiptWith([someLine({ unitPriceMinor: minor(3000) })]));
    const back = completed(receiptWith([someLine({ unitPriceMinor: minor(-1000) })]), { kind: 'return' });
    const exercise = completed(receiptWith([someLine({ unitPriceMinor: minor(9900) })]), { kind: 'training' });
    const figures = figuresOf([sale, back, exercise], [], names);
    expect(figures).toMatchObject({ totalMinor: 2000, sales: { count: 1, amountMinor: 3000 }, returns: { count: 1, amountMinor: 1000 }, training: { count: 1, amountMinor: 9900 }, goods: 0 });
  });

  test('more than was due and given back in cash, refunds of apps, pay-outs and floats have lines of their own', () => {
    const sale = completed(receiptWith([someLine({ unitPriceMinor: minor(1000) })]));
    const over: Receipt = { ...sale, posts: [post({ tenderId: 'seqr', tenderKind: 'seqr', amountMinor: minor(1500) }), post({ tenderId: 'cash', tenderKind: 'cash', kind: 'cash-back', amountMinor: minor(-500) })] };
    const figures = figuresOf(
      [over],
      [
        entry('shift-opened', { floatMinor: 20_000 }),
        entry('cash-moved', { kind: 'pay-out', amountMinor: -700 }),
        entry('cash-moved', { kind: 'safe-drop', amountMinor: -5000 }),
        entry('payment-refund', { state: 'sending', tender: 'seqr', amountMinor: 300 }),
        entry('payment-refund', { state: 'refunded', tender: 'seqr', amountMinor: 300 }),
        entry('receipt-voided', { reason: 'empty' }),
      ],
      names,
    );
    expect(figures).toMatchObject({ cashBack: { count: 1, amountMinor: 500 }, floatMinor: 20_000, payOuts: { count: 1, amountMinor: 700 }, safeDrops: { count: 1, amountMinor: 5000 }, abandoned: { count: 0 } });
    expect(figures.refunds).toMatchObject([{ kind: 'seqr', count: 1, amountMinor: 300 }]);
  });

  test('a receipt whose posts do not pay for it is a bug that no report hides', () => {
    const wrong = completed(receiptWith([someLine()]), {}, { amountMinor: minor(1) });
    expect(() => figuresOf([wrong], [], names)).toThrow(/in all/);
  });
});
