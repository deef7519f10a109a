import { describe, expect, test } from 'vitest';
import { usCodeOf, type Key } from './burst.ts';
import { meant, settingsFrom } from './typed-scan.ts';
import { usSign } from './us-keys.ts';

/** Signs of a Swedish keyboard at the keys where an American one has others; the two accents are dead keys. */
const swedish: Readonly<Record<string, readonly [string, string]>> = {
  Minus: ['+', '?'],
  Equal: ['Dead', 'Dead'],
  BracketLeft: ['å', 'Å'],
  BracketRight: ['Dead', 'Dead'],
  Backslash: ["'", '*'],
  Semicolon: ['ö', 'Ö'],
  Quote: ['ä', 'Ä'],
  Comma: [',', ';'],
  Period: ['.', ':'],
  Slash: ['-', '_'],
};
const swedishDigits = '=!"#¤%&/()';

/** The keys that a scanner made for America presses, as a Swedish machine hears them. */
function heard(code: string): Key[] {
  const places = ['Backquote', 'Minus', 'Equal', 'BracketLeft', 'BracketRight', 'Backslash', 'Semicolon', 'Quote', 'Comma', 'Period', 'Slash', 'Space'];
  const keys = [...places, ...[...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'].map((letter) => `Key${letter}`), ...[...'0123456789'].map((digit) => `Digit${digit}`)];
  return [...code].map((sign) => {
    const found = keys.flatMap((place) => [false, true].map((shift) => ({ place, shift }))).find(({ place, shift }) => usSign(place, shift) === sign);
    if (!found) throw new Error(`no key types ${sign}`);
    const { place, shift } = found;
    const digit = /^Digit(\d)$/.exec(place)?.[1];
    const name = swedish[place]?.[shift ? 1 : 0] ?? (digit !== undefined && shift ? (swedishDigits[Number(digit)] ?? '') : sign);
    return { name, text: name.length === 1 ? name : null, us: usSign(place, shift), atMs: 0 };
  });
}

const testCode = 'KASSA:-/+?=_]%&0123456789abcXYZ';

describe('scanners that are American keyboards', () => {
  test('every sign of ASCII that can be typed has one key, and no two keys have the same', () => {
    const signs = Array.from({ length: 95 }, (_, index) => String.fromCodePoint(32 + index));
    for (const sign of signs) expect(usCodeOf(heard(sign))).toBe(sign);
  });

  test('a code is what was meant, whatever the machine’s keyboard makes of it', () => {
    const keys = heard('https://id.example.com/01/09520000000011?3103=000742');
    expect(usCodeOf(keys)).toBe('https://id.example.com/01/09520000000011?3103=000742');
    const asTyped = keys.map((key) => key.text ?? '').join('');
    expect(asTyped).not.toContain('://');
    expect(meant({ asTyped, us: usCodeOf(keys) }, { layout: 'us', prefix: '' })).toBe('https://id.example.com/01/09520000000011?3103=000742');
  });

  test('the test code tells how they are to be read, and what they put in front', () => {
    const keys = heard(testCode);
    const asTyped = keys.map((key) => key.text ?? '').join('');
    expect(settingsFrom({ asTyped, us: testCode }, testCode)).toEqual({ layout: 'us', prefix: '' });
    expect(settingsFrom({ asTyped: `~${testCode}`, us: 'x' }, testCode)).toEqual({ layout: 'as-typed', prefix: '~' });
    // The mark of the kind of code is read, not taken off.
    expect(settingsFrom({ asTyped: `~]C0${testCode}`, us: 'x' }, testCode)).toEqual({ layout: 'as-typed', prefix: '~' });
    expect(settingsFrom({ asTyped: testCode.slice(0, -1), us: 'x' }, testCode)).toBeNull();
  });

  test('the signs in front are taken off where they are there', () => {
    const settings = { layout: 'as-typed', prefix: '~' } as const;
    expect(meant({ asTyped: '~6430035450010', us: '' }, settings)).toBe('6430035450010');
    expect(meant({ asTyped: '6430035450010', us: '' }, settings)).toBe('6430035450010');
  });
});
