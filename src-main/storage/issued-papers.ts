import type { JournalStore } from '../core/ports/stores.ts';
import type { PaperStore } from '../core/ports/fiscal-stores.ts';
import { integer, type Row, type Statements } from './database.ts';
import { nextNumber } from './sale-write.ts';

/** Copies, provisional and delivery papers, each numbered in its own series. */
export const paperStore = (sql: Statements, journal: JournalStore, transaction: <T>(work: () => T) => T): PaperStore => ({
  issue: (paper, entries) =>
    transaction(() => {
      const number = nextNumber(sql, paper.registerId, paper.series);
      sql('INSERT INTO issued_paper (register_id, series, number, receipt_id, staff_id, at, amount_minor) VALUES (?, ?, ?, ?, ?, ?, ?)').run(
        paper.registerId, paper.series, number, paper.receiptId, paper.staffId, paper.at, paper.amountMinor,
      );
      journal.append(entries(number));
      return number;
    }),
  copyOf(receiptId) {
    const row = sql("SELECT number FROM issued_paper WHERE receipt_id = ? AND series = 'copy'").get(receiptId) as Row | undefined;
    return row ? integer(row, 'number') : null;
  },
});
