import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mayOpen } from './hand-over.ts';
import { pauseMs, restMs } from './pace.ts';

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

  test('is cut short by the provider’s own time, and is the usual one again once that is over', () => {
    expect([restMs(1_000, 200, null), restMs(1_000, 200, 500), restMs(1_000, 200, 5_000)]).toEqual([800, 500, 800]);
    // A payment that is held, in doubt or in its customer's hands outlives it.
    expect([restMs(1_000, 200, 0), restMs(1_000, 200, -90_000), restMs(1_000, 1_200, -1)]).toEqual([800, 800, 0]);
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
