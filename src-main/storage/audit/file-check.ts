import { text, type Database, type Row, type Statements } from '../database.ts';
import { migrations } from '../migrations/index.ts';
import type { Checked, Finding } from './finding.ts';

/** Guards that the schema was made with: names of all triggers that some migration creates and none drops. */
function guards(): readonly string[] {
  const sql = migrations.map((step) => step.sql).join('\n');
  return [...new Set([...sql.matchAll(/CREATE TRIGGER (\w+)/g)].map((match) => match[1] ?? ''))];
}

/** The file itself: SQLite's own check, references between rows, and that nobody has taken a guard away. */
export function checkFile(db: Database, sql: Statements): Checked {
  const findings: Finding[] = [];
  for (const row of db.pragma('integrity_check(20)') as Row[]) {
    const said = text(row, 'integrity_check');
    if (said !== 'ok') findings.push({ rule: 'file', where: 'the database', what: said });
  }
  for (const row of db.pragma('foreign_key_check') as Row[]) {
    findings.push({ rule: 'reference', where: `table ${String(row['table'])}, row ${String(row['rowid'])}`, what: `what it names in ${String(row['parent'])} is not there` });
  }
  const present = new Set((sql("SELECT name FROM sqlite_master WHERE type = 'trigger'").all() as Row[]).map((row) => text(row, 'name')));
  const wanted = guards();
  for (const name of wanted) if (!present.has(name)) findings.push({ rule: 'guard', where: `trigger ${name}`, what: 'it was taken away, so that what it guards could be changed' });
  return { count: wanted.length, findings };
}
