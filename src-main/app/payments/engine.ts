import { lateStart } from '../../core/payments/late-start.ts';
import { learn } from '../../core/payments/machine.ts';
import { settle } from '../../core/payments/provider-payment.ts';
import { learnRefund } from '../../core/payments/refund.ts';
import { pauseMs } from './pace.ts';

/** Our own name of a payment: the installation's epoch, so that a restored copy never meets an old payment, and the attempt. */
const referenceOf = (epoch: string, attemptId: string): string => `${epoch}-${attemptId.replaceAll('-', '').slice(-24)}`;

/**
 * The decisions that all payments rest on, in one place. There is one of it; the simulation plants faults in a copy to see
 * whether it finds them.
 */
export const engine = {
  learn,
  lateStart,
  learnRefund,
  settle,
  pauseMs,
  referenceOf,
  /** Whether a payment may begin although its provider's terminal has one under way. */
  sharesTerminal: (oneActivePayment: boolean): boolean => !oneActivePayment,
};
export type Engine = typeof engine;
