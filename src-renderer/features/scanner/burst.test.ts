import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expire, noBurst, step, type Key, type Verdict } from './burst.ts';

const key = (name: string, atMs: number): Key => ({ name, text: name.length === 1 ? name : null, atMs });

/** Feeds keys and collects what came of them; `holds` as on a screen without a focused text field. */
function feed(keys: readonly Key[], holds = true): { scans: string[]; released: string[]; verdicts: Verdict['kind'][] } {
  let burst = noBurst;
  const scans: string[] = [];
  const released: string[] = [];
  const verdicts: Verdict['kind'][] = [];
  for (const one of keys) {
    const result = step(burst, one, holds);
    burst = result.burst;
    verdicts.push(result.verdict.kind);
    released.push(...result.release.map((held) => held.name));
    if (result.verdict.kind === 'scan') scans.push(result.verdict.code);
    if (result.verdict.kind === 'pass') released.push(one.name);
  }
  released.push(...expire(burst).release.map((held) => held.name));
  return { scans, released, verdicts };
}

const typed = (text: string, startMs: number, everyMs: number): Key[] =>
  [...text, 'Enter'].map((name, index) => key(name, startMs + index * everyMs));

describe('telling scans from typing', () => {
  test('fast keys ended by Enter are a scan, and the page sees none of them', () => {
    const { scans, released } = feed(typed('6430035450010', 1000, 4));
    expect(scans).toEqual(['6430035450010']);
    expect(released).toEqual([]);
  });

  test('500 scans at 50 a second are 500 scans', () => {
    const codes = Array.from({ length: 500 }, (_, index) => String(2_900_000_000_000 + index));
    const keys = codes.flatMap((code, index) => typed(code, 1000 + index * 20, 20 / 14));
    expect(feed(keys).scans).toEqual(codes);
  });

  test.each([1, 2, 5, 13])('a scan whose keys reach a busy page late is whole by the times of its keys, although the page had %i of them', (had) => {
    const keys = typed('6430035450010', 1000, 4);
    let burst = noBurst;
    for (const one of keys.slice(0, had)) ({ burst } = step(burst, one, true));
    ({ burst } = expire(burst));
    const verdicts = keys.slice(had).map((one) => {
      const result = step(burst, one, true);
      ({ burst } = result);
      expect(result.release).toEqual([]);
      return result.verdict;
    });
    expect(verdicts.at(-1)).toMatchObject({ kind: 'scan', code: '6430035450010', late: true });
    expect(step(burst, key('7', 1300), true).burst).toMatchObject({ late: [], held: [{ name: '7' }] });
  });

  test('a scanner that ends its codes with Tab is read, and a person’s Tab moves on', () => {
    const keys = [...typed('6430035450010', 1000, 4).slice(0, -1), key('Tab', 1056)];
    expect(feed(keys)).toMatchObject({ scans: ['6430035450010'], released: [] });
    expect(feed([key('1', 1000), key('2', 1100), key('Tab', 1200)]).released).toEqual(['1', '2', 'Tab']);
  });

  test('slow keys are typing and reach the page in their order', () => {
    const { scans, released } = feed(typed('milk', 1000, 80));
    expect(scans).toEqual([]);
    expect(released).toEqual(['m', 'i', 'l', 'k', 'Enter']);
  });

  test('an Enter of its own is pressed; one right after a scan is not', () => {
    expect(feed([key('Enter', 1000)]).released).toEqual(['Enter']);
    const { released } = feed([...typed('12345678', 1000, 5), key('Enter', 1048)]);
    expect(released).toEqual([]);
  });

  test('control keys inside a scan never reach the page', () => {
    const burst = ['0', '1', 'F8', 'Escape', ' ', '7', 'Enter'].map((name, index) => key(name, 1000 + index * 3));
    const { scans, released } = feed(burst);
    expect(scans).toEqual(['01\u001d 7']);
    expect(released).toEqual([]);
  });

  test('whatever is pressed, each key is released, scanned or swallowed exactly once', () => {
    const names = fc.constantFrom('1', '2', 'a', ' ', 'Enter', 'Escape', 'F2');
    fc.assert(
      fc.property(fc.array(fc.tuple(names, fc.integer({ min: 1, max: 60 })), { maxLength: 60 }), fc.boolean(), (pressed, holds) => {
        let atMs = 1000;
        const keys = pressed.map(([name, waitMs]) => {
          atMs += waitMs;
          return key(name, atMs);
        });
        const { scans, released, verdicts } = feed(keys, holds);
        const ends = verdicts.filter((kind) => kind === 'scan' || kind === 'swallow').length;
        const silent = keys.filter((one) => one.text === null && one.name !== 'Enter').length;
        const inScans = scans.reduce((sum, code) => sum + code.length, 0);
        expect(released.length + inScans + ends).toBeLessThanOrEqual(keys.length);
        expect(released.length + inScans + ends + silent).toBeGreaterThanOrEqual(keys.length);
        expect(released.filter((name) => name.length === 1).length + inScans).toBe(keys.filter((one) => one.text !== null).length);
      }),
      { numRuns: 1000 },
    );
  });
});
