import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { minor, sum } from '../../core/money.ts';
import { readClaims, type StoredClaim } from '../../storage/chain/chain-book.ts';
import { lookAtStore, type OtherStore } from '../../storage/chain/other-store.ts';
import type { Finding } from '../../storage/audit/finding.ts';
import { checkChain, chainFileName } from './chain-file.ts';
import { chainFolder } from './open-chain.ts';

type Stores = OtherStore['stores'];

/** I6 over all stores: of each payment of this store no more has gone back, or is on its way, than was paid. */
function ofPayments(claims: readonly StoredClaim[], { sales, refunds }: Stores): readonly Finding[] {
  return [...new Set(claims.map((one) => one.paymentId))].flatMap((paymentId): readonly Finding[] => {
    const where = `payment ${paymentId}`;
    const receiptId = sales.receiptOfPost(paymentId);
    const post = receiptId === null ? undefined : sales.load(receiptId)?.posts.find((one) => one.id === paymentId);
    if (!post) return [{ rule: 'PAY-I6', where, what: 'the chain has given back of it, and this store has never taken it' }];
    const mine = claims.filter((one) => one.paymentId === paymentId);
    const known = new Set(mine.map((one) => one.reference));
    const claimed = sum(mine.filter((one) => one.state !== 'released').map((one) => one.amountMinor));
    const before = sum(refunds.ofPost(paymentId).filter((one) => one.state !== 'refused' && !known.has(one.reference)).map((one) => one.amountMinor));
    const given = minor(claimed + before);
    return given > post.amountMinor ? [{ rule: 'PAY-I6', where, what: `${given} has gone back over all stores of ${post.amountMinor}` }] : [];
  });
}

/** What this store has asked the chain for stands in its own books with the same end. One that is under way may be ahead in either. */
function byThisStore(claims: readonly StoredClaim[], { refunds }: Stores): readonly Finding[] {
  return claims.flatMap(({ reference, state }): readonly Finding[] => {
    const refund = refunds.byReference(reference);
    const lost = state === 'given' && (refund === null || refund.state === 'refused');
    const denied = state === 'released' && refund?.state === 'refunded';
    if (!lost && !denied) return [];
    return [{ rule: 'PAY-I6', where: `refund ${reference}`, what: lost ? 'the chain has given it back, and the books of this store do not say so' : 'the books of this store say that it went back, and the chain’s that it did not' }];
  });
}

/** The books of a store against those of its chain, beside a running register. Null: it is in none. */
export function verifyChain(dataDir: string): { readonly count: number; readonly findings: readonly Finding[] } | null {
  const mine = resolve(dataDir);
  const folder = join(dirname(mine), chainFolder);
  const [file, book] = [join(folder, chainFileName), join(folder, 'chain.sqlite')];
  if (!existsSync(file) || !existsSync(book)) return null;
  const checked = checkChain(readFileSync(file, 'utf8'));
  const me = checked.ok ? checked.file.stores.find((one) => one.folder === basename(mine)) : undefined;
  if (!me) return null;
  const claims = readClaims(book);
  const findings = lookAtStore(join(mine, 'kassa.sqlite'), ({ stores }) => [
    ...ofPayments(claims.filter((one) => one.ofStore === me.id), stores),
    ...byThisStore(claims.filter((one) => one.byStore === me.id), stores),
  ]);
  return { count: claims.length, findings };
}
