import { describe } from 'vitest';
import { registerSeqr } from '../../testing/seqr.ts';
import { signInAs } from '../../testing/till.ts';
import type { Conformant } from '../conformance/customer.ts';
import { survivesCrashes } from '../conformance/crashes.ts';
import { paysAsAgreed } from '../conformance/payments.ts';
import { givesBackAsAgreed } from '../conformance/refunds.ts';

const sticker = '009900027509';

const seqr: Conformant = {
  kind: 'seqr',
  prepare: (till) => registerSeqr(till, sticker),
  signIn: (till) => signInAs(till, 'Sofie Dahl'),
  ref: sticker,
  wire: { start: 'sendInvoice', poll: 'getPaymentStatus', cancel: 'cancelInvoice', confirm: 'submitPaymentReceipt' },
  refund: { operation: 'refundPayment', partsAreSafe: false },
  acts: { approve: 'approve', decline: 'decline' },
  secret: /<(?:\w+:)?password>([^<]+)</g,
};

describe('SEQR at the counter', () => paysAsAgreed(seqr));
describe('SEQR gives back', () => givesBackAsAgreed(seqr));
describe('SEQR and a pulled plug', () => survivesCrashes(seqr));
