import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createPaces } from './pace.ts';
import { codeFrom, newPairing, pairingLeftMs, pairingMs, plainCode, sameText, tryPairing } from './pairing.ts';
import { cookieOf, isOwnHost, isOwnOrigin } from './requests.ts';

const byte = fc.integer({ min: 0, max: 255 });

describe('a pairing code', () => {
  test('is eight signs that look like no others, each as likely as any other', () => {
    const counts = new Map<string, number>();
    for (let one = 0; one < 256; one += 1) {
      const code = codeFrom(Array<number>(8).fill(one));
      if (code !== null) counts.set(code, (counts.get(code) ?? 0) + 1);
    }
    expect(counts.size).toBe(25);
    expect(new Set(counts.values()).size).toBe(1);
    fc.assert(fc.property(fc.array(byte, { minLength: 32, maxLength: 32 }), (bytes) => /^[34679ACDEFGHJKMNPQRTUVWXY]{8}$/.test(codeFrom(bytes) ?? '33333333')));
    expect(codeFrom([1, 2, 3])).toBeNull();
  });

  test('pairs once, however it is written, within five minutes and five tries', () => {
    const pairing = newPairing('ACDE3479', 'customer', 1_000);
    expect(plainCode(' acde-34 79')).toBe('ACDE3479');
    expect(tryPairing(pairing, 'acde 3479', 1_000 + pairingMs - 1)).toEqual({ ok: true, role: 'customer' });
    expect(tryPairing(pairing, 'ACDE3479', 1_000 + pairingMs)).toEqual({ ok: false, reason: 'over', left: null });
    expect(tryPairing(pairing, 'ACDE3479', 999)).toMatchObject({ reason: 'over' });
    expect(pairingLeftMs(pairing, 61_000)).toBe(pairingMs - 60_000);
    let left: typeof pairing | null = pairing;
    const reasons: string[] = [];
    for (let go = 0; go < 6; go += 1) {
      const tried = tryPairing(left, 'ACDE347', 2_000);
      if (tried.ok) throw new Error('a wrong code paired');
      reasons.push(tried.reason);
      ({ left } = tried);
    }
    expect(reasons).toEqual(['wrong', 'wrong', 'wrong', 'wrong', 'spent', 'no-code']);
  });

  test('is compared as a whole', () => {
    fc.assert(fc.property(fc.string(), fc.string(), (one, other) => sameText(one, other) === (one === other)));
    fc.assert(fc.property(fc.string(), (one) => sameText(one, one)));
    expect(sameText('ab', 'abc')).toBe(false);
    expect(sameText('abc', 'ab')).toBe(false);
  });
});

describe('a request', () => {
  const names = ['192.168.1.20', 'till.local'];
  test('has to name this machine, and its page has to be the one that was served', () => {
    expect(isOwnHost('192.168.1.20:8443', names, 8443)).toBe(true);
    expect(isOwnHost('Till.Local:8443', names, 8443)).toBe(true);
    expect(isOwnHost('till.local', names, 443)).toBe(true);
    for (const host of [undefined, '', 'till.local', '192.168.1.20:443', 'evil.example:8443', 'till.local.evil.example:8443']) expect(isOwnHost(host, names, 8443)).toBe(false);
    expect(isOwnHost('till.shop.example:8443', ['*.shop.example'], 8443)).toBe(true);
    for (const host of ['shop.example:8443', 'a.till.shop.example:8443', '.shop.example.evil:8443', 'evil.example:8443']) expect(isOwnHost(host, ['*.shop.example'], 8443)).toBe(false);
    expect(isOwnOrigin('https://till.local:8443', 'till.local:8443')).toBe(true);
    for (const origin of [undefined, 'null', 'http://till.local:8443', 'https://evil.example', 'https://192.168.1.20:8443']) expect(isOwnOrigin(origin, 'till.local:8443')).toBe(false);
    expect(isOwnOrigin('https://undefined', undefined)).toBe(false);
  });

  test('brings one cookie of a name, or none', () => {
    expect(cookieOf('a=1; token=x=y; b=2', 'token')).toBe('x=y');
    expect(cookieOf('a=1', 'token')).toBeNull();
    expect(cookieOf(undefined, 'token')).toBeNull();
    expect(cookieOf('token=x; token=y', 'token')).toBeNull();
    expect(cookieOf('atoken=x', 'token')).toBeNull();
  });
});

test('a pace lets a burst through, then one after the other, each at its own', () => {
  const paces = createPaces({ burst: 2, everyMs: 100 }, 2);
  expect([0, 0, 0, 50, 100, 100].map((atMs) => paces.take('a', atMs))).toEqual([true, true, false, false, true, false]);
  expect(paces.take('b', 100)).toBe(true);
  // The clock never helps: one that goes back gives nothing.
  expect(paces.take('a', 0)).toBe(false);
  // What is forgotten begins anew, and never somebody who was there just now.
  paces.take('c', 100);
  expect(paces.take('a', 100)).toBe(false);
  expect(paces.take('b', 100)).toBe(true);
});
