import type { ReturnStore } from '../core/ports/return-store.ts';
import type { SaleStore } from '../core/ports/stores.ts';
import type { Receipt } from '../core/sales/model.ts';
import { text, type Row, type Statements } from './database.ts';

/** Returns, as they are found from their sale and their register. */
export function returnStore(sql: Statements, sales: SaleStore): ReturnStore {
  const loaded = (rows: readonly Row[]): readonly Receipt[] => rows.flatMap((row) => sales.load(text(row, 'id')) ?? []);

  return {
    of: (saleId) => loaded(sql("SELECT id FROM receipt WHERE of_receipt_id = ? AND state <> 'voided' ORDER BY opened_at, id").all(saleId) as Row[]),
    unfinished: (registerId) => loaded(sql("SELECT id FROM receipt WHERE register_id = ? AND kind = 'return' AND state IN ('open', 'paying') ORDER BY opened_at, id").all(registerId) as Row[]),
    followerOf(returnId) {
      const row = sql("SELECT id FROM receipt WHERE follows_receipt_id = ? AND state <> 'voided'").get(returnId) as Row | undefined;
      return row ? text(row, 'id') : null;
    },
    setOff(returnPostId, salePostId) {
      sql('INSERT INTO set_off (return_post_id, sale_post_id) VALUES (?, ?)').run(returnPostId, salePostId);
    },
  };
}
