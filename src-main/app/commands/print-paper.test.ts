import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeShift, pay, storedReports } from '../../testing/fiscal.ts';
import { openTill, type TestTill } from '../../testing/till.ts';
import { printShopPaper, type Wanted } from './print-paper.ts';

let till: TestTill;
const pages: string[] = [];
const pdf = {
  render: (html: string) => {
    pages.push(html);
    return Promise.resolve(new TextEncoder().encode(html));
  },
};
const print = (kind: Wanted['kind'], number: number | null = null) => printShopPaper(join(till.dataDir, 'kassa.sqlite'), { kind, number }, pdf, '0.0.0');
const headings = (): readonly string[] => [...(pages.at(-1) ?? '').matchAll(/heading bold">([^<]+)</g)].map((match) => match[1] ?? '').filter((text) => !text.startsWith('DEMO'));

beforeAll(async () => {
  till = await openTill();
  await till.signIn('Sofie Dahl');
  // Without paper the receipt stays unprinted, and its first paper is the original.
  await till.call('dev.set-printer', { state: 'out-of-paper' });
  await till.call('sale.add-code', { code: '2910000000031', source: 'scan' });
  await pay(till, 'cash');
});
afterAll(() => till.close());

test('C-7 a receipt comes out as PDF once as the original, once as its copy, and then no more, beside the running till', async () => {
  expect(await print('receipt', 1)).toMatchObject({ number: 1, copy: false });
  expect(headings()).toEqual(['KUITTI']);
  expect(await print('receipt')).toMatchObject({ number: 1, copy: true });
  expect(headings()).toEqual(['KOPIO', 'KUITTI']);
  expect(await print('receipt', 1)).toMatchObject({ problem: expect.stringContaining('come out already') });
  expect(await print('receipt', 7)).toMatchObject({ problem: expect.stringContaining('no receipt 7') });
});

test('an X is taken through the same code as on the screen; a stored report comes out as a copy the second time', async () => {
  expect(await print('x')).toMatchObject({ number: 1, copy: false });
  expect(await print('x', 1)).toMatchObject({ number: 1, copy: true });
  expect(headings()).toEqual(['KOPIO', 'X-RAPORTTI']);
  expect((await storedReports(till)).map(({ kind, number, figures }) => [kind, number, figures.totalMinor, figures.copies.count])).toEqual([['x', 1, 320, 1]]);
  expect(await print('z')).toMatchObject({ problem: expect.stringContaining('no Z') });
  await closeShift(till);
  await till.call('report.z', {});
  expect(await print('z')).toMatchObject({ number: 1 });
  expect(pages.at(-1)).toContain('Z-RAPORTTI');
});
