import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mayOpen } from './hand-over.ts';
import { pauseMs } from './pace.ts';

const standing = { pollEveryMs: 1_000, silences: 0, ageMs: 0, question: false };

describe('the pace of questions', () => {
  test('is the provider’s as long as it answers, also while people are asked', () => {
    expect(pauseMs(standing)).toBe(1_000);
    expect(pauseMs({ ...standing, question: true, ageMs: 3_600_000 })).toBe(1_000);
    expect(pauseMs({ ...standing, pollEveryMs: 7_000, silences: 2 })).toBe(7_000);
  });

  test('doubles with each silence, up to five seconds while the customer may stand there, then up to a minute', () => {
    const at = (silences: number, ageMs: number): number => pauseMs({ ...standing, silences, ageMs });
    expect([3, 4, 5, 6].map((silences) => at(silences, 10_000))).toEqual([2_000, 4_000, 5_000, 5_000]);
    expect([3, 6, 8, 9, 90].map((silences) => at(silences, 600_000))).toEqual([2_000, 16_000, 60_000, 60_000, 60_000]);
  });

  test('PAY-I4 never ends: there is always a next question within a minute, or at the provider’s own slower pace', () => {
    fc.assert(
      fc.property(fc.integer({ min: 100, max: 120_000 }), fc.nat(), fc.nat(), fc.boolean(), (pollEveryMs, silences, ageMs, question) => {
        const pause = pauseMs({ pollEveryMs, silences, ageMs, question });
        expect(pause).toBeGreaterThanOrEqual(pollEveryMs);
        expect(pause).toBeLessThanOrEqual(Math.max(pollEveryMs, 60_000));
      }),
    );
  });
});

test.each(['https://pay.example/1', 'somepay://pay?token=1'])('another application may be opened with %s', (address) => expect(mayOpen(address)).toBe(true));
test.each(['file:///etc/passwd', 'javascript:alert(1)', 'data:text/html,x', 'not an address', ''])('and never with %s', (address) => expect(mayOpen(address)).toBe(false));
