export type PaymentStatus = 'prepared' | 'pending' | 'confirming' | 'reserved' | 'captured' | 'cancelled' | 'declined' | 'expired' | 'released';

export type Payment = {
  readonly id: string;
  readonly reference: string;
  readonly terminal: string;
  /** Begun by somebody who is not one of our tills. */
  readonly foreign: boolean;
  amountMinor: number;
  tipMinor: number;
  readonly currency: string;
  status: PaymentStatus;
  readonly endsMs: number;
  at: string;
};

export type Refund = {
  readonly id: string;
  readonly reference: string;
  readonly payment: string;
  readonly amountMinor: number;
  status: 'reserved' | 'pending' | 'refunded';
  readonly dueMs: number;
  at: string;
};

export type State = { key: string; lastId: number; readonly payments: Payment[]; readonly refunds: Refund[] };

export const freshState = (key: string): State => ({ key, lastId: 0, payments: [], refunds: [] });

/** Whether a customer can still do something about it. */
export const isOpen = ({ status }: Payment): boolean => status === 'prepared' || status === 'pending' || status === 'confirming';

/** What neither has gone back nor is on its way. */
export const leftOf = (state: State, payment: Payment): number =>
  payment.amountMinor + payment.tipMinor - state.refunds.filter((one) => one.payment === payment.id).reduce((all, one) => all + one.amountMinor, 0);
