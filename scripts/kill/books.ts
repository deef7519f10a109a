import { dumpShop } from '../../src-main/app/commands/audit.ts';
import type { Ledger } from './providers.ts';

type Post = { readonly provider: string; readonly reference: string; readonly kind: string; readonly amountMinor: number; readonly of?: string };

/** What `npm run dump` tells of a shop, as far as it is laid beside the providers. */
export type Books = { readonly posts: readonly Post[]; readonly attempts: readonly { readonly state: string }[]; readonly refunds: readonly { readonly state: string }[] };

export function booksOf(database: string): Books {
  const answer = dumpShop(database, new Date(0).toISOString());
  if ('problem' in answer) throw new Error(answer.problem);
  return answer.found as Books;
}

const finished = new Set(['paid', 'cancelled', 'declined', 'expired', 'released', 'reversed', 'not-started']);

/** States of what is not at its end. */
export const unfinishedIn = ({ attempts, refunds }: Books): readonly string[] => [
  ...attempts.filter(({ state }) => !finished.has(state)).map(({ state }) => state),
  ...refunds.filter(({ state }) => state !== 'refunded' && state !== 'refused').map(() => 'refunding'),
];

const sum = (list: readonly { readonly amountMinor: number }[]): number => list.reduce((all, one) => all + one.amountMinor, 0);

/** What a provider's ledger and our books do not agree about. */
export function differences(kind: string, { posts }: Books, ledger: Ledger): { readonly lost: readonly string[]; readonly doubled: readonly string[] } {
  const own = posts.filter((one) => one.provider === kind);
  const lost: string[] = [];
  const doubled: string[] = [];
  for (const taken of ledger.filter((one) => one.kind === 'captured')) {
    const here = own.filter((one) => one.reference === taken.reference && one.kind !== 'refunded');
    if (here.length === 0) lost.push(taken.reference);
    if (here.length > 1 || (here.length === 1 && sum(here) !== taken.amountMinor)) doubled.push(taken.reference);
    const there = sum(ledger.filter((one) => one.of === taken.reference));
    const back = sum(own.filter((one) => one.kind === 'refunded' && one.of === taken.reference));
    if (there > back) lost.push(`refund of ${taken.reference}`);
    if (back > there) doubled.push(`refund of ${taken.reference}`);
  }
  for (const one of own) if (one.kind === 'captured' && !ledger.some((taken) => taken.reference === one.reference)) doubled.push(`${one.reference} is on a receipt only`);
  return { lost, doubled };
}
