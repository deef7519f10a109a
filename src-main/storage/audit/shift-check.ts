import { integer, text, type Row, type Statements } from '../database.ts';
import type { Checked, Finding } from './finding.ts';

/** What a drawer should have held when its shift ended: its movements and the cash of its receipts. */
export function checkShifts(sql: Statements): Checked {
  const rows = sql(
    `SELECT shift.number, shift.register_id, shift.expected_minor, shift.closed_at IS NOT NULL AS closed,
      (SELECT coalesce(sum(amount_minor), 0) FROM cash_movement WHERE shift_id = shift.id) + (SELECT coalesce(sum(amount_minor), 0) FROM shift_cash WHERE shift_id = shift.id) AS reckoned
     FROM shift ORDER BY register_id, number`,
  ).all() as Row[];
  const findings: Finding[] = [];
  const numbers = new Map<string, number>();
  for (const row of rows) {
    const [registerId, number] = [text(row, 'register_id'), integer(row, 'number')];
    const where = `shift ${number} of register ${registerId}`;
    if (number !== (numbers.get(registerId) ?? 0) + 1) findings.push({ rule: 'shift-gap', where, what: `shift ${(numbers.get(registerId) ?? 0) + 1} is missing` });
    numbers.set(registerId, number);
    if (row['closed'] === 1 && integer(row, 'expected_minor') !== integer(row, 'reckoned')) {
      findings.push({ rule: 'shift-cash', where, what: `${integer(row, 'expected_minor')} was expected, what moved comes to ${integer(row, 'reckoned')}` });
    }
  }
  const strays = sql(
    `SELECT shift_cash.post_id FROM shift_cash JOIN transaction_post ON transaction_post.id = shift_cash.post_id
     WHERE shift_cash.amount_minor <> transaction_post.amount_minor OR transaction_post.tender_kind <> 'cash'`,
  ).all() as Row[];
  for (const row of strays) findings.push({ rule: 'shift-cash', where: `post ${text(row, 'post_id')}`, what: 'the drawer counts another amount than its receipt says' });
  return { count: rows.length, findings };
}
