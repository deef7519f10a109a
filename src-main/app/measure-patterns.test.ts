import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkDigit } from '../core/articles/gtin.ts';
import { openTill, type TestTill } from '../testing/till.ts';

let till: TestTill;
beforeEach(async () => {
  till = await openTill();
  await till.signIn('Sofie Dahl');
});
afterEach(() => till.close());

const withCheck = (body: string): string => `${body}${checkDigit(body)}`;

async function weighed(): Promise<string> {
  const saved = await till.call('article.save', { gtin: '', plu: '1234', name: 'Lohi, pala', group: 'Kala', priceMinor: 2490, vatClass: 'low', unit: 'kg', pricing: 'weighed', ageLimit: null, labels: [], active: true });
  return saved.id;
}

test('a shop whose scale prints otherwise writes its own patterns; a label is tried before they are saved, and sold after', async () => {
  await weighed();
  const patterns = [{ signs: '26IIIIWWWWWVC', decimals: 3 }];
  const label = withCheck('2612340074' + '2' + '8');
  expect(await till.call('article.measure-patterns', {})).toMatchObject({ own: false, patterns: { length: 6 } });
  // 00742 has another check digit than 8.
  expect(await till.try('article.try-label', { code: label, patterns })).toMatchObject({ ok: false, error: { code: 'bad-code', detail: { problem: 'check-digit' } } });
  const right = [...'0123456789'].map((digit) => withCheck(`26123400742${digit}`));
  const read = await Promise.all(right.map((code) => till.try('article.try-label', { code, patterns })));
  const good = right.filter((_, index) => read[index]?.ok);
  expect(good).toHaveLength(1);
  const code = good[0] ?? '';
  expect(await till.call('article.try-label', { code, patterns })).toEqual({ measured: true, item: '1234', name: 'Lohi, pala', priceMinor: null, weightMilli: 742 });
  expect(await till.try('sale.add-code', { code, source: 'scan' })).toMatchObject({ ok: false });
  expect(await till.call('article.save-measure-patterns', { patterns })).toEqual({ own: true, patterns });
  await till.call('sale.add-code', { code, source: 'scan' });
  expect((await till.sale()).lines[0]).toMatchObject({ name: 'Lohi, pala', quantityMilli: 742, amountMinor: 1848 });
});

test('a pattern that can’t be used is named by its row, and none of them are kept', async () => {
  const patterns = [{ signs: '20IIIIIPPPPPC', decimals: 2 }, { signs: '20IIIIIWWWWWC', decimals: 3 }];
  expect(await till.try('article.save-measure-patterns', { patterns })).toMatchObject({ ok: false, error: { code: 'pattern-refused', detail: { row: 2, problem: 'same-prefix' } } });
  expect(await till.call('article.measure-patterns', {})).toMatchObject({ own: false });
  await till.call('article.save-measure-patterns', { patterns: [{ signs: '20IIIIIPPPPPC', decimals: 2 }] });
  // None of one's own is the custom of the country again.
  expect(await till.call('article.save-measure-patterns', { patterns: [] })).toMatchObject({ own: false, patterns: { length: 6 } });
  await till.signIn('Aino Lehtinen');
  expect(await till.try('article.save-measure-patterns', { patterns })).toMatchObject({ ok: false, error: { code: 'needs-approval' } });
});
