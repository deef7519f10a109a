import { z } from 'zod';
import { instant } from './basics.ts';

/** Why a mail was not taken; each has a sentence `mail.problem.<problem>` in every language. */
export const mailProblem = z.enum([
  'not-configured',
  'host-not-found',
  'unreachable',
  'timeout',
  'interrupted',
  'tls',
  'login-refused',
  'sender-refused',
  'recipient-refused',
  'message-refused',
  'later',
  'address-lost',
  'protocol',
]);
export type MailProblem = z.infer<typeof mailProblem>;

/** `queued` waits for its next try; `failed` is given up; `dropped` went another way. */
export const mailState = z.enum(['queued', 'sending', 'sent', 'failed', 'dropped']);
export type MailState = z.infer<typeof mailState>;

/** How a receipt's mail stands. Whom it goes to is nobody's to read. */
export const mailView = z.strictObject({
  state: mailState,
  problem: mailProblem.nullable(),
  tries: z.int(),
  nextTryAt: instant,
  copy: z.boolean(),
});

/** What became of the original of a receipt (C-6): given out on paper, by mail or by QR; not wanted; on its way; or not yet. */
export const delivery = z.enum(['none', 'waiting', 'printed', 'sending', 'sent', 'shown', 'declined', 'failed']);
export type Delivery = z.infer<typeof delivery>;
