import { describe } from 'vitest';
import { signInAs } from '../../testing/till.ts';
import { chooseSalesUnit } from '../../testing/vipps.ts';
import type { Conformant } from '../conformance/customer.ts';
import { survivesCrashes } from '../conformance/crashes.ts';
import { paysAsAgreed } from '../conformance/payments.ts';
import { givesBackAsAgreed } from '../conformance/refunds.ts';

const epayment: Conformant = {
  kind: 'vipps',
  prepare: chooseSalesUnit,
  signIn: (till) => signInAs(till, 'Sofie Dahl'),
  // The newest payment: the one on the customer's screen.
  ref: '*',
  // The service wants no thanks; what comes after the customer's yes is the capture.
  wire: { start: 'create', poll: 'get', cancel: 'cancel', confirm: 'capture' },
  lostStart: 'sent-again',
  refund: { operation: 'refund', partsAreSafe: true },
  acts: { approve: 'approve', decline: 'decline' },
  secret: /"(?:client_secret|ocp-apim-subscription-key|authorization)":"(?:Bearer )?([^"]+)"/g,
};

describe('Vipps MobilePay at the counter', () => paysAsAgreed(epayment));
describe('Vipps MobilePay gives back', () => givesBackAsAgreed(epayment));
describe('Vipps MobilePay and a pulled plug', () => survivesCrashes(epayment));
