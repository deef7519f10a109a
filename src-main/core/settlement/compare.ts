import type { Currency } from '../../contract/basics.ts';
import type { SettlementRow } from '../payments/provider.ts';

/*
 * A day of the shop laid beside its provider's own books (docs/payments.md, "Settlement"). Rows and posts are joined on the payment's name,
 * the kind of movement and the amount. A payment near midnight may stand in the books of the day before or after: both sides of the
 * neighbouring days are looked at before anything is called missing, and what has its own counterpart there is left alone.
 */

/** A movement of money as this shop's books have it. Signed: what the shop gets is above zero. */
export type OurPost = {
  readonly kind: 'captured' | 'refunded';
  readonly of: 'receipt' | 'returned' | 'task';
  /** The provider's own name of it. */
  readonly reference: string;
  /** Every name that the provider's books may use for the payment; the first is the same for all movements of one payment. */
  readonly references: readonly string[];
  readonly amountMinor: number;
  readonly currency: Currency;
  /** ISO instant. */
  readonly at: string;
  readonly receiptId: string | null;
};

export type Compared = {
  readonly state: 'matched' | 'missing-here' | 'missing-there' | 'different';
  readonly kind: OurPost['kind'];
  readonly reference: string;
  readonly here: readonly OurPost[];
  readonly there: readonly SettlementRow[];
  readonly hereMinor: number;
  readonly thereMinor: number;
  /** One side stands in a neighbouring day's books. */
  readonly otherDay: boolean;
};

export type Summed = { readonly currency: Currency; readonly amountMinor: number; readonly count: number };

export type Comparison = {
  readonly rows: readonly Compared[];
  readonly fees: readonly Summed[];
  readonly payouts: readonly Summed[];
  readonly others: readonly SettlementRow[];
};

/** `near` is of the days before and after. */
export type Books = {
  readonly posts: readonly OurPost[];
  readonly nearPosts: readonly OurPost[];
  readonly rows: readonly SettlementRow[];
  readonly nearRows: readonly SettlementRow[];
};

type Sum = { readonly amountMinor: number; readonly currency: Currency };

/** All movements of one kind of one payment, taken out of these lists as they find each other. */
type Group = { readonly kind: OurPost['kind']; readonly posts: OurPost[]; readonly nearPosts: OurPost[]; readonly rows: SettlementRow[]; readonly nearRows: SettlementRow[] };

const total = (amounts: readonly Sum[]): number => amounts.reduce((all, { amountMinor }) => all + amountMinor, 0);

function compared(state: Compared['state'], kind: OurPost['kind'], here: readonly OurPost[], there: readonly SettlementRow[], otherDay: boolean): Compared {
  const reference = there.find((row) => row.reference !== '')?.reference ?? here[0]?.references[0] ?? here[0]?.reference ?? there[0]?.entry ?? '';
  return { state, kind, reference, here, there, hereMinor: total(here), thereMinor: total(there), otherDay };
}

/** Takes out the pairs of two lists that are the same to the cent. */
function pairs<A extends Sum, B extends Sum>(some: A[], others: B[]): (readonly [A, B])[] {
  const found: (readonly [A, B])[] = [];
  for (const one of some.splice(0)) {
    const at = others.findIndex((other) => other.amountMinor === one.amountMinor && other.currency === one.currency);
    const [other] = at < 0 ? [] : others.splice(at, 1);
    if (other === undefined) some.push(one);
    else found.push([one, other]);
  }
  return found;
}

/** Whether two lists come to the same in one currency: a payment that is taken in two parts there and in one here. */
function comeToTheSame(some: readonly Sum[], others: readonly Sum[]): boolean {
  const [first] = some;
  return first !== undefined && others.length > 0 && [...some, ...others].every(({ currency }) => currency === first.currency) && total(some) === total(others);
}

/** What of a group is left after the pairs; a list is emptied when it is told. */
function left({ kind, posts, nearPosts, rows, nearRows }: Group): readonly Compared[] {
  const near = (some: readonly unknown[]): boolean => some.length > 0;
  const sums = [[posts, rows], [posts, [...rows, ...nearRows]], [[...posts, ...nearPosts], rows]] as const;
  if (posts.length === 0 && rows.length === 0) return [];
  for (const [index, [here, there]] of sums.entries()) {
    if (comeToTheSame(here, there)) return [compared('matched', kind, here, there, index > 0)];
  }
  if (posts.length > 0 && rows.length > 0) return [compared('different', kind, posts, rows, false)];
  if (posts.length > 0) return near(nearRows) ? [compared('different', kind, posts, nearRows, true)] : posts.map((post) => compared('missing-there', kind, [post], [], false));
  return near(nearPosts) ? [compared('different', kind, nearPosts, rows, true)] : rows.map((row) => compared('missing-here', kind, [], [row], false));
}

function ofGroup(group: Group): readonly Compared[] {
  const { kind, posts, nearPosts, rows, nearRows } = group;
  const matched = (otherDay: boolean) => ([post, row]: readonly [OurPost, SettlementRow]): Compared => compared('matched', kind, [post], [row], otherDay);
  const sameDay = pairs(posts, rows).map(matched(false));
  // What has its own counterpart on its own day is not today's.
  pairs(nearPosts, nearRows);
  const otherDay = [...pairs(posts, nearRows), ...pairs(nearPosts, rows)].map(matched(true));
  return [...sameDay, ...otherDay, ...left(group)];
}

/** Which payment each name stands for. */
function paymentsOf(posts: readonly OurPost[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const { references, reference } of posts) {
    const all = [...references, reference].filter((name) => name !== '');
    const payment = all.map((name) => names.get(name)).find((known) => known !== undefined) ?? all[0] ?? '';
    for (const name of all) if (!names.has(name)) names.set(name, payment);
  }
  return names;
}

function groupsOf({ posts, nearPosts, rows, nearRows }: Books): readonly Group[] {
  const names = paymentsOf([...posts, ...nearPosts]);
  const groups = new Map<string, Group>();
  function of(payment: string, kind: OurPost['kind']): Group {
    const key = `${kind} ${payment}`;
    const known = groups.get(key) ?? { kind, posts: [], nearPosts: [], rows: [], nearRows: [] };
    groups.set(key, known);
    return known;
  }
  const ofPost = (post: OurPost): Group => of(names.get(post.references[0] ?? post.reference) ?? '', post.kind);
  const ofRow = (row: SettlementRow, kind: OurPost['kind']): Group => of(names.get(row.reference) ?? names.get(row.entry) ?? `only there: ${row.reference || row.entry}`, kind);
  for (const post of posts) ofPost(post).posts.push(post);
  for (const post of nearPosts) ofPost(post).nearPosts.push(post);
  for (const row of rows) if (row.kind === 'captured' || row.kind === 'refunded') ofRow(row, row.kind).rows.push(row);
  for (const row of nearRows) if (row.kind === 'captured' || row.kind === 'refunded') ofRow(row, row.kind).nearRows.push(row);
  return [...groups.values()];
}

/** By currency, in the order in which they are met. */
function summed(rows: readonly SettlementRow[]): readonly Summed[] {
  const currencies = [...new Set(rows.map(({ currency }) => currency))];
  return currencies.map((currency) => {
    const own = rows.filter((row) => row.currency === currency);
    return { currency, amountMinor: total(own), count: own.length };
  });
}

const timeOf = ({ here, there }: Compared): string => here[0]?.at ?? there[0]?.at ?? '';

/** Each post and each movement of the day stands in exactly one of the rows; fees and payouts are summed apart. */
export function compareDay(books: Books): Comparison {
  const of = (kind: SettlementRow['kind']): readonly SettlementRow[] => books.rows.filter((row) => row.kind === kind);
  return {
    rows: groupsOf(books).flatMap(ofGroup).toSorted((one, other) => Date.parse(timeOf(one)) - Date.parse(timeOf(other))),
    fees: summed(of('fee')),
    payouts: summed(of('payout')),
    others: of('other'),
  };
}
