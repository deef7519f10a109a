import { fail, ok, type Result } from '../../contract/errors.ts';
import { minor, negate, zero, type Minor } from '../money.ts';
import { withoutProvider, type Attempt, type Post, type Receipt } from '../sales/model.ts';
import { activeLines, paidOf, totalsOf } from '../sales/totals.ts';
import { takenBack, type TakenBack } from './immediate.ts';
import { owedOf } from './pay-back.ts';

/*
 * An exchange is two receipts (SE-7): what a return owes pays for a new sale. Both sides are booked in one transaction, a post below zero on
 * the return and one above on the sale; the return is completed with the sale, in one transaction again.
 */
export const setOffKind = 'set-off';

export type SetOffSide = { readonly receipt: Receipt; readonly attempt: Attempt; readonly post: Post };

export type SetOff = { readonly sale: SetOffSide; readonly back: SetOffSide; readonly saleCompleted: boolean };

type Names = { readonly requestId: string; readonly at: string; readonly newId: () => string };

function side(receipt: Receipt, amountMinor: Minor, requestId: string, { at, newId }: Names): SetOffSide {
  const attemptId = newId();
  const tender = { tenderId: setOffKind, tenderKind: setOffKind };
  const post: Post = { id: newId(), attemptId, ...tender, kind: 'payment', amountMinor, reference: '', description: '', verified: true, at };
  const attempt: Attempt = {
    id: attemptId, receiptId: receipt.id, requestId, ...tender, state: 'paid', amountMinor, currency: receipt.currency,
    givenMinor: amountMinor, changeMinor: zero, roundingMinor: zero, reference: '', ...withoutProvider, createdAt: at, updatedAt: at,
  };
  return { receipt: { ...receipt, state: 'paying', revision: receipt.revision + 1, posts: [...receipt.posts, post] }, attempt, post };
}

/** What of a receipt is set off now. */
export const setOffHeld = (receipt: Receipt): Minor => paidOf(receipt.posts.filter((post) => post.tenderKind === setOffKind));

/** Pays a sale with what a return owes, as far as both reach. Errors: nothing-to-pay, return-unknown. */
export function setOff(sale: Receipt, back: Receipt, names: Names): Result<SetOff> {
  const { dueMinor } = totalsOf(sale);
  if (activeLines(sale).length === 0 || dueMinor <= 0) return fail('nothing-to-pay');
  const owed = owedOf(back);
  if (back.state !== 'paying' || back.returned?.inExchange !== true || owed <= 0) return fail('return-unknown');
  const amount = minor(Math.min(dueMinor, owed));
  const paid = side(sale, amount, names.requestId, names);
  const given = side(back, negate(amount), `${names.requestId}-back`, names);
  const saleCompleted = totalsOf(paid.receipt).dueMinor === 0;
  return ok({ sale: saleCompleted ? { ...paid, receipt: { ...paid.receipt, state: 'completed', completedAt: names.at } } : paid, back: given, saleCompleted });
}

/** Undoes it on one side, before the sale is completed. */
export function setOffUndone(receipt: Receipt, names: Omit<Names, 'requestId'>): Result<TakenBack> {
  const held = setOffHeld(receipt);
  const post = receipt.posts.findLast((one) => one.tenderKind === setOffKind && one.kind === 'payment');
  if (receipt.state !== 'paying' || held === 0 || !post) return fail('payment-not-removable');
  return ok(takenBack(receipt, post, held, { id: names.newId(), at: names.at }));
}
