import type { MailProblem, MailState } from '../contract/mail-state.ts';
import type { GivenWay, MailStore, OutgoingMail } from '../core/ports/mail.ts';
import type { JournalStore } from '../core/ports/stores.ts';
import { flag, integer, text, textOrNull, type Row, type Statements } from './database.ts';

const mailOf = (row: Row): OutgoingMail => ({
  id: text(row, 'id'),
  receiptId: text(row, 'receipt_id'),
  registerId: text(row, 'register_id'),
  staffId: textOrNull(row, 'staff_id'),
  sealedRecipient: textOrNull(row, 'sealed_recipient'),
  keepsRecipient: flag(row, 'keeps_recipient'),
  copy: flag(row, 'copy'),
  state: text(row, 'state') as MailState,
  tries: integer(row, 'tries'),
  problem: (text(row, 'problem') || null) as MailProblem | null,
  queuedAt: text(row, 'queued_at'),
  nextTryAt: text(row, 'next_try_at'),
  endedAt: textOrNull(row, 'ended_at'),
});

/** Receipts that go by mail, and how originals were given out other than on paper. */
export const mailStore = (sql: Statements, journal: JournalStore, transaction: <T>(work: () => T) => T): MailStore => ({
  byId(mailId) {
    const row = sql('SELECT * FROM outgoing_mail WHERE id = ?').get(mailId) as Row | undefined;
    return row ? mailOf(row) : null;
  },
  ofReceipt(receiptId) {
    const row = sql('SELECT * FROM outgoing_mail WHERE receipt_id = ? ORDER BY id DESC LIMIT 1').get(receiptId) as Row | undefined;
    return row ? mailOf(row) : null;
  },
  unfinished: (registerId) =>
    (sql("SELECT * FROM outgoing_mail WHERE register_id = ? AND state IN ('queued', 'sending') ORDER BY next_try_at, id").all(registerId) as Row[]).map(mailOf),
  counts(registerId) {
    const row = sql(
      "SELECT count(*) FILTER (WHERE state <> 'failed') AS waiting, count(*) FILTER (WHERE state = 'failed') AS failed FROM outgoing_mail WHERE register_id = ? AND state IN ('queued', 'sending', 'failed')",
    ).get(registerId) as Row;
    return { waiting: integer(row, 'waiting'), failed: integer(row, 'failed') };
  },
  save(mail, entries) {
    transaction(() => {
      sql(
        `INSERT INTO outgoing_mail (id, receipt_id, register_id, staff_id, sealed_recipient, keeps_recipient, copy, state, tries, problem, queued_at, next_try_at, ended_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET sealed_recipient = excluded.sealed_recipient, state = excluded.state,
          tries = excluded.tries, problem = excluded.problem, next_try_at = excluded.next_try_at, ended_at = excluded.ended_at`,
      ).run(
        mail.id, mail.receiptId, mail.registerId, mail.staffId, mail.sealedRecipient, mail.keepsRecipient ? 1 : 0, mail.copy ? 1 : 0, mail.state, mail.tries, mail.problem ?? '',
        mail.queuedAt, mail.nextTryAt, mail.endedAt,
      );
      journal.append(entries);
    });
  },
  given(receiptId) {
    const row = sql('SELECT way FROM receipt_given WHERE receipt_id = ?').get(receiptId) as Row | undefined;
    return row ? (text(row, 'way') as GivenWay) : null;
  },
  give(receiptId, way, { staffId, at }, entries) {
    transaction(() => {
      sql('INSERT INTO receipt_given (receipt_id, way, staff_id, at) VALUES (?, ?, ?, ?) ON CONFLICT (receipt_id) DO UPDATE SET way = excluded.way, staff_id = excluded.staff_id, at = excluded.at').run(receiptId, way, staffId, at);
      journal.append(entries);
    });
  },
});
