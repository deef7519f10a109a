import type { AccountingStore, BookedReceipt, DrawerCash, UnsettledMoney } from '../core/ports/accounting-store.ts';
import type { SaleStore } from '../core/ports/stores.ts';
import { integer, text, type Row, type Statements } from './database.ts';

/**
 * What moved in drawers beside receipts. Two of its kinds follow from shifts: what was taken out at the end of one, and what the next one
 * began with beyond what had been left in the drawer, went to or came from the safe.
 */
const drawerCash = `
SELECT at, CASE kind WHEN 'safe-drop' THEN 'safe' ELSE kind END AS kind, amount_minor AS minor FROM cash_movement WHERE kind <> 'float' AND at >= $from AND at < $to
UNION ALL SELECT closed_at, 'cash-difference', counted_minor - expected_minor FROM shift WHERE closed_at >= $from AND closed_at < $to
UNION ALL SELECT closed_at, 'safe', left_minor - counted_minor FROM shift WHERE closed_at >= $from AND closed_at < $to
UNION ALL SELECT opened_at, 'safe', float_minor - coalesce((SELECT left_minor FROM shift AS before WHERE before.register_id = shift.register_id AND before.drawer = shift.drawer AND before.number < shift.number
  ORDER BY before.number DESC LIMIT 1), 0) FROM shift WHERE opened_at >= $from AND opened_at < $to
ORDER BY at`;

/** Late money: it is at the provider from the day it was met, and no more when it is on a receipt, which books it, or has gone back. */
const unsettled = `
SELECT journal.at, task.provider, task.amount_minor AS minor FROM journal JOIN task ON task.provider = journal.detail ->> 'provider' AND task.reference = journal.detail ->> 'reference'
  WHERE journal.kind = 'late-money' AND task.reference <> '' AND journal.at >= $from AND journal.at < $to
UNION ALL SELECT ended_at, provider, -amount_minor FROM task WHERE state = 'attached' AND ended_at >= $from AND ended_at < $to
UNION ALL SELECT refund.updated_at, refund.tender_kind, -refund.amount_minor FROM refund LEFT JOIN transaction_post AS post ON post.id = refund.post_id LEFT JOIN receipt ON receipt.id = post.receipt_id
  WHERE refund.state = 'refunded' AND refund.updated_at >= $from AND refund.updated_at < $to AND NOT EXISTS
    (SELECT 1 FROM transaction_post AS back WHERE back.attempt_id = post.attempt_id AND back.kind = 'taken-back')
    -- What a return receipt gave back is on that receipt.
    AND refund.return_id IS NULL
ORDER BY 1`;

/** What exports read of the books. */
export const accountingStore = (sql: Statements, sales: SaleStore): AccountingStore => ({
  receipts(from, to, after, limit) {
    const rows = sql(
      `SELECT receipt.id, register.number AS register_number, staff.name AS staff_name,
        (SELECT offset_minutes FROM journal WHERE receipt_id = receipt.id AND kind LIKE '%-completed' LIMIT 1) AS offset_minutes
       FROM receipt JOIN register ON register.id = receipt.register_id JOIN staff ON staff.id = receipt.staff_id
       WHERE receipt.state = 'completed' AND receipt.kind <> 'training' AND receipt.completed_at < $to AND (receipt.completed_at, receipt.id) > ($at, $id) AND receipt.completed_at >= $from
       ORDER BY receipt.completed_at, receipt.id LIMIT $limit`,
    ).all({ from, to, at: after?.at ?? from, id: after?.id ?? '', limit }) as Row[];
    return rows.map((row): BookedReceipt => {
      const receipt = sales.load(text(row, 'id'));
      if (!receipt) throw new Error(`storage: receipt ${text(row, 'id')} is not there`);
      const groups = sql('SELECT id, article_group FROM receipt_line WHERE receipt_id = ?').all(receipt.id) as Row[];
      return {
        receipt,
        groups: new Map(groups.map((line) => [text(line, 'id'), text(line, 'article_group')])),
        registerNumber: integer(row, 'register_number'),
        staffName: text(row, 'staff_name'),
        offsetMinutes: integer(row, 'offset_minutes'),
      };
    });
  },
  drawerCash: (from, to) =>
    (sql(drawerCash).all({ from, to }) as Row[]).map((row): DrawerCash => ({ at: text(row, 'at'), kind: text(row, 'kind') as DrawerCash['kind'], intoDrawerMinor: integer(row, 'minor') })),
  unsettled: (from, to) => (sql(unsettled).all({ from, to }) as Row[]).map((row): UnsettledMoney => ({ at: text(row, 'at'), provider: text(row, 'provider'), intoProviderMinor: integer(row, 'minor') })),
});
