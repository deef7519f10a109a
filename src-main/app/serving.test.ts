import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeShift, inDatabase, newArticle, pay, returnOnCard, storedReports } from '../testing/fiscal.ts';
import { openTill, type TestTill } from '../testing/till.ts';

/* A Norwegian shop with two tables: food is at 15 % over the counter and at 25 % when it is eaten here (docs/fiscal.md, C-16). */
let till: TestTill;
let soup = '';
let bag = '';
let water = '';

beforeAll(async () => {
  till = await openTill();
  await till.signIn('Sofie Dahl');
  await till.call('app.start-shop', { shop: 'demo-no' });
  await till.signIn('Sofie Dahl');
  soup = await newArticle(till, 'Fiskesuppe', 'Varm mat', 11_500, 'low');
  water = await newArticle(till, 'Vann', 'Drikke', 3_000, 'low');
  bag = await newArticle(till, 'Pose', 'Varm mat', 250, 'standard');
});
afterAll(() => till.close());

const rates = async (): Promise<readonly number[]> => (await till.sale()).lines.map((line) => line.vatRateBasisPoints);
const add = (articleId: string) => till.call('sale.add-article', { articleId });
const soldRates = (number: number) =>
  inDatabase(till, (storage) => {
    const [row] = storage.sales.list({ text: String(number), before: null, limit: 1 });
    const receipt = storage.sales.load(row?.receiptId ?? '');
    return { serving: receipt?.serving, rates: receipt?.lines.map((line) => line.vatRateBasisPoints) };
  });

test('C-16 eaten here or taken away: food changes its VAT and no price, the rest stays, and the next sale is as usual', async () => {
  await add(soup);
  await add(bag);
  expect((await till.sale()).serving).toBe('take-away');
  expect(await rates()).toEqual([1500, 2500]);
  const { totals } = await till.sale();
  await till.call('sale.set-serving', { serving: 'eat-in' });
  expect(await rates()).toEqual([2500, 2500]);
  const eaten = (await till.sale()).totals;
  expect([eaten.totalMinor, eaten.vatMinor]).toEqual([totals.totalMinor, Math.round((11_500 * 25) / 125) + Math.round((250 * 25) / 125)]);
  // What comes on the receipt now is eaten here as well.
  await add(water);
  expect(await rates()).toEqual([2500, 2500, 2500]);
  await till.call('sale.set-serving', { serving: 'take-away' });
  expect(await rates()).toEqual([1500, 2500, 1500]);
  await till.call('sale.set-serving', { serving: 'eat-in' });
  await pay(till, 'card');
  expect((await till.sale()).serving).toBe('take-away');
});

test('C-16 it is chosen before the first article, kept while parked, and fixed once something is paid', async () => {
  await till.call('sale.set-serving', { serving: 'eat-in' });
  await add(soup);
  expect(await rates()).toEqual([2500]);
  await till.call('sale.park', { name: 'Table 2' });
  expect((await till.sale()).serving).toBe('take-away');
  const [parked] = await till.call('sale.parked', {});
  await till.call('sale.resume', { receiptId: parked?.receiptId ?? '' });
  expect([(await till.sale()).serving, await rates()]).toEqual(['eat-in', [2500]]);
  await till.call('payment.start', { requestId: 'serving-part', tenderId: 'card', amountMinor: 500, reference: 'BAX' });
  expect(await till.try('sale.set-serving', { serving: 'take-away' })).toMatchObject({ ok: false, error: { code: 'receipt-has-payments' } });
  await pay(till, 'card');
});

test('C-16 the receipt says how it was served, keeps its rates whatever the shop decides later, and comes back at them', async () => {
  await till.call('sale.set-serving', { serving: 'eat-in' });
  await add(soup);
  const number = await pay(till, 'card');
  const last = await till.call('receipt.last', {});
  const paper = JSON.stringify(await till.call('receipt.paper', { receiptId: last?.receiptId ?? '' }));
  expect(paper).toContain('Spise her');
  const shop = (await till.call('app.hello', {})).shop;
  const { name, organisationNumber, vatNumber, addressLines, phone, language, receiptFooter, roundCash, cashierDiscountLimitBasisPoints, overPaymentCapMinor } = shop;
  const edit = { name, organisationNumber, vatNumber, addressLines, phone, language, receiptFooter, roundCash, cashierDiscountLimitBasisPoints, overPaymentCapMinor };
  await till.call('shop.save', { ...edit, serves: 'none' });
  expect((await till.sale()).serving).toBeNull();
  expect(await till.try('sale.set-serving', { serving: 'eat-in' })).toMatchObject({ ok: false, error: { code: 'serving-not-offered' } });
  expect(await soldRates(number)).toEqual({ serving: 'eat-in', rates: [2500] });
  await returnOnCard(till, number, 'Fiskesuppe');
  await closeShift(till);
  await till.call('report.z', {});
  const report = (await storedReports(till)).at(-1);
  // Three soups and a bag, four soups less one that came back: all of it was eaten here.
  expect(report?.figures.vat.map(({ rateBasisPoints }) => rateBasisPoints)).toEqual([2500]);
  await till.call('shop.save', { ...edit, serves: 'eat-in' });
  expect((await till.sale()).serving).toBe('eat-in');
});

test('C-16 a country whose rates know no difference offers no choice', async () => {
  const other = await openTill();
  try {
    await other.signIn('Sofie Dahl');
    const { shop, asksServing } = await other.call('app.hello', {});
    expect([asksServing, (await other.sale()).serving]).toEqual([false, null]);
    const { country: _country, currency: _currency, timeZone: _timeZone, ...edit } = shop;
    expect(await other.try('shop.save', { ...edit, serves: 'eat-in' })).toMatchObject({ ok: false, error: { code: 'setting-invalid' } });
  } finally {
    await other.close();
  }
});
