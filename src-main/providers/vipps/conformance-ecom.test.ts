import { describe } from 'vitest';
import { signInAs } from '../../testing/till.ts';
import { prepareEcom } from '../../testing/vipps.ts';
import type { Conformant } from '../conformance/customer.ts';
import { paysAsAgreed } from '../conformance/payments.ts';
import { givesBackAsAgreed } from '../conformance/refunds.ts';

const ecom: Conformant = {
  kind: 'vipps',
  prepare: prepareEcom,
  signIn: (till) => signInAs(till, 'Sofie Dahl'),
  ref: '*',
  wire: { start: 'ecom-initiate', poll: 'ecom-details', cancel: 'ecom-cancel', confirm: 'ecom-capture' },
  // It is asked about first: an initiation has no key that would make a second one the same.
  lostStart: 'proven',
  // Its address is in that answer alone, and in the memory of the program.
  lostAnswer: 'ended',
  refund: { operation: 'ecom-refund', partsAreSafe: true },
  acts: { approve: 'approve', decline: 'decline', open: 'scan' },
  secret: /"(?:client_secret|ocp-apim-subscription-key|authorization)":"(?:Bearer )?([^"]+)"/g,
};

describe('Vipps by eCom at the counter', () => paysAsAgreed(ecom));
describe('Vipps by eCom gives back', () => givesBackAsAgreed(ecom));
// Tills that are killed at each step are killed with ePayment and in the simulation, which plays eCom too.
