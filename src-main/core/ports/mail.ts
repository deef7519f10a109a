import type { MailProblem, MailState } from '../../contract/mail-state.ts';
import type { MailSecurity } from '../../contract/mail.ts';
import type { JournalDraft } from './journal.ts';

/** What core asks of the world and of the database about mail. */

export type MailServer = {
  readonly host: string;
  readonly port: number;
  readonly security: MailSecurity;
  /** Empty: no login. */
  readonly user: string;
  readonly password: string;
};

export type Mail = {
  /** The same for each try of the same mail, so that a repeat after a lost answer is known as one. */
  readonly messageId: string;
  readonly from: { readonly name: string; readonly address: string };
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly attachments: readonly { readonly fileName: string; readonly contentType: string; readonly content: Uint8Array }[];
};

/** `permanent`: trying again as it is makes no sense. */
export type MailAnswer = { readonly ok: true } | { readonly ok: false; readonly problem: MailProblem; readonly permanent: boolean };

export interface Mailer {
  /** Hands a mail to a server. Answers within its time limits and never throws. */
  send(server: MailServer, mail: Mail): Promise<MailAnswer>;
}

/** One receipt on its way to one address. */
export type OutgoingMail = {
  readonly id: string;
  readonly receiptId: string;
  readonly registerId: string;
  readonly staffId: string | null;
  /** Sealed by the Secrets port; null when it is forgotten. */
  readonly sealedRecipient: string | null;
  readonly keepsRecipient: boolean;
  readonly copy: boolean;
  readonly state: MailState;
  readonly tries: number;
  readonly problem: MailProblem | null;
  readonly queuedAt: string;
  readonly nextTryAt: string;
  readonly endedAt: string | null;
};

/** How the original of a receipt was given out other than on paper, or that nobody wanted it. */
export type GivenWay = 'sent' | 'shown' | 'declined';

export interface MailStore {
  byId(mailId: string): OutgoingMail | null;
  /** The newest mail of a receipt. */
  ofReceipt(receiptId: string): OutgoingMail | null;
  /** Those that have not ended, those to be tried soonest first. */
  unfinished(registerId: string): readonly OutgoingMail[];
  counts(registerId: string): { readonly waiting: number; readonly failed: number };
  save(mail: OutgoingMail, journal: readonly JournalDraft[]): void;
  given(receiptId: string): GivenWay | null;
  give(receiptId: string, way: GivenWay, by: { readonly staffId: string | null; readonly at: string }, journal: readonly JournalDraft[]): void;
}
