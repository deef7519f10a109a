import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arbitrate, atOnceMs, doubledMs, noArrivals, type Arrival } from './arbiter.ts';

/** What becomes of scans given as [device, code, time]. */
function judge(scans: readonly (readonly [string, string, number])[]): string[] {
  let state = noArrivals;
  return scans.map(([device, code, atMs]) => {
    const step = arbitrate(state, { device, code, atMs });
    ({ state } = step);
    return step.verdict.kind === 'take' ? 'take' : step.verdict.reason;
  });
}

describe('scans that a person did not mean', () => {
  test('the same code again at once is doubled, after a while it is a second article', () => {
    expect(judge([['a', '1', 0], ['a', '1', doubledMs - 1]])).toEqual(['take', 'doubled']);
    expect(judge([['a', '1', 0], ['a', '1', doubledMs]])).toEqual(['take', 'take']);
    expect(judge([['a', '1', 0], ['a', '2', 50], ['a', '3', 60]])).toEqual(['take', 'take', 'take']);
  });

  test('an article held before the glass for seconds is one article', () => {
    const held = Array.from({ length: 20 }, (_, index) => ['a', '1', index * 300] as const);
    expect(judge(held).filter((one) => one === 'take')).toHaveLength(1);
  });

  test('two scanners at once: the second is refused, whatever it read', () => {
    expect(judge([['a', '1', 0], ['b', '1', 100]])).toEqual(['take', 'doubled']);
    expect(judge([['a', '1', 0], ['b', '2', 100]])).toEqual(['take', 'at-once']);
    expect(judge([['a', '1', 0], ['b', '2', atOnceMs]])).toEqual(['take', 'take']);
    expect(judge([['a', '1', 0], ['b', '2', 100], ['a', '3', 150]])).toEqual(['take', 'at-once', 'take']);
  });

  test('a clock that was set back refuses nothing', () => {
    expect(judge([['a', '1', 5000], ['a', '1', 4000]])).toEqual(['take', 'take']);
  });

  test('of any scans none is taken that came at once or doubled', () => {
    const scan = fc.tuple(fc.constantFrom('a', 'b'), fc.constantFrom('1', '2', '3'), fc.nat({ max: 400 }));
    fc.assert(
      fc.property(fc.array(scan, { maxLength: 60 }), (gaps) => {
        let [state, atMs] = [noArrivals, 0];
        const [taken, all]: [Arrival[], Arrival[]] = [[], []];
        for (const [device, code, gapMs] of gaps) {
          atMs += gapMs;
          const step = arbitrate(state, { device, code, atMs });
          ({ state } = step);
          all.push({ device, code, atMs });
          if (step.verdict.kind === 'take') taken.push({ device, code, atMs });
        }
        taken.forEach((one, index) => {
          const next = taken[index + 1];
          if (next && next.device !== one.device) expect(next.atMs - one.atMs).toBeGreaterThanOrEqual(atOnceMs);
          // Of two alike from one scanner nothing but another code may have come sooner between them.
          const again = taken.slice(index + 1).find((later) => later.device === one.device);
          if (again && again.code === one.code && again.atMs - one.atMs < doubledMs) {
            expect(all.some((between) => between.device === one.device && between.code !== one.code && between.atMs >= one.atMs && between.atMs <= again.atMs)).toBe(true);
          }
        });
      }),
    );
  });
});
