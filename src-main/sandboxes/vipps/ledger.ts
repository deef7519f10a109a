import type { Currency, Payment, State, Unit } from './state.ts';

const dayMs = 86_400_000;
/** What the service keeps of a capture, in ten-thousandths: a made-up price. */
const feeOfTenThousand = 175;

/** An account of one unit in one currency; a real unit has one, the made-up one as many as it takes currencies. */
export type Ledger = { readonly ledgerId: string; readonly currency: Currency; readonly unit: Unit };
export type Entry = { readonly entryType: string; readonly pspReference: string; readonly reference: string; readonly atMs: number; readonly amount: number; readonly balanceBefore: number; readonly balanceAfter: number };

const currencies: readonly Currency[] = ['NOK', 'DKK', 'EUR'];
export const ledgersOf = (units: readonly Unit[]): readonly Ledger[] =>
  units.flatMap((unit) => currencies.filter((one) => unit.currencies.includes(one)).map((currency) => ({ ledgerId: `${unit.msn}${currencies.indexOf(currency) + 1}`, currency, unit })));

export const dateOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
const feeOf = (amountMinor: number): number => Math.round((amountMinor * feeOfTenThousand) / 10_000);

type Movement = Omit<Entry, 'balanceBefore' | 'balanceAfter'>;

const movementsOf = ({ reference, events }: Payment): readonly Movement[] =>
  events
    .filter(({ name, success }) => success && (name === 'CAPTURED' || name === 'REFUNDED'))
    .map(({ name, pspReference, amountMinor, atMs }) => ({ entryType: name === 'CAPTURED' ? 'capture' : 'refund', pspReference, reference, atMs, amount: name === 'CAPTURED' ? amountMinor : -amountMinor }));

function withBalances(movements: readonly Movement[]): readonly Entry[] {
  let balance = 0;
  return movements.map((movement) => {
    const balanceBefore = balance;
    balance += movement.amount;
    return { ...movement, balanceBefore, balanceAfter: balance };
  });
}

/** Sales and refunds as they come; when a day is over, its fees go off and the rest is paid out (Vipps, section 13). */
function fundsOf(moved: readonly Movement[], nowMs: number): readonly Entry[] {
  const all: Movement[] = [];
  let balance = 0;
  for (const date of new Set(moved.map(({ atMs }) => dateOf(atMs)))) {
    const own = moved.filter(({ atMs }) => dateOf(atMs) === date);
    all.push(...own);
    balance += own.reduce((sum, { amount }) => sum + amount, 0);
    const endMs = Date.parse(date) + dayMs - 1;
    if (nowMs <= endMs) continue;
    const fees = own.filter(({ amount }) => amount > 0).reduce((sum, { amount }) => sum + feeOf(amount), 0);
    const close = (entryType: string, amount: number): void => {
      if (amount === 0) return;
      all.push({ entryType, pspReference: `${entryType}-${date}`, reference: '', atMs: endMs, amount });
      balance += amount;
    };
    close('fees-retained', -fees);
    close('scheduled-for-payout', Math.min(0, -balance));
  }
  return withBalances(all);
}

/** Everything on an account, oldest first. */
export function entriesOf(state: State, { unit, currency }: Ledger, topic: 'funds' | 'fees', nowMs: number): readonly Entry[] {
  const moved = state.payments
    .filter((one) => one.msn === unit.msn && one.currency === currency)
    .flatMap(movementsOf)
    .toSorted((one, other) => one.atMs - other.atMs);
  if (topic === 'funds') return fundsOf(moved, nowMs);
  return withBalances(moved.filter(({ amount }) => amount > 0).map((movement) => ({ ...movement, entryType: 'capture-fee', amount: -feeOf(movement.amount) })));
}
