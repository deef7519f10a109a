import { fail, ok, type Result } from '../../contract/errors.ts';
import { add, minor, subtract, zero, type Minor } from '../money.ts';

/**
 * Rounds what is paid in cash to the country's step, half up in size: FI 5 cents, SE and NO a whole krone (.50 up),
 * DK 50 øre, NL 5 cents where the shop chose it. Only cash is rounded; lines, VAT and other tenders stay exact.
 */
export function roundCash(amount: Minor, stepMinor: number): Minor {
  const magnitude = Math.abs(amount);
  const steps = Math.floor((magnitude * 2 + stepMinor) / (stepMinor * 2));
  return minor(Math.sign(amount) * steps * stepMinor);
}

/** What a cash payment does to the receipt. */
export type CashPlan = {
  /** What the payment's post carries: the notes and coins taken, or (below zero) given out. */
  readonly takenMinor: Minor;
  /** What goes back to the customer, at least 0. */
  readonly changeMinor: Minor;
  /** What rounding adds to the receipt; 0 unless this payment settles it. */
  readonly roundingMinor: Minor;
  /** What stays open afterwards. */
  readonly leftMinor: Minor;
};

/**
 * Plans a cash payment of `amount` towards `due`, with `given` handed over.
 *
 * Paying the exact or the rounded amount settles the receipt and its rounding. Less is a part payment, which has to be
 * payable in coins and is not rounded. When the shop owes the customer (`due` below zero) the rounded amount is given out.
 */
export function planCash(due: Minor, amount: Minor, given: Minor | null, stepMinor: number): Result<CashPlan> {
  const rounded = roundCash(due, stepMinor);
  const roundingMinor = subtract(rounded, due);
  if (amount === due || amount === rounded) return settle(rounded, roundingMinor, given);
  if (amount <= 0 || amount > rounded) {
    return fail('amount-out-of-range', { minimumMinor: Math.min(stepMinor, rounded), maximumMinor: rounded });
  }
  if (amount % stepMinor !== 0) return fail('amount-not-payable-in-cash', { stepMinor });
  const handed = given ?? amount;
  if (handed < amount) return fail('amount-out-of-range', { minimumMinor: amount, maximumMinor: rounded });
  return ok({
    takenMinor: handed,
    changeMinor: subtract(handed, amount),
    roundingMinor: zero,
    leftMinor: subtract(due, amount),
  });
}

function settle(rounded: Minor, roundingMinor: Minor, given: Minor | null): Result<CashPlan> {
  if (rounded <= 0) return ok({ takenMinor: rounded, changeMinor: zero, roundingMinor, leftMinor: zero });
  const handed = given ?? rounded;
  if (handed < rounded) return fail('amount-out-of-range', { minimumMinor: rounded, maximumMinor: rounded });
  const changeMinor = subtract(handed, rounded);
  if (add(rounded, changeMinor) !== handed) throw new Error('cash: change does not add up');
  return ok({ takenMinor: handed, changeMinor, roundingMinor, leftMinor: zero });
}
