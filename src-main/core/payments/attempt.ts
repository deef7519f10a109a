import type { AttemptState } from '../../contract/payment.ts';

/*
 * One life cycle for every attempt (docs/payments.md):
 *
 *   intended -> starting -> waiting -> approved -> capturing -> paid
 *                  |           |          +-> releasing -> released
 *                  |           +-> cancelling -> cancelled | paid
 *                  |           +-> declined | expired | reversed
 *                  +-> not-started
 *   intended -> paid                     cash, manual card, a signed receipt: proof after the fact
 *   any unfinished state -> outcome-unknown
 */

/** Whether an attempt has ended. Exhaustive, so that a new state stops the build until somebody decides. */
export function isFinished(state: AttemptState): boolean {
  switch (state) {
    case 'paid':
    case 'cancelled':
    case 'declined':
    case 'expired':
    case 'released':
    case 'reversed':
    case 'not-started':
      return true;
    case 'intended':
    case 'starting':
    case 'waiting':
    case 'approved':
    case 'capturing':
    case 'releasing':
    case 'cancelling':
    case 'outcome-unknown':
      return false;
    default:
      return unknownState(state);
  }
}

function unknownState(state: never): never {
  throw new Error(`payments: unknown attempt state ${String(state)}`);
}
