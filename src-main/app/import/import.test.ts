import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkDigit } from '../../core/articles/gtin.ts';
import { countries } from '../../core/countries/index.ts';
import { openTill } from '../../testing/till.ts';
import { readArticleFile, type ArticleFile } from './read-file.ts';
import { vatClassesByRate } from './vat-classes.ts';

const rates = vatClassesByRate(countries.FI.vat, '2026-11-21');
const gtin = (index: number): string => {
  const body = `73${String(index).padStart(10, '0')}`;
  return `${body}${checkDigit(body)}`;
};

async function read(content: string | Uint8Array): Promise<ArticleFile> {
  const file = await readArticleFile(typeof content === 'string' ? Buffer.from(content) : content, rates);
  if (typeof file === 'string') throw new Error(file);
  return file;
}

describe('reading a file of articles', () => {
  test('finds separator, encoding, decimal sign and columns in six languages', async () => {
    const latin = Buffer.from(`streckkod;benämning;pris;moms\n${gtin(1)};Blåbär;12,90;13,5 %\n`, 'latin1');
    expect(await read(latin)).toMatchObject({ encoding: 'latin-1', separator: ';', decimal: ',', good: [{ write: { name: 'Blåbär', priceMinor: 1290, vatClass: 'low' } }] });
    const tabs = await read(`viivakoodi\tnimi\thinta\n${gtin(1)}\tMustikka\t1.95\n`);
    expect(tabs).toMatchObject({ separator: '\t', decimal: '.', good: [{ write: { priceMinor: 195, vatClass: 'standard' } }] });
    const quoted = await read(`\uFEFFean,naam,prijs\n${gtin(1)},"Kaas, oud\n(plak)","1.250,00"\n${gtin(2)},Brood,"2,50"\n`);
    expect(quoted.good.map((row) => [row.line, row.write.priceMinor])).toEqual([[2, 125_000], [4, 250]]);
    expect(quoted.good[0]?.write.name).toBe('Kaas, oud (plak)');
  });

  test('names each refused row with its line and reason', async () => {
    const wrong = `${gtin(1).slice(0, -1)}${(Number(gtin(1).at(-1)) + 1) % 10}`;
    const rows = [
      'gtin,name,price,vat',
      `${gtin(1)},Good,1.00,low`,
      `${wrong},Wrong digit,1.00,low`,
      `0${gtin(1)},Doubled as GTIN-14,1.00,low`,
      `${gtin(2)},Bad price,1.2.3,low`,
      `${gtin(3)},Thousands?,1.250,low`,
      `${gtin(4)},Unknown VAT,1.00,luxury`,
      `${gtin(5)},,1.00,low`,
      `${gtin(6)},Short,1.00`,
      `abc,Letters,1.00,low`,
    ];
    const { good, refused } = await read(rows.join('\n'));
    expect(good).toHaveLength(1);
    expect(refused.map((row) => [row.line, row.reason])).toEqual([
      [3, 'gtin-check-digit'],
      [4, 'gtin-doubled'],
      [5, 'price-unreadable'],
      [6, 'price-unreadable'],
      [7, 'vat-unknown'],
      [8, 'name-missing'],
      [9, 'row-too-short'],
      [10, 'gtin-not-digits'],
    ]);
  });

  test('a file without a header, and one that is not text, are refused whole', async () => {
    expect(await readArticleFile(Buffer.from(`${gtin(1)},Milk,1.00\n`), rates)).toBe('file-without-header');
    expect(await readArticleFile(Buffer.from([0x50, 0x4b, 0, 0]), rates)).toBe('file-unreadable');
  });

  test('a quotation mark that is never closed loses no row before it', async () => {
    const { good, refused } = await read(`gtin,name,price\n${gtin(1)},Good,1.00\n${gtin(2)},"Open,1.00\n`);
    expect(good).toHaveLength(1);
    expect(refused).toMatchObject([{ line: 3, reason: 'quote-unclosed' }]);
  });
});

const reference = join(import.meta.dirname, '../../../../shared/data/articles.csv');

describe.skipIf(!existsSync(reference))('the published file of articles', () => {
  test('15,927 articles in, 12 refused with their lines; a second import updates them all', async () => {
    const till = await openTill();
    await till.signIn('Mikael Berg');
    const bytes = readFileSync(reference);
    const base64 = bytes.toString('base64');
    const run = async () => {
      const preview = await till.call('import.preview', { fileName: 'articles.csv', base64 });
      await till.call('import.start', { importId: preview.importId });
      for (;;) {
        const last = till.seen('import.progress').findLast((event) => event.importId === preview.importId);
        if (last && last.state !== 'running') return { preview, last };
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    };
    const first = await run();
    expect(first.last).toMatchObject({ state: 'done', added: 15_927, updated: 0, refused: 12 });
    expect(first.preview.refused.map((row) => row.line)).toEqual([360, 1831, 1918, 1944, 2077, 2466, 2588, 4393, 9351, 10_653, 10_969, 15_890]);
    expect((await run()).last).toMatchObject({ state: 'done', added: 0, updated: 15_927 });
    await till.close();
  }, 90_000);
});
