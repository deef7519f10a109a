import type { Mailer } from '../core/ports/mail.ts';

/** There is no mail server anywhere. */
export const noMailer: Mailer = { send: () => Promise.resolve({ ok: false, problem: 'unreachable', permanent: false }) };
