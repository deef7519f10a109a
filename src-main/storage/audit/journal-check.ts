import { integer, text, type Row, type Statements } from '../database.ts';
import { entryOf, firstLink, hashedText } from '../journal.ts';
import type { Checked, Finding } from './finding.ts';

/** The chain of one register: numbers without a gap, each entry naming the one before, each hash that of its content. */
function chainOf(sql: Statements, sha256: (content: string) => string, registerId: string): Checked & { readonly seq: number; readonly hash: string } {
  const findings: Finding[] = [];
  let seq = 0;
  let hash = firstLink;
  let count = 0;
  for (const row of sql('SELECT * FROM journal WHERE register_id = ? ORDER BY seq').iterate(registerId) as IterableIterator<Row>) {
    const entry = entryOf(row);
    const where = `journal of register ${registerId}, entry ${entry.seq}`;
    count += 1;
    if (entry.seq !== seq + 1) findings.push({ rule: 'journal-gap', where, what: `entries ${seq + 1} to ${entry.seq - 1} are missing` });
    else if (entry.previousHash !== hash) findings.push({ rule: 'journal-chain', where, what: 'it does not follow the entry before it' });
    if (sha256(hashedText(entry)) !== entry.hash) findings.push({ rule: 'journal-changed', where, what: 'its content is not what was written' });
    ({ seq, hash } = entry);
  }
  return { count, findings, seq, hash };
}

/** Checks every register's chain, and its end against the head that is kept outside the journal. */
export function checkJournal(sql: Statements, sha256: (content: string) => string): Checked {
  const heads = new Map((sql('SELECT * FROM journal_head').all() as Row[]).map((row) => [text(row, 'register_id'), { seq: integer(row, 'seq'), hash: text(row, 'hash') }]));
  const registers = new Set([...(sql('SELECT DISTINCT register_id FROM journal').all() as Row[]).map((row) => text(row, 'register_id')), ...heads.keys()]);
  const findings: Finding[] = [];
  let count = 0;
  for (const registerId of registers) {
    const chain = chainOf(sql, sha256, registerId);
    count += chain.count;
    findings.push(...chain.findings);
    const head = heads.get(registerId);
    const where = `journal of register ${registerId}, after entry ${chain.seq}`;
    if (!head) findings.push({ rule: 'journal-head', where, what: 'the head of this journal is missing' });
    else if (head.seq !== chain.seq) findings.push({ rule: 'journal-cut', where, what: `the journal went on to entry ${head.seq}` });
    else if (head.hash !== chain.hash) findings.push({ rule: 'journal-head', where, what: 'the last entry is not the one that was written last' });
  }
  return { count, findings };
}
