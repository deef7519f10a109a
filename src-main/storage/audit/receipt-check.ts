import { receiptContent } from '../../core/receipts/content.ts';
import type { Receipt } from '../../core/sales/model.ts';
import { paidOf, totalsOf } from '../../core/sales/totals.ts';
import type { SaleStore } from '../../core/ports/stores.ts';
import { integer, json, text, type Row, type Statements } from '../database.ts';
import { completions as completionKinds } from '../sales.ts';
import type { Checked, Finding } from './finding.ts';

const nameOf = (receipt: Receipt): string => `receipt ${receipt.number ?? receipt.id} of register ${receipt.registerId}`;

/** What the journal says of each completion: the number and the hash of the content. */
function completions(sql: Statements): ReadonlyMap<string, { readonly number?: unknown; readonly content?: unknown }> {
  const rows = sql(`SELECT receipt_id, detail FROM journal WHERE kind IN ${completionKinds} AND receipt_id IS NOT NULL`).all() as Row[];
  return new Map(rows.map((row) => [text(row, 'receipt_id'), json<{ number?: unknown; content?: unknown }>(row, 'detail')]));
}

/** PAY-I2: the posts of a completed receipt sum to its total, and what is stored of it adds up. */
function settled(receipt: Receipt, storedTotal: number): readonly Finding[] {
  const where = nameOf(receipt);
  const { totalMinor } = totalsOf(receipt);
  const findings: Finding[] = [];
  if (totalMinor !== storedTotal) findings.push({ rule: 'receipt-total', where, what: `its lines come to ${totalMinor}, its total says ${storedTotal}` });
  const paid = paidOf(receipt.posts);
  const asked = totalMinor + receipt.roundingMinor + receipt.tipMinor;
  if (paid !== asked) findings.push({ rule: 'PAY-I2', where, what: `${paid} was paid of ${asked}` });
  return findings;
}

/** Checks every completed receipt against its lines, its posts and what the journal wrote down of it. */
export function checkReceipts(sql: Statements, sales: SaleStore, sha256: (content: string) => string): Checked {
  const said = completions(sql);
  const findings: Finding[] = [];
  let count = 0;
  for (const row of sql("SELECT id, total_minor FROM receipt WHERE state = 'completed' ORDER BY completed_at").all() as Row[]) {
    const receipt = sales.load(text(row, 'id'));
    if (receipt?.number == null) continue;
    count += 1;
    findings.push(...settled(receipt, integer(row, 'total_minor')));
    const entry = said.get(receipt.id);
    const where = nameOf(receipt);
    if (!entry) findings.push({ rule: 'receipt-journal', where, what: 'the journal knows nothing of its completion' });
    // Receipts from before contents were hashed have none to compare with.
    else if (entry.content !== undefined && entry.content !== sha256(receiptContent(receipt, receipt.number))) {
      findings.push({ rule: 'receipt-changed', where, what: 'it does not say what it said when it was completed' });
    }
  }
  for (const [receiptId, { number }] of said) {
    if (sales.load(receiptId)?.state !== 'completed') findings.push({ rule: 'receipt-missing', where: `receipt ${String(number ?? receiptId)}`, what: 'the journal tells of its completion, and it is not there' });
  }
  return { count, findings };
}

/** PAY-I7: each register's series is gapless from 1, and its counter is where its last receipt is. */
export function checkNumbers(sql: Statements): Checked {
  const findings: Finding[] = [];
  const series = sql('SELECT * FROM receipt_series').all() as Row[];
  for (const row of series) {
    const [registerId, name, last] = [text(row, 'register_id'), text(row, 'series'), integer(row, 'last_number')];
    const where = `series ${name} of register ${registerId}`;
    const numbers = (sql(`SELECT number FROM receipt WHERE register_id = $registerId AND series = $name
      UNION ALL SELECT number FROM issued_paper WHERE register_id = $registerId AND series = $name ORDER BY number`).all({ registerId, name }) as Row[]).map((one) => integer(one, 'number'));
    const gap = numbers.findIndex((number, index) => number !== index + 1);
    if (gap !== -1) findings.push({ rule: 'PAY-I7', where, what: `number ${gap + 1} is missing` });
    else if (numbers.length !== last) findings.push({ rule: 'PAY-I7', where, what: `it has given ${last} numbers, and ${numbers.length} papers carry one` });
  }
  return { count: series.length, findings };
}
