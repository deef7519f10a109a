import type { SaleStore } from '../../core/ports/stores.ts';
import type { Receipt } from '../../core/sales/model.ts';
import { cameBack } from '../../core/sales/returns.ts';
import { activeLines, totalsOf } from '../../core/sales/totals.ts';
import { integer, text, type Row, type Statements } from '../database.ts';
import type { Checked, Finding } from './finding.ts';
import { broken, type Rule } from './rules.ts';

/** Of receipts of other stores: as far as this register's books go, no more came back than was sold and paid there. */
const storeRules: readonly Rule[] = [
  {
    rule: 'return-too-much',
    sql: `SELECT sold.id, sold.quantity_milli AS sold, sum(line.quantity_milli) AS back FROM receipt_line AS line JOIN receipt ON receipt.id = line.receipt_id JOIN store_line AS sold ON sold.id = line.of_store_line_id
      WHERE line.state = 'active' AND receipt.state <> 'voided' GROUP BY sold.id HAVING back > sold`,
    where: (row) => `line ${text(row, 'id')} of another store`,
    what: (row) => `${integer(row, 'back')} thousandths came back of ${integer(row, 'sold')}`,
  },
  {
    rule: 'return-amount',
    sql: `SELECT sold.id, sold.payable_minor AS paid, sold.vat_minor AS vat, -sum(line.fixed_amount_minor) AS gone, -sum(line.back_vat_minor) AS vat_gone, sum(line.quantity_milli) AS back
      FROM receipt_line AS line JOIN receipt ON receipt.id = line.receipt_id JOIN store_line AS sold ON sold.id = line.of_store_line_id
      WHERE line.state = 'active' AND receipt.state <> 'voided' GROUP BY sold.id
      HAVING abs(gone) > abs(paid) OR abs(vat_gone) > abs(vat) OR (back = sold.quantity_milli AND (gone <> paid OR vat_gone <> vat))`,
    where: (row) => `line ${text(row, 'id')} of another store`,
    what: (row) => `${integer(row, 'gone')} (VAT ${integer(row, 'vat_gone')}) went back of ${integer(row, 'paid')} (VAT ${integer(row, 'vat')})`,
  },
  {
    rule: 'PAY-I6',
    sql: `SELECT paid.id, paid.amount_minor AS paid, sum(refund.amount_minor) AS given FROM refund JOIN store_payment AS paid ON paid.id = refund.payment_id
      WHERE refund.state <> 'refused' GROUP BY paid.id HAVING given > paid.amount_minor`,
    where: (row) => `payment ${text(row, 'id')} of another store`,
    what: (row) => `${integer(row, 'given')} was given back of ${integer(row, 'paid')}`,
  },
  {
    rule: 'PAY-I6',
    sql: `SELECT refund.id FROM refund JOIN store_payment AS paid ON paid.id = refund.payment_id
      WHERE NOT EXISTS (SELECT 1 FROM return_origin WHERE return_id = refund.return_id AND store_id = paid.store_id AND receipt_id = paid.receipt_id)`,
    where: (row) => `refund ${text(row, 'id')}`,
    what: () => 'it gives back a payment of another store, and its return is of another receipt',
  },
];

const rules: readonly Rule[] = [
  ...storeRules,
  {
    rule: 'return-too-much',
    sql: `SELECT sold.id, sold.quantity_milli AS sold, sum(line.quantity_milli) AS back FROM receipt_line AS line JOIN receipt ON receipt.id = line.receipt_id JOIN receipt_line AS sold ON sold.id = line.of_line_id
      WHERE line.state = 'active' AND receipt.state <> 'voided' GROUP BY sold.id HAVING back > sold`,
    where: (row) => `line ${text(row, 'id')}`,
    what: (row) => `${integer(row, 'back')} thousandths came back of ${integer(row, 'sold')}`,
  },
  {
    rule: 'PAY-I6',
    sql: `SELECT refund.id, count(post.id) AS n FROM refund LEFT JOIN payment_attempt AS attempt ON attempt.request_id = refund.id AND attempt.receipt_id = refund.return_id
      LEFT JOIN transaction_post AS post ON post.attempt_id = attempt.id AND post.amount_minor = -refund.amount_minor
      WHERE refund.return_id IS NOT NULL AND refund.state = 'refunded' GROUP BY refund.id HAVING n <> 1`,
    where: (row) => `refund ${text(row, 'id')}`,
    what: (row) => `it has gone back, and ${integer(row, 'n')} posts of its return say so`,
  },
  {
    rule: 'PAY-I6',
    sql: `SELECT post.id FROM transaction_post AS post JOIN receipt ON receipt.id = post.receipt_id JOIN payment_attempt AS attempt ON attempt.id = post.attempt_id
      WHERE receipt.kind = 'return' AND post.tender_kind NOT IN ('cash', 'manual-card', 'set-off')
        AND NOT EXISTS (SELECT 1 FROM refund WHERE refund.id = attempt.request_id AND refund.return_id = receipt.id AND refund.state = 'refunded')`,
    where: (row) => `post ${text(row, 'id')}`,
    what: () => 'it says that an app payment went back, and no refund has given it back',
  },
  {
    rule: 'PAY-I6',
    sql: `SELECT refund.id, receipt.state FROM refund JOIN receipt ON receipt.id = refund.return_id WHERE refund.state NOT IN ('refunded', 'refused') AND receipt.state <> 'paying'`,
    where: (row) => `refund ${text(row, 'id')}`,
    what: (row) => `it is under way, and its return is ${text(row, 'state')}`,
  },
  {
    rule: 'set-off',
    sql: `SELECT post.id, count(set_off.return_post_id) AS n FROM transaction_post AS post LEFT JOIN set_off ON post.id IN (set_off.return_post_id, set_off.sale_post_id)
      WHERE post.tender_kind = 'set-off' GROUP BY post.id HAVING n <> 1`,
    where: (row) => `post ${text(row, 'id')}`,
    what: (row) => `it is set off against ${integer(row, 'n')} others`,
  },
  {
    rule: 'set-off',
    sql: `SELECT back.id, back.amount_minor + paid.amount_minor AS rest FROM set_off JOIN transaction_post AS back ON back.id = return_post_id JOIN transaction_post AS paid ON paid.id = sale_post_id WHERE rest <> 0`,
    where: (row) => `post ${text(row, 'id')}`,
    what: (row) => `it and what it pays leave ${integer(row, 'rest')}`,
  },
  {
    rule: 'set-off',
    sql: `SELECT sold.id, sold.state, returned.state AS back FROM set_off JOIN transaction_post AS one ON one.id = return_post_id JOIN transaction_post AS two ON two.id = sale_post_id
      JOIN receipt AS returned ON returned.id = one.receipt_id JOIN receipt AS sold ON sold.id = two.receipt_id
      WHERE (sold.state = 'completed' AND returned.state NOT IN ('completed', 'paying')) OR (returned.state = 'completed' AND sold.state NOT IN ('completed', 'paying') AND two.kind = 'payment'
        AND NOT EXISTS (SELECT 1 FROM transaction_post AS undone WHERE undone.attempt_id = two.attempt_id AND undone.kind = 'taken-back'))`,
    where: (row) => `receipt ${text(row, 'id')}`,
    what: (row) => `it is ${text(row, 'state')}, and the return set off against it is ${text(row, 'back')}`,
  },
];

/** C-5: what goes back for a sold line is never more than was paid for it, and all of it when all came back; the VAT likewise. */
function exact(sale: Receipt, returns: readonly Receipt[]): readonly Finding[] {
  const back = cameBack(returns, null);
  const totals = new Map(totalsOf(sale).lines.map((line) => [line.lineId, line]));
  return activeLines(sale).flatMap((line): readonly Finding[] => {
    const paid = totals.get(line.id);
    const gone = back(line.id);
    if (!paid || gone.quantityMilli === 0) return [];
    const all = gone.quantityMilli === line.quantityMilli;
    const wrong = (whole: number, part: number): boolean => (all ? part !== whole : Math.abs(part) > Math.abs(whole) || part * whole < 0);
    if (!wrong(paid.payableMinor, gone.payableMinor) && !wrong(paid.vatMinor, gone.vatMinor)) return [];
    return [{ rule: 'return-amount', where: `line ${line.id}`, what: `${gone.payableMinor} (VAT ${gone.vatMinor}) went back of ${paid.payableMinor} (VAT ${paid.vatMinor})` }];
  });
}

/** Returns: no more than was sold, to the cent what was paid, by refunds that went through, and set-offs in pairs. */
export function checkReturns(sql: Statements, sales: SaleStore): Checked {
  const rows = sql("SELECT id, of_receipt_id FROM receipt WHERE kind = 'return' AND state <> 'voided'").all() as Row[];
  const findings: Finding[] = [...broken(sql, rules)];
  const bySale = new Map<string, Receipt[]>();
  for (const row of rows) {
    const loaded = sales.load(text(row, 'id'));
    if (loaded && row['of_receipt_id'] !== null) bySale.set(text(row, 'of_receipt_id'), [...(bySale.get(text(row, 'of_receipt_id')) ?? []), loaded]);
  }
  for (const [saleId, returns] of bySale) {
    const sale = sales.load(saleId);
    if (sale) findings.push(...exact(sale, returns));
  }
  return { count: rows.length, findings };
}
