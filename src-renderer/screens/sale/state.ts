import { create } from 'zustand';
import type { PaymentView } from '../../../src-main/contract/payment.ts';
import type { Failure } from '../../../src-main/contract/errors.ts';

/** A question that adding an article asks first, with what to do when it is answered. */
export type Question = { readonly failure: Failure; readonly again: (answer: Answer) => void };
export type Answer = { readonly ageConfirmed?: boolean; readonly quantityMilli?: number; readonly unitPriceMinor?: number; readonly articleId?: string };

/** The one dialog that is open over the sale. */
export type SaleDialog =
  | { readonly kind: 'quantity' | 'discount' | 'price' | 'note'; readonly lineId: string }
  | { readonly kind: 'receipt-discount' | 'receipt-note' | 'reference' | 'park' | 'parked' | 'void' | 'more' | 'drawer' | 'ask-price' }
  | { readonly kind: 'open-price'; readonly code: string }
  | { readonly kind: 'unknown-code'; readonly code: string }
  | { readonly kind: 'question'; readonly question: Question }
  | { readonly kind: 'give-back'; readonly postId: string }
  | { readonly kind: 'pay'; readonly tenderId: string }
  /** `then`: the tender that is chosen instead, once this payment has come to nothing. */
  | { readonly kind: 'wait'; readonly attemptId: string; readonly then?: string }
  | { readonly kind: 'decide'; readonly attemptId: string }
  | { readonly kind: 'paid'; readonly payment: PaymentView };

type SaleUi = {
  readonly dialog: SaleDialog | null;
  /** The line that keys and buttons act on; null is the newest. */
  readonly chosenLineId: string | null;
  /** From `3 *`: what the next article's quantity will be, in thousandths. */
  readonly quantityMilli: number | null;
  readonly search: string;
};

export const useSaleUi = create<SaleUi>(() => ({ dialog: null, chosenLineId: null, quantityMilli: null, search: '' }));

export const openDialog = (dialog: SaleDialog | null): void => useSaleUi.setState({ dialog });
export const closeDialog = (): void => useSaleUi.setState({ dialog: null });
export const chooseLine = (chosenLineId: string | null): void => useSaleUi.setState({ chosenLineId });
export const setSearch = (search: string): void => useSaleUi.setState({ search });
export const setQuantity = (quantityMilli: number | null): void => useSaleUi.setState({ quantityMilli });
