import type { ChainReceipt } from '../core/ports/chain-refunds.ts';
import type { ReturnStore } from '../core/ports/return-store.ts';
import type { SaleStore } from '../core/ports/stores.ts';
import type { Receipt } from '../core/sales/model.ts';
import { json, text, type Row, type Statements } from './database.ts';

/** Names the other store's receipt that a new return is of. Runs inside the transaction that writes its header, before its lines. */
export function insertOrigin(sql: Statements, { id, returned }: Receipt): void {
  if (!returned?.origin) return;
  const { storeId, storeName, receiptId, number, registerNumber, at } = returned.origin;
  sql("INSERT INTO return_origin (return_id, store_id, store_name, receipt_id, number, register_number, at, known) VALUES (?, ?, ?, ?, ?, ?, ?, 'null')").run(id, storeId, storeName, receiptId, number, registerNumber, at);
}

/** What was sold and paid in another store never changes: it is written once. */
function insertKnown(sql: Statements, { store: { storeId }, receiptId, lines, payments, currency }: ChainReceipt): void {
  for (const { lineId, quantityMilli, payableMinor, vatMinor } of lines) {
    sql('INSERT INTO store_line (id, store_id, receipt_id, quantity_milli, payable_minor, vat_minor) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING').run(lineId, storeId, receiptId, quantityMilli, payableMinor, vatMinor);
  }
  for (const { paymentId, tenderKind, reference, amountMinor } of payments) {
    sql('INSERT INTO store_payment (id, store_id, receipt_id, tender_kind, reference, amount_minor, currency) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING').run(paymentId, storeId, receiptId, tenderKind, reference, amountMinor, currency);
  }
}

/** Returns, as they are found from their sale and their register. */
export function returnStore(sql: Statements, sales: SaleStore): ReturnStore {
  const loaded = (rows: readonly Row[]): readonly Receipt[] => rows.flatMap((row) => sales.load(text(row, 'id')) ?? []);
  const origin = (returnId: string): Row | undefined => sql('SELECT * FROM return_origin WHERE return_id = ?').get(returnId) as Row | undefined;

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
    know: (receipt) => insertKnown(sql, receipt),
    known(returnId) {
      const row = origin(returnId);
      return row ? json<ChainReceipt | null>(row, 'known') : null;
    },
    keepKnown(returnId, receipt) {
      sql('UPDATE return_origin SET known = ? WHERE return_id = ?').run(JSON.stringify(receipt), returnId);
    },
  };
}
