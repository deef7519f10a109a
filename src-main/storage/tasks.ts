import type { TaskState } from '../contract/tasks.ts';
import { minor } from '../core/money.ts';
import type { JournalStore, NewTask, Task, TaskStore } from '../core/ports/stores.ts';
import { integer, text, textOrNull, type Row, type Statements } from './database.ts';

const taskOf = (row: Row): Task => ({
  id: text(row, 'id'),
  registerId: text(row, 'register_id'),
  kind: 'late-money',
  state: text(row, 'state') as TaskState,
  provider: text(row, 'provider'),
  doubt: textOrNull(row, 'doubt') as Task['doubt'],
  reference: text(row, 'reference'),
  ownReference: text(row, 'own_reference'),
  amountMinor: minor(integer(row, 'amount_minor')),
  currency: text(row, 'currency') as Task['currency'],
  receiptId: textOrNull(row, 'receipt_id'),
  attemptId: textOrNull(row, 'attempt_id'),
  note: text(row, 'note'),
  staffId: textOrNull(row, 'staff_id'),
  postId: textOrNull(row, 'post_id'),
  openedAt: text(row, 'opened_at'),
  updatedAt: text(row, 'updated_at'),
  endedAt: textOrNull(row, 'ended_at'),
});

/** A new task's own words become columns, so that the database can guard them. A provider that names no amount took what was asked for. */
export function insertTask(sql: Statements, { id, registerId, kind, receiptId, detail, openedAt, doubt, note = '', staffId }: NewTask): void {
  sql(
    `INSERT INTO task (id, register_id, kind, state, provider, reference, own_reference, amount_minor, currency, receipt_id, attempt_id,
      detail, note, staff_id, post_id, opened_at, updated_at, ended_at, doubt)
     SELECT $id, $registerId, $kind, 'open', said ->> 'provider', said ->> 'reference', coalesce(said ->> 'ownReference', ''),
      coalesce(nullif(said ->> 'amountMinor', 0), attempt.amount_minor, 0), said ->> 'currency', $receiptId, attempt.id, said, $note, $staffId, NULL, $openedAt, $openedAt, NULL, $doubt
     FROM (SELECT $detail AS said) LEFT JOIN payment_attempt AS attempt ON attempt.id = said ->> 'attempt'`,
  ).run({ id, registerId, kind, receiptId, detail: JSON.stringify(detail), openedAt, doubt: doubt ?? null, note, staffId: staffId ?? null });
}

/** Only how it stands may change, and once what a doubt turned out to be; the rest is guarded by the table. */
export function writeTask(sql: Statements, task: Task): void {
  sql('UPDATE task SET state = ?, note = ?, staff_id = ?, post_id = ?, updated_at = ?, ended_at = ?, doubt = ?, reference = ?, amount_minor = ?, currency = ? WHERE id = ?').run(
    task.state,
    task.note,
    task.staffId,
    task.postId,
    task.updatedAt,
    task.endedAt,
    task.doubt,
    task.reference,
    task.amountMinor,
    task.currency,
    task.id,
  );
}

/** What people have to look at. */
export const taskStore = (sql: Statements, journal: JournalStore, transaction: <T>(work: () => T) => T): TaskStore => ({
  open(task, entries) {
    transaction(() => {
      insertTask(sql, task);
      journal.append(entries);
    });
  },
  knows: (provider, reference) => sql('SELECT 1 FROM task WHERE provider = ? AND reference = ?').get(provider, reference) !== undefined,
  byId(taskId) {
    const row = sql('SELECT * FROM task WHERE id = ?').get(taskId) as Row | undefined;
    return row ? taskOf(row) : null;
  },
  inDoubt(attemptId) {
    const row = sql("SELECT * FROM task WHERE attempt_id = ? AND doubt = 'open'").get(attemptId) as Row | undefined;
    return row ? taskOf(row) : null;
  },
  waiting: () => (sql('SELECT * FROM task WHERE ended_at IS NULL ORDER BY opened_at, id').all() as Row[]).map(taskOf),
  waitingCount: () => integer(sql('SELECT count(*) AS n FROM task WHERE ended_at IS NULL').get() as Row, 'n'),
  ended: (limit) => (sql('SELECT * FROM task WHERE ended_at IS NOT NULL ORDER BY ended_at DESC, id LIMIT ?').all(limit) as Row[]).map(taskOf),
  save(task, entries) {
    transaction(() => {
      writeTask(sql, task);
      journal.append(entries);
    });
  },
});
