import { expect, test } from 'vitest';
import { afterTry, isDue, pauseMs, queuedAnew, queuedReceipt } from './provider-receipt.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const nowMs = Date.parse('2026-11-26T10:00:00.000Z');
const queued = queuedReceipt({ attemptId: 'a', receiptId: 'r', registerId: 'till' }, nowMs);

test('VIPPS-12 silence is asked again after growing pauses of an hour at most, for a week', () => {
  expect([1, 2, 3].map(pauseMs)).toEqual([5_000, 10_000, 20_000]);
  expect(pauseMs(40)).toBe(hourMs);
  let receipt = queued;
  let atMs = nowMs;
  while (receipt.state === 'waiting') {
    expect(isDue(receipt, atMs - 1)).toBe(false);
    expect(isDue(receipt, atMs)).toBe(true);
    receipt = afterTry(receipt, { code: 'unreachable' }, atMs);
    atMs = Date.parse(receipt.nextTryAt);
  }
  expect(receipt).toMatchObject({ state: 'refused', problem: { code: 'unreachable' } });
  const lastedMs = Date.parse(receipt.endedAt ?? '') - nowMs;
  expect(lastedMs).toBeGreaterThanOrEqual(7 * dayMs);
  expect(lastedMs).toBeLessThan(7 * dayMs + hourMs);
});

test('a refusal is believed after three tries; a person begins again; what is there is there', () => {
  let receipt = queued;
  for (const state of ['waiting', 'waiting', 'refused']) {
    receipt = afterTry(receipt, { code: 'not-configured' }, nowMs);
    expect(receipt.state).toBe(state);
  }
  expect(queuedAnew(receipt, nowMs + dayMs)).toEqual({ ...queued, queuedAt: '2026-11-27T10:00:00.000Z', nextTryAt: '2026-11-27T10:00:00.000Z' });
  expect(afterTry(receipt, null, nowMs)).toMatchObject({ state: 'sent', problem: null, tries: 4 });
});

test('a clock that was set back does not keep it waiting', () => {
  const waits = afterTry(queued, { code: 'unreachable' }, nowMs);
  expect(isDue(waits, nowMs)).toBe(false);
  expect(isDue(waits, nowMs - 2 * hourMs)).toBe(true);
});
