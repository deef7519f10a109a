import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Country } from '../../contract/basics.ts';
import { countries } from '../../core/countries/index.ts';
import { defaultPlan } from '../../core/accounting/plan.ts';
import { closeShift, inDatabase, newArticle, pay, returnOnCard } from '../../testing/fiscal.ts';
import { openTill, type TestTill } from '../../testing/till.ts';
import { amountCell, cell, percentCell, quantityCell } from './csv.ts';

let till: TestTill;
const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Helsinki' }).format(new Date());

beforeAll(async () => {
  till = await openTill();
  await till.signIn('Sofie Dahl');
  const food = await newArticle(till, 'Bread', 'Food', 1135, 'low');
  const toy = await newArticle(till, '=Toy;"big"', 'Toys', 1255, 'standard');
  await till.call('sale.add-article', { articleId: food });
  await till.call('sale.add-article', { articleId: toy });
  await pay(till, 'cash', 5000);
  await till.call('sale.add-article', { articleId: toy, quantityMilli: 2000 });
  await till.call('payment.start', { requestId: 'part', tenderId: 'cash', amountMinor: 510 });
  await pay(till, 'card');
  const [shift] = (await till.call('shift.current', {})).open;
  const shiftId = shift?.shiftId ?? '';
  await till.call('shift.move', { shiftId, kind: 'pay-out', amountMinor: 700, reason: 'Stamps' });
  await till.call('shift.move', { shiftId, kind: 'pay-in', amountMinor: 300, reason: 'Change' });
  await returnOnCard(till, 1, 'Bread');
  await closeShift(till, -5);
});
afterAll(() => till.close());

async function exported(what: 'accounting' | 'receipts') {
  const { base64, totals, fileName } = await till.call('accounting.export', { what, from: today, to: today });
  const text = Buffer.from(base64, 'base64').toString('utf8');
  return { text, totals, fileName, rows: text.slice(1).trimEnd().split('\r\n').map((row) => row.split(';')) };
}

describe('the accounting file', () => {
  test('C-14 books sales by rate and group, VAT, each tender on its account, and all that moved in the drawer', async () => {
    const { rows, text, fileName } = await exported('accounting');
    expect(text.startsWith('\uFEFF')).toBe(true);
    expect(fileName).toBe(`kassa-accounting-${today}-${today}.csv`);
    expect(rows[0]).toEqual(['Päivä', 'Tili', 'Selite', 'Tuoteryhmä', 'ALV %', 'Debet', 'Kredit', 'Valuutta']);
    const short = rows.slice(1).map(([, account, said, , rate, debit, credit]) => [account, said, rate, debit, credit].join(' '));
    expect(short).toEqual([
      // Three toys, and the bread that came back: nothing is left of its group.
      '3000 Myynti · Toys 25,5  30,00',
      '29391 ALV 25,5  7,65',
      '1900 Maksutapa · Käteinen  29,00 ',
      '1735 Maksutapa · Kortti  8,65 ',
      '8691 Kassaero  0,05 ',
      '1900 Kassaero · Käteinen   0,05',
      '1910 Kassaanpano   3,00',
      '1900 Kassaanpano · Käteinen  3,00 ',
      '8690 Kassastaotto  7,00 ',
      '1900 Kassastaotto · Käteinen   7,00',
      '1905 Kassakaappi  24,95 ',
      '1900 Kassakaappi · Käteinen   24,95',
    ]);
  });

  test('C-13 each day’s debit is its credit, and the totals are those of the reports', async () => {
    const { totals } = await exported('accounting');
    expect(totals).toMatchObject({ debitMinor: totals.creditMinor, receipts: 3, days: 1, totalMinor: 3765, vatMinor: 765, tenders: [{ kind: 'cash', amountMinor: 2900 }, { kind: 'manual-card', amountMinor: 865 }] });
    expect((await till.call('report.x', {})).totalMinor).toBe(totals.totalMinor);
  });

  test('goes on the accounts that the shop has set; only an admin sets them', async () => {
    const plan = await till.call('accounting.plan', {});
    await till.call('accounting.save', { ...plan, tenders: plan.tenders.map((one) => (one.kind === 'cash' ? { ...one, account: '1999' } : one)) });
    expect((await exported('accounting')).text).toContain(';1999;Maksutapa · Käteinen;');
    await till.signIn('Mikael Berg');
    expect(await till.try('accounting.save', plan)).toMatchObject({ error: { code: 'needs-approval' } });
    await till.signIn('Aino Lehtinen');
    expect(await till.try('accounting.export', { what: 'receipts', from: today, to: today })).toMatchObject({ error: { code: 'needs-approval', detail: { right: 'report-x' } } });
    await till.signIn('Sofie Dahl');
    expect(await inDatabase(till, (storage) => storage.journal.read(storage.shop.thisRegister()?.id ?? '', 0, 1000).filter(({ kind }) => kind === 'exported').length)).toBe(3);
  });
});

test('C-15 the receipts file has a row for each line, with the time as the shop’s clock showed it, VAT and tender', async () => {
  const { rows, totals, text } = await exported('receipts');
  expect([rows.length, totals.rows]).toEqual([5, 4]);
  expect(text).toContain(`"'=Toy;""big"""`);
  const [, bread] = rows;
  expect(bread?.slice(0, 3)).toEqual(['1', '1', 'Myynti']);
  expect(bread?.[3]).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+0[23]:00$/);
  expect(bread?.slice(7)).toEqual(['Bread', 'Food', '1', 'piece', '11,35', '0,00', '11,35', '13,5', '1,35', 'Käteinen', '', 'EUR']);
  expect(text).toContain('Käteinen + Kortti');
  expect(rows.at(-1)?.slice(0, 3)).toEqual(['1', '1', 'Palautus']);
});

test('C-15 amounts are written digit by digit', () => {
  expect([0, 5, -5, 123, -123_456_789].map(amountCell)).toEqual(['0,00', '0,05', '-0,05', '1,23', '-1234567,89']);
  expect([1000, 742, -1500, 12_050].map(quantityCell)).toEqual(['1', '0,742', '-1,5', '12,05']);
  expect([2550, 2500, 1000, 0].map(percentCell)).toEqual(['25,5', '25', '10', '0']);
  expect([cell('@x'), cell('a;b'), cell('a"b')]).toEqual(["'@x", '"a;b"', '"a""b"']);
});

test.each(Object.keys(countries) as Country[])('%s has an account for every rate that it has or had, and one for each app', (country) => {
  const { rates, tenders, others } = defaultPlan(country, ['one', 'two']);
  expect(rates.every(({ rateBasisPoints, sales, vat }) => sales !== '' && (rateBasisPoints === 0 || vat !== ''))).toBe(true);
  expect(new Set(tenders.map(({ account }) => account)).size).toBe(4);
  expect(Object.values(others).every((account) => account !== '')).toBe(true);
});
