import { create } from 'zustand';

/** What the room of returns is opened with: a receipt, a return that goes on, or a code that was scanned elsewhere. */
export type ReturnWish = { readonly receiptId: string } | { readonly returnId: string } | { readonly text: string };

export const useReturnWish = create<{ readonly wish: ReturnWish | null }>(() => ({ wish: null }));

const receiptCode = /^R\d{1,6}-\d{1,9}$/i;

/** Whether a code is the barcode of a sale's receipt. */
export const isReceiptCode = (code: string): boolean => receiptCode.test(code.trim());

/** Opens the room of returns. */
export function openReturns(wish: ReturnWish | null): void {
  useReturnWish.setState({ wish });
  location.hash = '#/returns';
}
