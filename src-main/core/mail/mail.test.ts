import { describe, expect, test } from 'vitest';
import type { OutgoingMail } from '../ports/mail.ts';
import { answered, dropped, hopesForNetwork, interrupted, isDue, sending, waitMs } from './queue.ts';

const minuteMs = 60_000;
const start = Date.parse('2026-11-26T10:00:00.000Z');
const mail: OutgoingMail = {
  id: 'm', receiptId: 'r', registerId: 'k', staffId: 's', sealedRecipient: 'sealed', keepsRecipient: false, copy: false, state: 'queued', tries: 0, problem: null,
  queuedAt: '2026-11-26T10:00:00.000Z', nextTryAt: '2026-11-26T10:00:00.000Z', endedAt: null,
};

describe('a mail’s life', () => {
  test('waits a minute, then twice as long each time, an hour at most', () => {
    expect([1, 2, 3, 4, 5, 6, 7, 8, 100].map((tries) => waitMs(tries) / minuteMs)).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60]);
  });

  test('is tried for three days and then given up, and the address is forgotten', () => {
    let now = start;
    let one = mail;
    while (one.state === 'queued') {
      expect(isDue(one, now)).toBe(true);
      one = answered(sending(one), { ok: false, problem: 'unreachable', permanent: false }, now);
      if (one.state === 'queued') now = Date.parse(one.nextTryAt);
    }
    expect(one).toMatchObject({ state: 'failed', problem: 'unreachable', sealedRecipient: null });
    expect((now - start) / (24 * 60 * minuteMs)).toBeGreaterThanOrEqual(3);
    expect((now - start) / (24 * 60 * minuteMs)).toBeLessThan(3.05);
    expect(one.tries).toBe(78);
  });

  test('sent, refused or gone another way it forgets the address; kept only where the customer agreed', () => {
    expect(answered(sending(mail), { ok: true }, start)).toMatchObject({ state: 'sent', tries: 1, sealedRecipient: null, endedAt: '2026-11-26T10:00:00.000Z' });
    expect(answered(sending(mail), { ok: false, problem: 'recipient-refused', permanent: true }, start)).toMatchObject({ state: 'failed', sealedRecipient: null });
    expect(dropped({ ...mail, keepsRecipient: true }, start)).toMatchObject({ state: 'dropped', sealedRecipient: null });
    expect(answered(sending({ ...mail, keepsRecipient: true }), { ok: true }, start)).toMatchObject({ sealedRecipient: 'sealed' });
  });

  test('what a kill left is due at once, and so is what a set-back clock would keep waiting', () => {
    const left = interrupted(sending(mail), start);
    expect(isDue(left, start)).toBe(true);
    expect(hopesForNetwork(left)).toBe(true);
    expect(hopesForNetwork({ ...mail, problem: 'login-refused' })).toBe(false);
    expect(isDue({ ...mail, nextTryAt: '2026-11-26T10:30:00.000Z' }, start)).toBe(false);
    expect(isDue({ ...mail, nextTryAt: '2026-11-27T10:00:00.000Z' }, start)).toBe(true);
    expect(isDue(sending(mail), start)).toBe(false);
  });
});
