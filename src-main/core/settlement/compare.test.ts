import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SettlementRow } from '../payments/provider.ts';
import { compareDay, type Books, type Compared, type OurPost } from './compare.ts';

const at = (hour: number): string => `2026-11-26T${String(hour).padStart(2, '0')}:00:00.000Z`;
const ours = (reference: string, amountMinor: number, more: Partial<OurPost> = {}): OurPost => ({
  kind: amountMinor < 0 ? 'refunded' : 'captured', of: 'receipt', reference: `psp-${reference}`, references: [reference, `psp-${reference}`], amountMinor, currency: 'NOK', at: at(10), receiptId: 'receipt', ...more,
});
const theirs = (reference: string, amountMinor: number, more: Partial<SettlementRow> = {}): SettlementRow => ({
  reference, entry: `entry-${reference}-${amountMinor}`, kind: amountMinor < 0 ? 'refunded' : 'captured', amountMinor, currency: 'NOK', at: at(10), word: 'capture', ...more,
});
const none: Books = { posts: [], nearPosts: [], rows: [], nearRows: [] };
const states = (books: Partial<Books>): readonly string[] => compareDay({ ...none, ...books }).rows.map(({ state, otherDay }) => (otherDay ? `${state} other day` : state));

describe('a day beside a provider’s books', () => {
  test('what both have, what one has, and what differs', () => {
    const compared = compareDay({ ...none, posts: [ours('a', 100), ours('b', 200), ours('c', 300)], rows: [theirs('a', 100), theirs('b', 250), theirs('d', 400)] });
    expect(compared.rows.map(({ state, reference, hereMinor, thereMinor }) => [state, reference, hereMinor, thereMinor])).toEqual([
      ['matched', 'a', 100, 100], ['different', 'b', 200, 250], ['missing-there', 'c', 300, 0], ['missing-here', 'd', 0, 400],
    ]);
  });

  test('several captures and refunds of a payment each find their own; what comes to the same in other parts is the same', () => {
    expect(states({ posts: [ours('a', 500), ours('a', -100), ours('a', -100), ours('a', -50)], rows: [theirs('a', 500), theirs('a', -100), theirs('a', -50)] })).toEqual(['matched', 'matched', 'matched', 'missing-there']);
    const [one] = compareDay({ ...none, posts: [ours('a', 500)], rows: [theirs('a', 200), theirs('a', 300)] }).rows;
    expect(one).toMatchObject({ state: 'matched', hereMinor: 500, thereMinor: 500 });
    expect(one?.there).toHaveLength(2);
    expect(states({ posts: [ours('a', 500)], rows: [theirs('a', 500, { currency: 'EUR' })] })).toEqual(['different']);
  });

  test('the same amount of another payment, or of another kind, is not this one', () => {
    expect(states({ posts: [ours('a', 100)], rows: [theirs('b', 100)] })).toEqual(['missing-there', 'missing-here']);
    expect(states({ posts: [ours('a', 100)], rows: [theirs('a', -100)] })).toEqual(['missing-there', 'missing-here']);
  });

  test('a payment near midnight stands in the books of the day beside; what has its own counterpart there is left alone', () => {
    expect(states({ posts: [ours('late', 100)], nearRows: [theirs('late', 100)] })).toEqual(['matched other day']);
    expect(states({ rows: [theirs('early', 100)], nearPosts: [ours('early', 100)] })).toEqual(['matched other day']);
    // Two parts of ten went back on the same payment, one today and one tomorrow; the provider has but one row, tomorrow's.
    expect(states({ posts: [ours('a', -10)], nearPosts: [ours('a', -10)], nearRows: [theirs('a', -10)] })).toEqual(['missing-there']);
    expect(states({ posts: [ours('late', 100)], nearRows: [theirs('late', 90)] })).toEqual(['different other day']);
    expect(states({ nearPosts: [ours('a', 100)], nearRows: [theirs('b', 100)] })).toEqual([]);
  });

  test('a payment is known by any name of it: with a store’s prefix, or by the provider’s own where ours is not told', () => {
    expect(states({ posts: [ours('a', 100, { references: ['a', 'psp-a', 'oslo-a'] })], rows: [theirs('oslo-a', 100)] })).toEqual(['matched']);
    expect(states({ posts: [ours('a', 100)], rows: [theirs('', 100, { entry: 'psp-a' })] })).toEqual(['matched']);
  });

  test('fees and payouts are summed apart, and what is none of these is listed', () => {
    const rows = [theirs('a', 100), theirs('a', -2, { kind: 'fee' }), theirs('b', -3, { kind: 'fee' }), theirs('', 95, { kind: 'payout' }), theirs('', -1, { kind: 'other', word: 'correction' })];
    expect(compareDay({ ...none, posts: [ours('a', 100)], rows })).toMatchObject({
      rows: [{ state: 'matched' }], fees: [{ currency: 'NOK', amountMinor: -5, count: 2 }], payouts: [{ currency: 'NOK', amountMinor: 95, count: 1 }], others: [{ word: 'correction' }],
    });
  });
});

type Movement = { readonly payment: number; readonly amountMinor: number; readonly where: 'both' | 'their-other-day' | 'our-other-day' | 'neighbours' };

const movement: fc.Arbitrary<Movement> = fc.record({
  payment: fc.integer({ min: 0, max: 6 }),
  amountMinor: fc.oneof(fc.integer({ min: 1, max: 5 }), fc.integer({ min: -5, max: -1 })),
  where: fc.constantFrom('both' as const, 'both' as const, 'their-other-day' as const, 'our-other-day' as const, 'neighbours' as const),
});

/** Books in which nothing is missing: each movement stands once on either side, some near midnight. */
function mirrored(movements: readonly Movement[]): Books {
  const books = { posts: [] as OurPost[], nearPosts: [] as OurPost[], rows: [] as SettlementRow[], nearRows: [] as SettlementRow[] };
  movements.forEach(({ payment, amountMinor, where }, index) => {
    const post = ours(`p${payment}`, amountMinor, { receiptId: `r${index}` });
    const row = theirs(`p${payment}`, amountMinor, { entry: `e${index}` });
    (where === 'our-other-day' || where === 'neighbours' ? books.nearPosts : books.posts).push(post);
    (where === 'their-other-day' || where === 'neighbours' ? books.nearRows : books.rows).push(row);
  });
  return books;
}

/** Each post and row of the day is told exactly once, and those of neighbours at most once. */
function toldOnce(books: Books, rows: readonly Compared[]): void {
  const here = rows.flatMap((one) => one.here);
  const there = rows.flatMap((one) => one.there);
  for (const post of books.posts) expect(here.filter((one) => one === post)).toHaveLength(1);
  for (const row of books.rows) expect(there.filter((one) => one === row)).toHaveLength(1);
  expect(new Set(here).size).toBe(here.length);
  expect(new Set(there).size).toBe(there.length);
  for (const one of rows) {
    expect(one.hereMinor).toBe(one.here.reduce((sum, { amountMinor }) => sum + amountMinor, 0));
    expect(one.thereMinor).toBe(one.there.reduce((sum, { amountMinor }) => sum + amountMinor, 0));
    if (one.state === 'matched') expect(one.hereMinor).toBe(one.thereMinor);
    if (one.state === 'missing-here') expect(one.here).toEqual([]);
    if (one.state === 'missing-there') expect(one.there).toEqual([]);
  }
}

describe('whatever a day was like', () => {
  test('every post and every row of it is told exactly once', () => {
    fc.assert(
      fc.property(fc.array(movement, { maxLength: 12 }), fc.array(movement, { maxLength: 12 }), (some, others) => {
        const books: Books = { ...mirrored(some), rows: mirrored(others).rows, nearRows: mirrored(others).nearRows };
        toldOnce(books, compareDay(books).rows);
      }),
      { numRuns: 500 },
    );
  });

  test('books without a fault show none, whatever stands near midnight and however the rows are ordered', () => {
    fc.assert(
      fc.property(fc.array(movement, { maxLength: 14 }), fc.boolean(), (movements, turned) => {
        const books = mirrored(movements);
        const rows = turned ? books.rows.toReversed() : books.rows;
        expect(compareDay({ ...books, rows }).rows.filter(({ state }) => state !== 'matched')).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  test('what is taken out of one side is missed there, and nothing else is', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 5_000 }), { minLength: 1, maxLength: 10 }), fc.nat(), fc.boolean(), (amounts, which, fromOurs) => {
        const posts = amounts.map((amountMinor, index) => ours(`p${index}`, amountMinor));
        const rows = amounts.map((amountMinor, index) => theirs(`p${index}`, amountMinor));
        const gone = which % amounts.length;
        const books = fromOurs ? { ...none, posts: posts.toSpliced(gone, 1), rows } : { ...none, posts, rows: rows.toSpliced(gone, 1) };
        const wrong = compareDay(books).rows.filter(({ state }) => state !== 'matched');
        expect(wrong.map(({ state, reference }) => [state, reference])).toEqual([[fromOurs ? 'missing-here' : 'missing-there', `p${gone}`]]);
      }),
    );
  });
});
