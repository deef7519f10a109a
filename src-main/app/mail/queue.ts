import { answered, hopesForNetwork, interrupted, isDue, sending } from '../../core/mail/queue.ts';
import type { JournalDraft } from '../../core/ports/journal.ts';
import type { MailAnswer, OutgoingMail } from '../../core/ports/mail.ts';
import { journalEntry, nowIso, type ShopContext } from '../context.ts';
import type { ReceiptPrinting } from '../receipt-printing.ts';
import { receiptLetter } from './letter.ts';
import { mailServer } from './settings.ts';

/** Sends what is written down to be sent, one mail at a time, until it is sent or given up. */
export type MailQueue = {
  /** Something may be due. */
  wake(): void;
  /** The network is back: what failed for want of it is due. */
  online(): void;
  /** The settings are others now: all that waits is due. */
  mended(): void;
  close(): Promise<void>;
};

/** The longest that nobody looks, whatever the clock says. */
const lookAtLeastMs = 10 * 60_000;
/** A disk that takes nothing is not asked again at once. */
const afterTroubleMs = 60_000;
/** How long an orderly end waits for a mail that is being handed over; it is sent again under the same name after the next start. */
const endWaitMs = 1_500;

export function createMailQueue(context: ShopContext, printing: ReceiptPrinting): MailQueue {
  const { stores, clock, log } = context;
  const { mails } = stores;
  let running: Promise<void> | null = null;
  /** No other mail is begun; then nothing is written any more. */
  let ending = false;
  let closed = false;
  let stop = (): void => undefined;

  async function handOver(mail: OutgoingMail): Promise<MailAnswer> {
    const server = mailServer(context);
    if (!server) return { ok: false, problem: 'not-configured', permanent: false };
    let to: string;
    try {
      to = context.secrets.open(mail.sealedRecipient ?? '');
    } catch {
      return { ok: false, problem: 'address-lost', permanent: true };
    }
    const receipt = stores.sales.load(mail.receiptId);
    if (!receipt) throw new Error(`mail ${mail.id} is of a receipt that is not there`);
    const letter = await receiptLetter(context, mail, to, printing.paperOf(receipt, mail.copy, true), printing.fileNameOf(receipt));
    return context.mailer.send(server, letter);
  }

  /** What the journal keeps of an end; never whom it was for. */
  function entriesOf(mail: OutgoingMail): readonly JournalDraft[] {
    const { copy, tries, problem } = mail;
    if (mail.state === 'sent') return [journalEntry(context, mail.staffId, 'receipt-sent', { mail: mail.id, copy, tries }, mail.receiptId)];
    return mail.state === 'failed' ? [journalEntry(context, mail.staffId, 'receipt-not-sent', { mail: mail.id, copy, tries, problem }, mail.receiptId)] : [];
  }

  function keep(mail: OutgoingMail): void {
    stores.transaction(() => {
      mails.save(mail, entriesOf(mail));
      if (mail.state === 'sent' && !mail.copy) mails.give(mail.receiptId, 'sent', { staffId: mail.staffId, at: nowIso(context) }, []);
    });
    printing.tell(mail.receiptId);
  }

  async function sendOne(due: OutgoingMail): Promise<void> {
    // Papers and mails of a receipt take turns: what was printed meanwhile is not sent any more.
    const mail = await printing.inTurn(async () => {
      const now = mails.byId(due.id);
      if (now?.state !== 'queued') return null;
      keep(sending(now));
      return sending(now);
    });
    if (!mail) return;
    const answer = await handOver(mail).catch((error: unknown): MailAnswer => {
      log.error('a mail could not be made', { mail: mail.id, error: error instanceof Error ? error.stack : String(error) });
      return { ok: false, problem: 'message-refused', permanent: true };
    });
    if (!answer.ok) log.warn('a mail was not taken', { mail: mail.id, problem: answer.problem, tries: mail.tries });
    // The program may have ended meanwhile: what is written down then is that it was being sent.
    if (closed) return;
    keep(answered(mail, answer, clock.nowMs()));
  }

  const nextDue = (): OutgoingMail | undefined => mails.unfinished(context.register.id).find((mail) => isDue(mail, clock.nowMs()));

  /** A mail that was being sent when the program, or the disk, gave up. */
  function takeUp(): void {
    const left = mails.unfinished(context.register.id).filter((mail) => mail.state === 'sending');
    if (left.length === 0) return;
    stores.transaction(() => {
      for (const mail of left) mails.save(interrupted(mail, clock.nowMs()), []);
    });
  }

  async function sendAll(): Promise<void> {
    takeUp();
    for (let due = nextDue(); due; due = ending ? undefined : nextDue()) await sendOne(due);
  }

  function wake(): void {
    if (running || ending) return;
    stop();
    running = sendAll()
      .then(
        () => 0,
        (error: unknown) => {
          log.error('the mails could not be looked through', { error: error instanceof Error ? error.stack : String(error) });
          return afterTroubleMs;
        },
      )
      .then((atLeastMs) => {
        running = null;
        look(atLeastMs);
      });
  }

  function look(atLeastMs: number): void {
    if (ending) return;
    const [first] = mails.unfinished(context.register.id);
    if (!first) return;
    stop = clock.after(Math.max(atLeastMs, Math.min(lookAtLeastMs, Date.parse(first.nextTryAt) - clock.nowMs())), wake);
  }
  look(0);

  function makeDue(which: (mail: OutgoingMail) => boolean): void {
    const waiting = mails.unfinished(context.register.id).filter((mail) => mail.state === 'queued' && which(mail));
    if (waiting.length === 0) return;
    stores.transaction(() => {
      for (const mail of waiting) mails.save({ ...mail, nextTryAt: nowIso(context) }, []);
    });
    wake();
  }

  return {
    wake,
    online: () => makeDue(hopesForNetwork),
    mended: () => makeDue(() => true),
    async close() {
      ending = true;
      stop();
      const last = running;
      if (last) {
        let stopWaiting = (): void => undefined;
        const late = new Promise<void>((resolve) => {
          stopWaiting = clock.after(endWaitMs, resolve);
        });
        await Promise.race([last, late]);
        stopWaiting();
      }
      closed = true;
    },
  };
}
