import type { Row, Statements } from '../database.ts';
import type { Finding } from './finding.ts';

/** A rule as a question whose every answer is a breach. */
export type Rule = { readonly rule: string; readonly sql: string; readonly where: (row: Row) => string; readonly what: (row: Row) => string };

export const broken = (sql: Statements, all: readonly Rule[]): readonly Finding[] =>
  all.flatMap(({ rule, sql: query, where, what }) => (sql(query).all() as Row[]).map((row): Finding => ({ rule, where: where(row), what: what(row) })));
