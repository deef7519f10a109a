import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ReportBody } from '../../contract/reports.ts';
import { closeShift, inDatabase, newArticle, pay, printCopy, returnOnCard, storedReports } from '../../testing/fiscal.ts';
import { openTill, type TestTill } from '../../testing/till.ts';
import { verifyShop } from '../commands/audit.ts';

/*
 * The day of the tax administration's example file, rung up here with goods of our own whose prices come to the same figures: two people,
 * three sales, a deletion, a copy, a drawer opened by hand, a return.
 */
let till: TestTill;
let z: ReportBody;

beforeAll(async () => {
  till = await openTill();
  await till.call('app.start-shop', { shop: 'demo-no' });
  await till.signIn('Sofie Dahl');
  const [jam, cheese, buns, ham, fish, tea] = [
    await newArticle(till, 'Prøve syltetøy', 'Mat', 1640, 'low'),
    await newArticle(till, 'Prøve brunost', 'Mat', 5295, 'low'),
    await newArticle(till, 'Prøve boller', 'Mat', 680, 'low'),
    await newArticle(till, 'Prøve skinke', 'Mat', 2665, 'low'),
    await newArticle(till, 'Prøve såpe', 'Hjem', 1705, 'standard'),
    await newArticle(till, 'Prøve kjele', 'Hjem', 26_875, 'standard'),
  ];
  const pot = await newArticle(till, 'Prøve lampe', 'Hjem', 12_560, 'standard');
  const add = (articleId: string) => till.call('sale.add-article', { articleId });

  await till.signIn('Aino Lehtinen');
  await add(jam);
  await add(cheese);
  await add(fish);
  await pay(till, 'card');
  await add(ham);
  await add(tea);
  await pay(till, 'cash', 30_000);

  await till.signIn('Mikael Berg');
  await add(jam);
  await add(buns);
  await add(pot);
  const { lineId } = await add(jam);
  await till.call('sale.remove-line', { lineId: lineId ?? '' });
  await pay(till, 'card');
  await printCopy(till);
  await till.call('drawer.open', { reason: 'change for the next customer' });
  await returnOnCard(till, 1, 'Prøve syltetøy');
  await till.call('report.x', {});
  await closeShift(till);
  await till.call('report.z', {});
  const found = (await storedReports(till)).find((report) => report.kind === 'z');
  if (!found) throw new Error('there is no Z');
  z = found;
}, 30_000);
afterAll(() => till.close());

test('NO-24 NO-15 the day of the example comes to its known answer', async () => {
  const [x] = await storedReports(till);
  const { figures } = z;
  expect(figures).toMatchObject({ totalMinor: 51_420, sales: { count: 3, amountMinor: 53_060 }, returns: { count: 1, amountMinor: 1640 } });
  expect(figures.vat).toEqual([
    { rateBasisPoints: 2500, grossMinor: 41_140, netMinor: 32_912, vatMinor: 8228 },
    { rateBasisPoints: 1500, grossMinor: 10_280, netMinor: 8938, vatMinor: 1342 },
  ]);
  expect(figures.copies).toEqual({ count: 1, amountMinor: 14_880 });
  expect(figures.lineCorrections).toEqual([{ type: 'removed', count: 1, amountMinor: -1640 }]);
  expect(figures.tenders).toMatchObject([{ tenderId: 'card', amountMinor: 21_880 }, { tenderId: 'cash', count: 1, amountMinor: 29_500 }]);
  expect(figures.roundingMinor).toBe(-40);
  // The X of the same day: one opening by hand. Counting the drawer twice and closing opened it again before the Z.
  expect(x?.figures.drawerOpeningsWithoutSale).toBe(1);
  expect(z.grand).toEqual({ salesMinor: 53_060, returnsMinor: 1640, netMinor: 51_420 });
});

test('NO-15 SE-10 the same by person: who sold, by what, and who took it back', () => {
  const byName = (name: string) => z.operators.find((one) => one.name === name)?.figures;
  expect(byName('Aino Lehtinen')).toMatchObject({ totalMinor: 38_180, sales: { count: 2 }, roundingMinor: -40, lineCorrections: [] });
  expect(byName('Mikael Berg')).toMatchObject({ totalMinor: 13_240, sales: { count: 1, amountMinor: 14_880 }, returns: { count: 1, amountMinor: 1640 }, copies: { count: 1 } });
  const sum = (pick: (figures: ReportBody['figures']) => number): number => z.operators.reduce((all, { figures }) => all + pick(figures), 0);
  expect(sum((figures) => figures.totalMinor)).toBe(z.figures.totalMinor);
  expect(sum((figures) => figures.sales.count)).toBe(z.figures.sales.count);
});

test('NO-15 the paper shows every field in the order of the regulation', async () => {
  const [row] = await till.call('report.list', { limit: 10 });
  const { paper } = await till.call('report.paper', { reportId: row?.reportId ?? '' });
  const said = paper.blocks.flatMap((block) => (block.kind === 'text' ? [block.text] : block.kind === 'row' ? [block.left] : []));
  const wanted = ['Z-rapport', 'Totalt kontantsalg', 'Per varegruppe', 'Per betalingsmiddel', 'Per operatør', 'Tips', 'Merverdiavgift per sats', 'Åpningskasse', 'Antall salgskvitteringer', 'Nullinnslag (skuffåpninger)',
    'Kopikvitteringer  1', 'Foreløpige kvitteringer  0', 'Returer  1', 'Rabatter  0', 'Avbrutte salg  0', 'Linjekorreksjoner', 'Prisundersøkelser', 'Andre korreksjoner', 'Utleveringskvitteringer  0', 'Treningskvitteringer  0',
    'Kredittsalg  0', 'Innbetalinger  0', 'Utbetalinger  0', 'Grand total salg', 'Grand total retur', 'Grand total netto'];
  let at = -1;
  for (const text of wanted) {
    const next = said.indexOf(text, at + 1);
    expect(next, text).toBeGreaterThan(at);
    at = next;
  }
  expect(JSON.stringify(paper)).toContain('514,20');
});

test('C-12 grand totals rebuilt from the journal are those that the Z carries, and verify says so', async () => {
  const { rebuilt, seq } = await inDatabase(till, (storage) => {
    const registerId = storage.shop.thisRegister()?.id ?? '';
    const toSeq = z.anchor?.seq ?? 0;
    return { rebuilt: storage.reports.journalTotals(registerId, toSeq), seq: toSeq };
  });
  expect(seq).toBeGreaterThan(20);
  expect(rebuilt).toEqual({ salesMinor: z.grand.salesMinor, returnsMinor: z.grand.returnsMinor });
  expect(verifyShop(join(till.dataDir, 'kassa.sqlite'))).toMatchObject({ found: { ok: true, findings: [] } });
});
