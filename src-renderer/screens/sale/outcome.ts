import type { PaymentView } from '../../../src-main/contract/payment.ts';

/** What belongs to a payment that a provider proves. */
export type Wait = NonNullable<PaymentView['wait']>;

const ended: ReadonlySet<PaymentView['state']> = new Set(['cancelled', 'declined', 'expired', 'released', 'reversed', 'not-started']);

/** Whether a payment has come to nothing: the receipt is free again. */
export const cameToNothing = (payment: PaymentView): boolean => ended.has(payment.state);

/** Whether the cashier is asked: try again, or cancel? */
export const asks = (payment: PaymentView, wait: Wait): boolean => wait.question && payment.state !== 'cancelling' && !cameToNothing(payment);

/** Nothing can be said of it now. Another payment taken meanwhile might be one too many. */
export const silent = (payment: PaymentView, wait: Wait): boolean => payment.state === 'outcome-unknown' || (payment.state === 'waiting' && wait.problem !== null);
