import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { errorCodes } from '../../src-main/contract/errors.ts';
import { right } from '../../src-main/contract/rights.ts';
import { tenderReason } from '../../src-main/contract/sale.ts';
import { refusedRow } from '../../src-main/contract/articles.ts';
import { findLiterals } from './find-literals.ts';
import en from './en.json' with { type: 'json' };
import da from './da.json' with { type: 'json' };
import fi from './fi.json' with { type: 'json' };
import nb from './nb.json' with { type: 'json' };
import nl from './nl.json' with { type: 'json' };
import sv from './sv.json' with { type: 'json' };

const languages = { en, sv, nb, da, fi, nl } as const;
const renderer = join(import.meta.dirname, '..');

type Words = { readonly [key: string]: string | Words };

function flat(words: Words, prefix = ''): Map<string, string> {
  const keys = new Map<string, string>();
  for (const [name, value] of Object.entries(words)) {
    if (typeof value === 'string') keys.set(prefix + name, value);
    else for (const [key, text] of flat(value, `${prefix}${name}.`)) keys.set(key, text);
  }
  return keys;
}

const english = flat(en);
// The count may be said in a word ("once"), so it is no slot that has to be kept.
const slots = (text: string): string => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((slot) => slot[1] ?? '').filter((slot) => slot !== 'count').sort((a, b) => a.localeCompare(b)).join();

/**
 * Words that are the same in English and another language because the trade says so: names, abbreviations, and words
 * that languages share. Anything else that equals the English was forgotten.
 */
const sameInAll = /^(app\.(name|letter)|tender\.name\.|article\.(plu|gtin)|import\.field\.(gtin|plu)|receipts\.pdf|sale\.times|signIn\.demoPin)/;
const sharedWords = new Set([
  'Import', 'Person', 'PIN', 'Status', 'Name', 'Label', 'Labels', 'Gram', 'Kilogram', 'Liter', 'Meter', 'Scanner', 'Printer', 'Standard', 'Land', 'Telefon',
  'Online', 'Offline', 'Admin', 'Manager', 'Volume {{volume}} %', 'Finland', 'Norge', 'Danmark', 'Goodwill', 'Tab', 'Menu', 'PLU', 'Version {{version}}',
  'Note', 'E-mail', 'Port', 'Send', 'Test', 'Code', 'Scan', 'Nul', 'Model', '{{width}} mm', '{{shown}} ny', 'was {{price}}', 'Barcode {{code}}',
]);

function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !file.includes('.test.'))
    .map((file) => join(folder, file));
}

describe('the words of the screens', () => {
  test.each(Object.entries(languages))('%s has every key that English has, with the same slots', (_language, words) => {
    const own = flat(words);
    expect([...own.keys()].sort()).toEqual([...english.keys()].sort());
    for (const [key, text] of own) {
      expect(text.trim(), key).not.toBe('');
      expect(slots(text), key).toBe(slots(english.get(key) ?? ''));
    }
  });

  test.each(Object.entries(languages).filter(([language]) => language !== 'en'))('%s is translated', (_language, words) => {
    const forgotten = [...flat(words)].filter(
      ([key, text]) => text === english.get(key) && !sameInAll.test(key) && !sharedWords.has(text),
    );
    expect(forgotten).toEqual([]);
  });

  test('every key that a screen names is there', () => {
    const missing: string[] = [];
    for (const file of sourceFiles(renderer)) {
      const content = readFileSync(file, 'utf8');
      for (const call of content.matchAll(/\b(?:t|say)\(([^)]*?)[,)]/gs)) {
        for (const quoted of (call[1] ?? '').matchAll(/'([a-zA-Z][\w-]*(?:\.[\w-]+)+)'/g)) {
          const key = quoted[1] ?? '';
          if (!english.has(key) && !english.has(`${key}_other`)) missing.push(`${file}: ${key}`);
        }
      }
    }
    expect(missing).toEqual([]);
  });

  test('every code that a message can carry has its sentence', () => {
    const needed = [
      ...errorCodes.map((code) => `errors.${code}`),
      ...right.options.map((one) => `approval.right.${one}`),
      ...tenderReason.options.map((one) => `tender.reason.${one}`),
      ...refusedRow.shape.reason.options.map((one) => `import.reason.${one}`),
      ...['absent', 'out-of-paper', 'unreachable', 'unknown'].map((one) => `printer.${one}`),
    ];
    expect(needed.filter((key) => !english.has(key))).toEqual([]);
  });

  test('no screen carries a literal text', () => {
    const found = sourceFiles(renderer)
      .filter((file) => file.endsWith('.tsx'))
      .flatMap((file) => findLiterals(readFileSync(file, 'utf8')).map((text) => `${file}: ${text}`));
    expect(found).toEqual([]);
  });

  test('a planted literal, in an element or an attribute, is found', () => {
    expect(findLiterals('const a = <p>Hello</p>;')).toEqual(['Hello']);
    expect(findLiterals('const a = <Button label="Press me">{t("x")}</Button>;')).toEqual(['Press me']);
    expect(findLiterals('const a = <p>{t("x")} · {b}</p>;')).toEqual([]);
    expect(findLiterals("const a = <p aria-label={'Close'} />;")).toEqual(['Close']);
  });
});
