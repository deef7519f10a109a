import { expect, test } from 'vitest';
import { expire, fastMs, noBurst, step, type Key } from './burst.ts';

/** How many keys come; KASSA_FUZZ=1000000 for a long run, KASSA_SEED for another one. */
const count = Number(process.env['KASSA_FUZZ'] ?? 100_000);
const seed = Number(process.env['KASSA_SEED'] ?? 7);

/** Whole numbers below a limit, the same for the same seed (xorshift of 32 bits). */
function numbers(start: number): (limit: number) => number {
  let state = start | 1;
  return (limit) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % limit;
  };
}

const signs = '0123456789ABCxyz +-*/:?=\u001d'.split('');
const named = ['Enter', 'Escape', 'F2', 'F8', 'Delete', 'ArrowDown'];

type Sent = Key & { readonly scan: string | null };

/** A scan, keys typed by a person, or keys of any kind at any time; `atMs` is when the first may come. */
function stretch(random: (limit: number) => number, startMs: number): Sent[] {
  let atMs = startMs + 200;
  const key = (name: string, scan: string | null = null): Sent => ({ name, text: name.length === 1 ? name : null, atMs, scan });
  const many = 3 + random(40);
  const kind = random(3);
  if (kind === 0) {
    const code = Array.from({ length: many }, () => signs[random(signs.length)] ?? '0').join('');
    return [...code, 'Enter'].map((name) => {
      atMs += 1 + random(fastMs - 1);
      return key(name, code);
    });
  }
  return Array.from({ length: many }, () => {
    atMs += kind === 1 ? fastMs + random(300) : random(60);
    return key((random(4) === 0 ? named[random(named.length)] : signs[random(signs.length)]) ?? 'Enter');
  });
}

test('of any stream of keys each goes one way, whole scans arrive as they are, and no key of theirs reaches the page', () => {
  const random = numbers(seed);
  let [burst, atMs, keys] = [noBurst, 0, 0];
  let held: Key[] = [];
  while (keys < count) {
    const sent = stretch(random, atMs);
    const scans: string[] = [];
    const reached: Key[] = [];
    let swallowed = 0;
    // The page's timer has run out before: what was held back is given to it.
    expect(expire(burst).release).toEqual(held);
    burst = expire(burst).burst;
    held = [];
    for (const key of sent) {
      const result = step(burst, key, random(8) > 0 || key.scan !== null);
      ({ burst } = result);
      reached.push(...result.release);
      held.splice(0, result.release.length);
      if (result.verdict.kind === 'pass') reached.push(key);
      else if (result.verdict.kind === 'hold') held.push(key);
      else {
        swallowed += 1 + (result.verdict.kind === 'scan' ? held.length : 0);
        if (result.verdict.kind === 'scan') {
          scans.push(result.verdict.code);
          held = [];
        }
      }
    }
    expect(reached.length + swallowed + held.length).toBe(sent.length);
    const [{ scan } = { scan: null }] = sent;
    if (scan !== null) {
      expect(scans).toEqual([scan]);
      expect(reached).toEqual([]);
    }
    keys += sent.length;
    atMs = sent.at(-1)?.atMs ?? atMs;
  }
}, 5000 + count / 10);
