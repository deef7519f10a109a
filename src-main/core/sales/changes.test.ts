import { describe, expect, test } from 'vitest';
import { must, receiptWith, someLine } from '../../testing/receipt-builders.ts';
import { minor } from '../money.ts';
import {
  addLine,
  discountBasisPoints,
  discountLine,
  discountReceipt,
  maximumLines,
  newestLine,
  overridePrice,
  park,
  removeLine,
  restoreLine,
  resume,
  setQuantity,
  voidReceipt,
} from './changes.ts';
import type { Receipt } from './model.ts';
import { activeLines, totalsOf } from './totals.ts';

const first = (receipt: Receipt): string => receipt.lines[0]?.id ?? '';

describe('adding', () => {
  test('the same article scanned twice in a row counts its line up', () => {
    const milk = someLine();
    const receipt = must(addLine(receiptWith([milk]), { ...milk, id: 'again' })).receipt;
    expect(activeLines(receipt)).toHaveLength(1);
    expect(receipt.lines[0]?.quantityMilli).toBe(2000);
  });

  test('an article scanned again after another one gets a line of its own', () => {
    const milk = someLine();
    const receipt = must(addLine(receiptWith([milk, someLine()]), { ...milk, id: 'again' })).receipt;
    expect(activeLines(receipt)).toHaveLength(3);
  });

  test('a line with a discount, a note or another price is not counted up', () => {
    const milk = someLine();
    const open = receiptWith([milk]);
    const discounted = must(discountLine(open, milk.id, { kind: 'percent', basisPoints: 1000 }, '')).receipt;
    const repriced = must(overridePrice(open, milk.id, minor(100), 'dented')).receipt;
    for (const receipt of [discounted, repriced]) {
      expect(activeLines(must(addLine(receipt, { ...milk, id: 'again' })).receipt)).toHaveLength(2);
    }
  });

  test('the newest line is the one that changed last', () => {
    const receipt = receiptWith([someLine(), someLine(), someLine()]);
    expect(newestLine(receipt)?.id).toBe(receipt.lines[2]?.id);
    const changed = must(setQuantity(receipt, first(receipt), 5000)).receipt;
    expect(newestLine(changed)?.id).toBe(first(receipt));
  });

  test('a receipt that is full says so', () => {
    const full = { ...receiptWith([]), lines: receiptWith(Array.from({ length: maximumLines }, () => someLine())).lines };
    expect(addLine(full, someLine())).toMatchObject({ ok: false, error: { code: 'receipt-full' } });
  });
});

describe('changing', () => {
  test('each change raises the revision by one and stamps the line with it', () => {
    const receipt = receiptWith([someLine(), someLine()]);
    const change = must(setQuantity(receipt, first(receipt), 3000));
    expect(change.receipt.revision).toBe(receipt.revision + 1);
    expect(change.lines).toMatchObject([{ id: first(receipt), revision: receipt.revision + 1 }]);
  });

  test('half a piece is refused, half a kilogram is not', () => {
    const pieces = receiptWith([someLine()]);
    expect(setQuantity(pieces, first(pieces), 500).ok).toBe(false);
    const weighed = receiptWith([someLine({ unit: 'kg' })]);
    expect(setQuantity(weighed, first(weighed), 500).ok).toBe(true);
  });

  test('a discount larger than the line is refused and says how much may go', () => {
    const receipt = receiptWith([someLine({ unitPriceMinor: minor(300) })]);
    const refused = discountLine(receipt, first(receipt), { kind: 'amount', amountMinor: 301 }, '');
    expect(refused).toMatchObject({ ok: false, error: { code: 'discount-too-large', detail: { maximumMinor: 300 } } });
  });

  test('a discount is measured against what it is taken from', () => {
    expect(discountBasisPoints({ kind: 'amount', amountMinor: 30 }, minor(300))).toBe(1000);
    expect(discountBasisPoints({ kind: 'amount', amountMinor: 31 }, minor(300))).toBe(1034);
    expect(discountBasisPoints({ kind: 'percent', basisPoints: 500 }, minor(300))).toBe(500);
  });

  test('an override keeps the list price and needs a reason', () => {
    const receipt = receiptWith([someLine({ unitPriceMinor: minor(849) })]);
    expect(overridePrice(receipt, first(receipt), minor(700), ' ').ok).toBe(false);
    const changed = must(overridePrice(receipt, first(receipt), minor(700), 'shelf label')).receipt;
    expect(changed.lines[0]).toMatchObject({ unitPriceMinor: 700, listPriceMinor: 849, overrideReason: 'shelf label' });
    const back = must(overridePrice(changed, first(receipt), minor(849), 'shelf label')).receipt;
    expect(back.lines[0]?.overrideReason).toBe('');
  });

  test('a removed line can be brought back as it was', () => {
    const receipt = receiptWith([someLine(), someLine()]);
    const removed = must(removeLine(receipt, first(receipt))).receipt;
    expect(activeLines(removed)).toHaveLength(1);
    const restored = must(restoreLine(removed, first(receipt))).receipt;
    expect(totalsOf(restored).totalMinor).toBe(totalsOf(receipt).totalMinor);
  });

  test('a discount on the receipt needs something to take it from', () => {
    const off = { kind: 'percent', basisPoints: 1000 } as const;
    expect(discountReceipt(receiptWith([]), off, '')).toMatchObject({ error: { code: 'receipt-empty' } });
  });
});

describe('parking and voiding', () => {
  test('a parked receipt is taken up by another register and person', () => {
    const parked = must(park(receiptWith([someLine()]), 'blue jacket')).receipt;
    const resumed = must(resume(parked, 'register-2', 'staff-2')).receipt;
    expect(resumed).toMatchObject({ state: 'open', registerId: 'register-2', staffId: 'staff-2', parkedName: 'blue jacket' });
    expect(resume(resumed, 'register-3', 'staff-3')).toMatchObject({ error: { code: 'receipt-not-parked' } });
  });

  test('an empty receipt cannot be parked', () => {
    expect(park(receiptWith([]), 'x')).toMatchObject({ error: { code: 'receipt-empty' } });
  });

  test('PAY-I8 a receipt that carries a payment can neither be parked, voided nor changed', () => {
    const receipt: Receipt = { ...receiptWith([someLine()]), state: 'paying' };
    for (const refused of [
      park(receipt, 'x'),
      voidReceipt(receipt, 'x'),
      addLine(receipt, someLine()),
      removeLine(receipt, first(receipt)),
      discountReceipt(receipt, null, ''),
    ]) {
      expect(refused).toMatchObject({ ok: false, error: { code: 'receipt-has-payments' } });
    }
  });
});
