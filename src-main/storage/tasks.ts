import type { JournalStore, TaskStore } from '../core/ports/stores.ts';
import type { Statements } from './database.ts';

/** What people have to look at. */
export const taskStore = (sql: Statements, journal: JournalStore, transaction: <T>(work: () => T) => T): TaskStore => ({
  open(task, entries) {
    transaction(() => {
      sql('INSERT INTO task (id, register_id, kind, receipt_id, detail, opened_at) VALUES (?, ?, ?, ?, ?, ?)').run(
        task.id,
        task.registerId,
        task.kind,
        task.receiptId,
        JSON.stringify(task.detail),
        task.openedAt,
      );
      journal.append(entries);
    });
  },
  knows: (provider, reference) =>
    sql("SELECT 1 FROM task WHERE json_extract(detail, '$.provider') = ? AND json_extract(detail, '$.reference') = ?").get(provider, reference) !== undefined,
});
