import { describe, expect, test } from 'vitest';
import { must, receiptWith, someLine } from '../../testing/receipt-builders.ts';
import { minor } from '../money.ts';
import type { Receipt } from '../sales/model.ts';
import { paidOf, totalsOf } from '../sales/totals.ts';
import { payImmediately, takeBack, type ImmediatePayment } from './immediate.ts';
import { tenderRegistry, tenderView, type TenderKind } from './tenders.ts';

const registry = tenderRegistry([]);
const kindOf = (kind: string): TenderKind => {
  const found = registry.get(kind);
  if (!found) throw new Error(kind);
  return found;
};

let made = 0;
function payment(kind: string, amountMinor: number, fields: Partial<ImmediatePayment> = {}): ImmediatePayment {
  made += 1;
  return {
    requestId: `request-${made}`,
    tenderId: kind,
    kind: kindOf(kind),
    amountMinor: minor(amountMinor),
    givenMinor: null,
    reference: '',
    cashStepMinor: 5,
    at: '2026-11-21T10:00:00.000Z',
    attemptId: `attempt-${made}`,
    paymentPostId: `payment-${made}`,
    changePostId: `change-${made}`,
    ...fields,
  };
}

const sale = (): Receipt => receiptWith([someLine({ unitPriceMinor: minor(2611) })]);

describe('paying at once', () => {
  test('PAY-I2 cash with change completes the receipt and its posts sum to total and rounding', () => {
    const { receipt, newPosts, attempt } = must(payImmediately(sale(), payment('cash', 2610, { givenMinor: minor(5000) })));
    expect(receipt).toMatchObject({ state: 'completed', roundingMinor: -1 });
    expect(newPosts.map((post) => post.amountMinor)).toEqual([5000, -2390]);
    expect(paidOf(receipt.posts)).toBe(2610);
    expect(attempt).toMatchObject({ state: 'paid', amountMinor: 2610, changeMinor: 2390 });
  });

  test('PAY-I2 a part in cash and the rest by card complete it together, without rounding', () => {
    const part = must(payImmediately(sale(), payment('cash', 1000, { givenMinor: minor(2000) })));
    expect(part).toMatchObject({ completed: false, receipt: { state: 'paying' } });
    expect(totalsOf(part.receipt).dueMinor).toBe(1611);
    const rest = must(payImmediately(part.receipt, payment('manual-card', 1611, { reference: '4411-0098' })));
    expect(rest.receipt).toMatchObject({ state: 'completed', roundingMinor: 0 });
    expect(paidOf(rest.receipt.posts)).toBe(2611);
  });

  test('a card slip needs its reference, takes no more than is due and is marked as the word of the cashier', () => {
    expect(payImmediately(sale(), payment('manual-card', 2611))).toMatchObject({ error: { code: 'reference-missing' } });
    const more = payment('manual-card', 2612, { reference: '1' });
    expect(payImmediately(sale(), more)).toMatchObject({ error: { code: 'amount-out-of-range' } });
    const { newPosts } = must(payImmediately(sale(), payment('manual-card', 2611, { reference: '1' })));
    expect(newPosts[0]?.verified).toBe(false);
  });

  test('a receipt of free articles is completed with nothing', () => {
    const free = receiptWith([someLine({ unitPriceMinor: minor(0) })]);
    const { receipt } = must(payImmediately(free, payment('cash', 0)));
    expect(receipt.state).toBe('completed');
  });

  test('deposits given back are paid out', () => {
    const deposits = receiptWith([someLine({ unitPriceMinor: minor(-40) })]);
    const { receipt, newPosts } = must(payImmediately(deposits, payment('cash', -40)));
    expect(receipt.state).toBe('completed');
    expect(newPosts.map((post) => post.amountMinor)).toEqual([-40]);
  });

  test('a part payment can be given back, and the receipt is open again', () => {
    const part = must(payImmediately(sale(), payment('cash', 1000, { givenMinor: minor(2000) })));
    const post = part.newPosts[0]?.id ?? '';
    const back = must(takeBack(part.receipt, post, { id: 'undo', at: '2026-11-21T10:01:00.000Z' }, kindOf));
    expect(back.newPosts).toMatchObject([{ kind: 'taken-back', amountMinor: -1000 }]);
    expect(back.receipt.state).toBe('open');
    expect(paidOf(back.receipt.posts)).toBe(0);
    expect(takeBack(back.receipt, post, { id: 'undo-2', at: '' }, kindOf).ok).toBe(false);
  });
});

describe('tender buttons', () => {
  const now = { dueMinor: minor(2611), hasLines: true, currency: 'EUR', cashStepMinor: 5, online: false, missing: () => null, capabilities: () => null, distance: false, busy: () => false, goingBack: false } as const;
  const button = (kind: string, fields: Partial<typeof now> = {}) =>
    tenderView({ id: kind, kind, name: '', colour: null, position: 1 }, registry, { ...now, ...fields });

  test('say what cash would take after rounding', () => {
    expect(button('cash')).toMatchObject({ usable: true, amountMinor: 2610, givesChange: true });
  });

  test('say why they cannot be used', () => {
    expect(button('seqr')).toMatchObject({ usable: false, reason: 'not-registered' });
    expect(button('cash', { hasLines: false } as never)).toMatchObject({ usable: false, reason: 'nothing-to-pay' });
    expect(button('manual-card', { dueMinor: minor(-40) } as never)).toMatchObject({ reason: 'refund-only-cash' });
  });

  test('a provider can be used within its limits, its currencies and with a network', () => {
    const capabilities = {
      kind: 'app',
      currencies: ['EUR'],
      minimumMinor: 100,
      maximumMinor: 100_000,
      needsNetwork: true,
      needsTerminal: true,
      oneActivePayment: true,
      pollEveryMs: 1000,
      retry: 'ask-first', lateStartMs: null, proof: 'asked', steps: [], cancels: true, endsAfterMs: null, tips: false,
      lessThanDue: true,
      moreThanDue: false,
      partIsFinal: true,
      refund: null,
      customerAct: 'scan-code',
      postText: 'App payment',
    } as const;
    const app = { capabilities, description: { name: 'App' } };
    const withApp = tenderRegistry([app]);
    const config = { id: 'app', kind: 'app', name: '', colour: null, position: 1 };
    const reason = (fields: object) => tenderView(config, withApp, { ...now, online: true, ...fields }).reason;
    expect(reason({})).toBeNull();
    expect(reason({ online: false })).toBe('no-network');
    expect(reason({ dueMinor: minor(99) })).toBe('below-minimum');
    expect(reason({ dueMinor: minor(100_001) })).toBe('above-maximum');
    expect(reason({ currency: 'NOK' })).toBe('not-registered');
    expect(() => tenderRegistry([app, app])).toThrow(/twice/);
  });
});
