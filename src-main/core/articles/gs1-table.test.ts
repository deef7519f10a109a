import bwip from 'bwip-js/node';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { valueProblem } from './gs1-checks.ts';
import { endsByLength, identifierAt, identifiers, type Part } from './gs1-table.ts';

/** What bwip-js, which carries GS1's own syntax dictionary, says of one element; the pairs are judged elsewhere. */
function judgeOf(ai: string, data: string): string {
  try {
    bwip.raw({ bcid: 'gs1datamatrix', text: `(${ai})${data}`, lintreqs: false } as Parameters<typeof bwip.raw>[0]);
    return 'good';
  } catch (problem) {
    return String(problem);
  }
}

const signs: Readonly<Record<Part['characters'], string>> = {
  N: '0123456789',
  X: '!"%&\'*+,-./0123456789:;<=>?ABCXYZ_abcxyz',
  Y: '#-/0123456789ABCXYZ',
  Z: 'ABCxyz0189-_',
};

const partData = (part: Part): fc.Arbitrary<string> => {
  const sign = fc.constantFrom(...signs[part.characters]);
  const any = fc.array(sign, { minLength: part.minimum, maxLength: part.maximum }).map((list) => list.join(''));
  const digitAtEnd = any.map((text) => text.slice(0, -1));
  const filled = part.checks.includes('csum') ? digitAtEnd.chain((body) => fc.nat({ max: 9 }).map((digit) => body + String(digit))) : any;
  return part.optional ? fc.oneof(fc.constant(''), filled) : filled;
};

/** Lists of codes that no till needs: packaging, media, and North American coupons. */
const unjudged = new Set(['7041', '7241', '8110', '8112', '8030']);

describe('the table of application identifiers', () => {
  test('holds every identifier of GS1, and none begins another', () => {
    expect(identifiers.size).toBe(541);
    for (const ai of identifiers.keys()) expect(identifierAt(`${ai}0000`)).toBe(ai);
    expect(identifierAt('05')).toBeNull();
    expect(identifierAt('3106')).toBeNull();
  });

  test('data that ends by its length has one length', () => {
    for (const [ai, parts] of identifiers) {
      if (endsByLength(ai)) expect(parts.every((part) => part.minimum === part.maximum && !part.optional), ai).toBe(true);
    }
  });

  test('judges data of every identifier as the syntax dictionary does', () => {
    for (const [ai, parts] of identifiers) {
      if (unjudged.has(ai)) continue;
      const data = fc.tuple(...parts.map(partData)).map((list) => list.join(''));
      for (const sample of fc.sample(data, { numRuns: 6, seed: 7 })) {
        if (sample === '') continue;
        const judge = judgeOf(ai, sample);
        expect(`${ai} ${sample} ${valueProblem(parts, sample) === null}`, judge).toBe(`${ai} ${sample} ${judge === 'good'}`);
      }
    }
  });

  test('one sign too many or too few is judged as the dictionary does', () => {
    for (const [ai, parts] of identifiers) {
      if (unjudged.has(ai)) continue;
      const longest = parts.reduce((sum, part) => sum + part.maximum, 0);
      const tooLong = '1'.repeat(longest + 1);
      expect(valueProblem(parts, tooLong), ai).not.toBeNull();
      expect(judgeOf(ai, tooLong), ai).not.toBe('good');
      expect(valueProblem(parts, ''), ai).not.toBeNull();
    }
  });
});

const problem = (ai: string, data: string): string | null => valueProblem(identifiers.get(ai) ?? [], data);

describe('what the data of an identifier may say', () => {
  // [identifier, good, bad] – each pair is judged the same by the dictionary.
  test.each([
    ['00', '095201234567890122', '095201234567890129'],
    ['01', '09521234543213', '09521234543214'],
    ['15', '261200', '261300'],
    ['17', '280229', '270229'],
    ['7003', '2611262359', '2611262460'],
    ['7006', '261126', '261100'],
    ['3912', '978199', '001199'],
    ['3932', '752199', '000199'],
    ['421', '24600100', '00000100'],
    ['423', '246752', '246000'],
    ['4307', 'FI', 'XQ'],
    ['4321', '1', '2'],
    ['4309', '02790858483015297971', '19790858483015297971'],
    ['7030', '999ABC', '000ABC'],
    ['7252', '9', '3'],
    ['7258', '1/2', '2/1'],
    ['8001', '12345678901911', '00005678901911'],
    ['8003', '09521234543213ABC', '19521234543213ABC'],
    ['8006', '095212345432130102', '095212345432130302'],
    ['8007', 'FI2112345600000785', 'FI2112345600000786'],
    ['8008', '26112623', '26112624'],
    ['8011', '10', '010'],
    ['8013', '1987654Ad4X4bL5ttr2310c2K', '1987654Ad4X4bL5ttr2310c2L'],
    ['4303', 'Storgatan%201', 'Storgatan%2'],
  ])('%s', (ai, good, bad) => {
    expect(problem(ai, good)).toBeNull();
    expect(judgeOf(ai, good)).toBe('good');
    expect(problem(ai, bad)).not.toBeNull();
    expect(judgeOf(ai, bad)).not.toBe('good');
  });
});
