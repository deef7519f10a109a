import { fail, ok, type Result } from '../../contract/errors.ts';
import type { CashPieces, CountedCash, MovementKind } from '../../contract/shifts.ts';
import { add, minor, negate, subtract, sum, type Minor } from '../money.ts';
import type { CashCount, CashMovement, Shift } from '../ports/fiscal-stores.ts';

/** More than this is in no drawer, and in no count. */
const maximumMinor = 100_000_000;

/** What was found in a drawer, and the pieces it was found in. */
export type Found = { readonly amountMinor: Minor; readonly pieces: CashPieces | null };

/** Reads a count. Pieces are those of the country, each named once. */
export function foundIn(counted: CountedCash, cashPieces: readonly number[]): Result<Found> {
  if (counted.by === 'sum') return counted.amountMinor > maximumMinor ? fail('count-unreadable') : ok({ amountMinor: minor(counted.amountMinor), pieces: null });
  const { pieces } = counted;
  const known = pieces.every(({ pieceMinor }) => cashPieces.includes(pieceMinor)) && new Set(pieces.map(({ pieceMinor }) => pieceMinor)).size === pieces.length;
  const amountMinor = sum(pieces.map(({ pieceMinor, count }) => minor(pieceMinor * count)));
  if (!known || amountMinor > maximumMinor) return fail('count-unreadable');
  return ok({ amountMinor, pieces: pieces.filter(({ count }) => count > 0) });
}

/** What a movement adds to the drawer. */
export function movedMinor(kind: MovementKind, amountMinor: Minor): Minor {
  switch (kind) {
    case 'float':
    case 'pay-in':
      return amountMinor;
    case 'pay-out':
    case 'safe-drop':
      return negate(amountMinor);
    default:
      return unknownKind(kind);
  }
}

function unknownKind(kind: never): never {
  throw new Error(`shifts: unknown movement ${String(kind)}`);
}

/** What has to be in the drawer: its float, what was paid in and out, and the cash of its receipts. */
export const expectedMinor = (movements: readonly CashMovement[], cashMinor: Minor): Minor => add(sum(movements.map((movement) => movement.amountMinor)), cashMinor);

/** Above zero there is more in the drawer than there should be. */
export const differenceOf = (count: Pick<CashCount, 'countedMinor' | 'expectedMinor'>): Minor => subtract(count.countedMinor, count.expectedMinor);

/** Whether a count still tells what is there: nothing has moved since, and it has not had its use in a hand-over. */
export const countHolds = (count: CashCount, shift: Pick<Shift, 'handedOverBy'>, expectedNow: Minor): boolean => count.id !== shift.handedOverBy && count.expectedMinor === expectedNow;

/**
 * Whether another count needs somebody who may accept a difference. Who was told by how much the first count was off knows what the next
 * one should come to: it is blind no more.
 */
export const recountNeedsRight = (last: CashCount | null, shift: Pick<Shift, 'handedOverBy'>): boolean => last !== null && last.id !== shift.handedOverBy && differenceOf(last) !== 0;
