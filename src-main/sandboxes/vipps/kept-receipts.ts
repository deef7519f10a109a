import { createHash } from 'node:crypto';
import type { Receipt, State } from './state.ts';

type Place = Pick<Receipt, 'msn' | 'paymentType' | 'orderId'>;

const samePlace = (one: Place, other: Place): boolean => one.msn === other.msn && one.paymentType === other.paymentType && one.orderId === other.orderId;

export const receiptAt = (state: State, place: Place): Receipt | null => state.receipts.find((one) => samePlace(one, place)) ?? null;

/** Looks like a GUID and is always the same for the same order. */
function idOf({ msn, paymentType, orderId }: Place): string {
  const hex = createHash('sha256').update(`${msn} ${paymentType} ${orderId}`).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`, hex.slice(20, 32)].join('-');
}

/** Writes down an order's receipt or its category; answers its id. */
export function keepReceipt(state: State, place: Place, part: Partial<Pick<Receipt, 'receipt' | 'category'>>): string {
  const before = receiptAt(state, place);
  if (before) Object.assign(before, part);
  else state.receipts.push({ ...place, id: idOf(place), receipt: null, category: null, ...part });
  return idOf(place);
}
