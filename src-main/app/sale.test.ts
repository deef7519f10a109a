import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openTill, type TestTill } from '../testing/till.ts';
import type { ArticleView } from '../contract/articles.ts';

let till: TestTill;
let articles: readonly ArticleView[];

beforeAll(async () => {
  till = await openTill();
  await till.signIn('Aino Lehtinen');
  articles = await till.call('article.search', { text: '', limit: 200 });
});
afterAll(() => till.close());

const plain = (): readonly ArticleView[] =>
  articles.filter((one) => one.pricing === 'fixed' && one.ageLimit === null && one.gtin !== '' && one.priceMinor > 0);
const at = (index: number): ArticleView => {
  const article = plain()[index];
  if (!article) throw new Error(`the demo has no article ${index}`);
  return article;
};
const scan = (article: ArticleView) => till.call('sale.add-code', { code: article.gtin, source: 'scan' });

async function approval(right: 'price-override' | 'receipt-void' | 'open-price' | 'discount-large'): Promise<string> {
  const people = await till.call('staff.list', {});
  const manager = people.find((one) => one.role === 'manager');
  return (await till.call('session.approve', { staffId: manager?.id ?? '', pin: '2222', right })).approval;
}

async function payAll(): Promise<number> {
  const { totals } = await till.sale();
  const paid = await till.call('payment.start', {
    requestId: `pay-${Math.random()}`,
    tenderId: 'cash',
    amountMinor: totals.cashDueMinor,
    givenMinor: Math.max(totals.cashDueMinor, 0),
  });
  if (paid.receiptNumber === null) throw new Error('not completed');
  return paid.receiptNumber;
}

beforeEach(async () => {
  if ((await till.sale()).lines.length > 0) await payAll();
});

describe('selling', () => {
  test('a scanned article is on the receipt before the call is answered, and after a restart', async () => {
    await scan(at(0));
    const before = await till.sale();
    await till.restart();
    await till.signIn('Aino Lehtinen');
    const after = await till.sale();
    expect(after.lines).toEqual(before.lines);
    expect(after.lines[0]).toMatchObject({ name: at(0).name, quantityMilli: 1000, amountMinor: at(0).priceMinor });
  });

  test('3 times an article is three pieces on one line', async () => {
    await till.call('sale.add-code', { code: at(0).gtin, source: 'scan', quantityMilli: 3000 });
    expect((await till.sale()).lines).toMatchObject([{ quantityMilli: 3000, amountMinor: 3 * at(0).priceMinor }]);
  });

  test('a GS1 code sells the number of pieces that it tells, and one that contradicts itself sells nothing', async () => {
    const gtin = at(0).gtin.padStart(14, '0');
    await till.call('sale.add-code', { code: `]C101${gtin}303`, source: 'scan' });
    const { lines } = await till.sale();
    expect(lines.at(-1)).toMatchObject({ articleId: at(0).id, quantityMilli: 3000 });
    const refused = await till.try('sale.add-code', { code: `]C101${gtin}3712`, source: 'scan' });
    expect(refused).toMatchObject({ ok: false, error: { code: 'bad-code', detail: { problem: 'gs1-pair' } } });
    expect((await till.sale()).lines).toEqual(lines);
  });

  test('an unknown code changes nothing and names the code', async () => {
    const refused = await till.try('sale.add-code', { code: '4006381333931', source: 'scan' });
    expect(refused).toMatchObject({ ok: false, error: { code: 'unknown-code', detail: { code: '4006381333931' } } });
    expect((await till.sale()).lines).toHaveLength(0);
  });

  test('a weighed article asks for its weight and is sold by it', async () => {
    const weighed = articles.find((one) => one.pricing === 'weighed' && one.plu !== '');
    const asked = await till.try('sale.add-code', { code: weighed?.plu ?? '', source: 'typed' });
    expect(asked).toMatchObject({ ok: false, error: { code: 'needs-weight' } });
    await till.call('sale.add-article', { articleId: weighed?.id ?? '', quantityMilli: 742 });
    const [line] = (await till.sale()).lines;
    expect(line).toMatchObject({ quantityMilli: 742, unit: 'kg' });
    expect(line?.amountMinor).toBe(Math.round(((weighed?.priceMinor ?? 0) * 742) / 1000));
  });

  test('an age-restricted article asks once for each customer', async () => {
    const restricted = articles.find((one) => one.ageLimit !== null);
    const add = (ageConfirmed?: boolean) =>
      till.try('sale.add-article', { articleId: restricted?.id ?? '', ...(ageConfirmed === undefined ? {} : { ageConfirmed }) });
    expect(await add()).toMatchObject({ ok: false, error: { code: 'needs-age', detail: { years: restricted?.ageLimit } } });
    expect((await add(true)).ok).toBe(true);
    expect((await add()).ok).toBe(true);
    await payAll();
    expect(await add()).toMatchObject({ ok: false, error: { code: 'needs-age' } });
  });

  test('a cashier gives a small discount alone and a large one with a manager', async () => {
    const { lineId } = await scan(at(0));
    const give = (basisPoints: number, given?: string) =>
      till.try('sale.discount-line', {
        lineId: lineId ?? '',
        discount: { kind: 'percent', basisPoints },
        reason: 'dented',
        ...(given === undefined ? {} : { approval: given }),
      });
    expect((await give(1000)).ok).toBe(true);
    expect(await give(5000)).toMatchObject({ error: { code: 'needs-approval', detail: { right: 'discount-large' } } });
    expect((await give(5000, await approval('discount-large'))).ok).toBe(true);
  });

  test('an approval is good for one act of its own kind', async () => {
    const { lineId } = await scan(at(0));
    const reprice = (given: string) =>
      till.try('sale.override-price', { lineId: lineId ?? '', unitPriceMinor: 100, reason: 'shelf', approval: given });
    expect(await reprice(await approval('receipt-void'))).toMatchObject({ error: { code: 'approval-spent' } });
    const good = await approval('price-override');
    expect((await reprice(good)).ok).toBe(true);
    expect(await reprice(good)).toMatchObject({ error: { code: 'approval-spent' } });
  });

  test('a removed line is restored by undo', async () => {
    const { lineId } = await scan(at(0));
    await till.call('sale.remove-line', { lineId: lineId ?? '' });
    expect((await till.sale()).totals.totalMinor).toBe(0);
    await till.call('sale.restore-line', { lineId: lineId ?? '' });
    expect((await till.sale()).totals.totalMinor).toBe(at(0).priceMinor);
  });

  test('the customer sees this sale and nothing of the one before', async () => {
    await scan(at(0));
    await payAll();
    const thanks = await till.call('customer.current', {});
    expect(thanks).toMatchObject({ kind: 'thanks', totalMinor: at(0).priceMinor });
    await scan(at(1));
    const selling = await till.call('customer.current', {});
    expect(selling.kind).toBe('selling');
    expect(JSON.stringify(selling)).not.toContain(at(0).name);
  });
});

describe('parking', () => {
  test('from the payment on the customer reads the thanks, without an empty screen between', async () => {
    const shown: string[] = [];
    const stop = till.app.subscribe('customer', (name, payload) => {
      if (name === 'customer.changed') shown.push((payload as { readonly kind: string }).kind);
    });
    await scan(at(2));
    await payAll();
    stop();
    expect(shown).toEqual(['selling', 'thanks']);
  });

  test('a parked receipt is served again after another customer', async () => {
    await scan(at(0));
    await till.call('sale.park', { name: 'blue jacket' });
    await scan(at(1));
    const [parked] = await till.call('sale.parked', {});
    expect(parked).toMatchObject({ name: 'blue jacket', totalMinor: at(0).priceMinor, lines: 1 });
    const early = await till.try('sale.resume', { receiptId: parked?.receiptId ?? '' });
    expect(early).toMatchObject({ error: { code: 'receipt-not-empty' } });
    await payAll();
    await till.call('sale.resume', { receiptId: parked?.receiptId ?? '' });
    expect((await till.sale()).lines).toMatchObject([{ name: at(0).name }]);
    expect((await till.sale()).parkedCount).toBe(0);
  });

  test('voiding needs a manager and a reason, and leaves no number', async () => {
    const before = await till.call('receipt.last', {});
    await scan(at(0));
    expect(await till.try('sale.void', { reason: 'left' })).toMatchObject({ error: { code: 'needs-approval' } });
    await till.call('sale.void', { reason: 'left', approval: await approval('receipt-void') });
    expect((await till.sale()).lines).toHaveLength(0);
    await scan(at(0));
    expect(await payAll()).toBe((before?.number ?? 0) + 1);
  });
});

describe('paying', () => {
  test('PAY-I2 PAY-I7 receipts get rising numbers without a gap, in the transaction that completes them', async () => {
    const numbers: number[] = [];
    for (let index = 0; index < 5; index += 1) {
      await scan(at(index));
      numbers.push(await payAll());
    }
    const first = numbers[0] ?? 0;
    expect(numbers).toEqual([0, 1, 2, 3, 4].map((step) => first + step));
  });

  test('a second tap on Pay is the same payment', async () => {
    await scan(at(0));
    const { totals } = await till.sale();
    const tap = { requestId: 'one-tap', tenderId: 'cash', amountMinor: totals.cashDueMinor, givenMinor: totals.cashDueMinor };
    const [one, two] = await Promise.all([till.call('payment.start', tap), till.call('payment.start', tap)]);
    expect(two).toEqual(one);
  });

  test('cash and card on one receipt leave two posts', async () => {
    await scan(at(0));
    const { totals } = await till.sale();
    await till.call('payment.start', { requestId: 'part-1', tenderId: 'cash', amountMinor: 50 });
    expect((await till.sale()).state).toBe('paying');
    expect(await till.try('sale.park', { name: 'x' })).toMatchObject({ error: { code: 'receipt-has-payments' } });
    const rest = await till.call('payment.start', {
      requestId: 'part-2',
      tenderId: 'card',
      amountMinor: totals.totalMinor - 50,
      reference: '4411',
    });
    expect(rest).toMatchObject({ completed: true, roundingMinor: 0 });
  });

  test('a provider tender that is not built in says why it cannot be used', async () => {
    await scan(at(0));
    const refused = await till.try('payment.start', { requestId: 'x', tenderId: 'nothing-such', amountMinor: 100 });
    expect(refused).toMatchObject({ error: { code: 'tender-unknown' } });
  });
});

describe('papers', () => {
  const last = async () => {
    const row = await till.call('receipt.last', {});
    if (!row) throw new Error('no receipt');
    return row;
  };
  const settled = async (state: string) => {
    for (let waited = 0; waited < 50; waited += 1) {
      if ((await last()).printState === state) return;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    expect((await last()).printState).toBe(state);
  };

  test('C-7 a failed print is repeated as the original; a printed one once, as the marked copy', async () => {
    await till.call('dev.set-printer', { state: 'out-of-paper' });
    await scan(at(0));
    await payAll();
    await settled('failed');
    const { receiptId } = await last();
    await till.call('dev.set-printer', { state: 'ready' });
    expect(await till.call('receipt.print', { receiptId })).toMatchObject({ copy: false });
    const papers = async () => (await till.call('dev.get', {})).papers;
    const copyWord = (text: string) => /kopio/i.test(text);
    expect(copyWord(JSON.stringify((await papers())[0]?.paper))).toBe(false);
    expect(await till.call('receipt.print', { receiptId })).toMatchObject({ copy: true });
    expect(copyWord(JSON.stringify((await papers())[0]?.paper))).toBe(true);
    expect(await till.try('receipt.print', { receiptId })).toMatchObject({ error: { code: 'already-copied' } });
  });

  test('C-7 two hands that ask for the copy at once get one, with a number of the copies\' own', async () => {
    await scan(at(0));
    await payAll();
    await settled('printed');
    const { receiptId } = await last();
    const both = await Promise.all([till.try('receipt.print', { receiptId }), till.try('receipt.print', { receiptId })]);
    expect(both.map((one) => one.ok)).toEqual([true, false]);
    expect(both[1]).toMatchObject({ error: { code: 'already-copied' } });
  });

  test('a receipt is found by its barcode, its number, an article and its amount', async () => {
    await scan(at(3));
    const number = await payAll();
    const find = async (text: string) =>
      (await till.call('receipt.list', { text, limit: 20 })).rows.some((row) => row.number === number);
    expect(await find(`R1-${number}`)).toBe(true);
    expect(await find(String(number))).toBe(true);
    expect(await find(at(3).name)).toBe(true);
    expect(await find((at(3).priceMinor / 100).toFixed(2))).toBe(true);
    expect(await find('no such thing anywhere')).toBe(false);
  });

  test('a receipt is found by an article whose first letter is Ä, typed small', async () => {
    await till.call('sale.add-open-price', { name: 'Äppelpaj', unitPriceMinor: 390, vatClass: 'low', approval: await approval('open-price') });
    const number = await payAll();
    const { rows } = await till.call('receipt.list', { text: 'äppel', limit: 20 });
    expect(rows.map((row) => row.number)).toEqual([number]);
  });
});
