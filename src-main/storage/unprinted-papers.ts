import { paper } from '../contract/receipts.ts';
import { printerProblem } from '../contract/printers.ts';
import type { UnprintedKind } from '../contract/papers.ts';
import type { UnprintedPaper, UnprintedStore } from '../core/ports/unprinted-store.ts';
import { integer, text, type Row, type Statements } from './database.ts';

const paperOf = (row: Row): UnprintedPaper => ({
  kind: text(row, 'kind') as UnprintedKind,
  ofId: text(row, 'of_id'),
  paper: paper.parse(JSON.parse(text(row, 'paper'))),
  problem: printerProblem.safeParse(text(row, 'problem')).data ?? null,
  at: text(row, 'at'),
});

/** Papers on their way, and those that did not come out. */
export const unprintedStore = (sql: Statements): UnprintedStore => ({
  begin: ({ kind, ofId, paper: content, at }, registerId) =>
    void sql("INSERT INTO unprinted_paper (kind, of_id, register_id, paper, problem, at) VALUES (?, ?, ?, ?, '', ?) ON CONFLICT (kind, of_id) DO UPDATE SET paper = excluded.paper, problem = ''").run(kind, ofId, registerId, JSON.stringify(content), at),
  fail: (kind, ofId, problem) => void sql('UPDATE unprinted_paper SET problem = ? WHERE kind = ? AND of_id = ?').run(problem, kind, ofId),
  end: (kind, ofId) => void sql('DELETE FROM unprinted_paper WHERE kind = ? AND of_id = ?').run(kind, ofId),
  interrupted: (registerId) => sql("UPDATE unprinted_paper SET problem = 'unknown' WHERE register_id = ? AND problem = ''").run(registerId).changes,
  list: (registerId) => (sql("SELECT * FROM unprinted_paper WHERE register_id = ? AND problem <> '' ORDER BY at").all(registerId) as Row[]).map(paperOf),
  count: (registerId) => integer(sql("SELECT count(*) AS papers FROM unprinted_paper WHERE register_id = ? AND problem <> ''").get(registerId) as Row, 'papers'),
});
