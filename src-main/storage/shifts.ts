import type { CashPieces } from '../contract/shifts.ts';
import { minor } from '../core/money.ts';
import type { CashCount, CashMovement, Shift, ShiftStore } from '../core/ports/fiscal-stores.ts';
import type { JournalStore } from '../core/ports/stores.ts';
import { flag, integer, jsonOrNull, text, textOrNull, type Row, type Statements } from './database.ts';

const shiftOf = (row: Row): Shift => ({
  id: text(row, 'id'),
  registerId: text(row, 'register_id'),
  number: integer(row, 'number'),
  drawer: text(row, 'drawer'),
  staffId: textOrNull(row, 'staff_id'),
  openedBy: textOrNull(row, 'opened_by'),
  openedAt: text(row, 'opened_at'),
  floatMinor: minor(integer(row, 'float_minor')),
  handedOverBy: textOrNull(row, 'handed_over_by_count'),
  closing:
    row['closed_at'] === null
      ? null
      : {
          at: text(row, 'closed_at'),
          by: text(row, 'closed_by'),
          countedMinor: minor(integer(row, 'counted_minor')),
          expectedMinor: minor(integer(row, 'expected_minor')),
          explanation: text(row, 'explanation'),
          approvedBy: textOrNull(row, 'approved_by'),
          leftMinor: minor(integer(row, 'left_minor')),
        },
});

const movementOf = (row: Row): CashMovement => ({
  id: text(row, 'id'),
  shiftId: text(row, 'shift_id'),
  registerId: text(row, 'register_id'),
  number: integer(row, 'number'),
  kind: text(row, 'kind') as CashMovement['kind'],
  amountMinor: minor(integer(row, 'amount_minor')),
  reason: text(row, 'reason'),
  staffId: textOrNull(row, 'staff_id'),
  approvedBy: textOrNull(row, 'approved_by'),
  at: text(row, 'at'),
  printed: flag(row, 'printed'),
});

const countOf = (row: Row): CashCount => ({
  id: text(row, 'id'),
  shiftId: text(row, 'shift_id'),
  pieces: jsonOrNull<CashPieces>(row, 'pieces'),
  countedMinor: minor(integer(row, 'counted_minor')),
  expectedMinor: minor(integer(row, 'expected_minor')),
  staffId: text(row, 'staff_id'),
  at: text(row, 'at'),
});

function writeMovement(sql: Statements, movement: CashMovement): void {
  sql('INSERT INTO cash_movement (id, shift_id, register_id, number, kind, amount_minor, reason, staff_id, approved_by, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)').run(
    movement.id, movement.shiftId, movement.registerId, movement.number, movement.kind, movement.amountMinor, movement.reason, movement.staffId, movement.approvedBy, movement.at,
  );
}

/** Shifts, what moves in their drawers, and how they are counted. */
export function shiftStore(sql: Statements, journal: JournalStore, transaction: <T>(work: () => T) => T): ShiftStore {
  const shift = (query: string, ...values: readonly string[]): Shift | null => {
    const row = sql(query).get(...values) as Row | undefined;
    return row ? shiftOf(row) : null;
  };
  const next = (table: 'shift' | 'cash_movement', registerId: string): number =>
    integer(sql(`SELECT 1 + coalesce(max(number), 0) AS n FROM ${table} WHERE register_id = ?`).get(registerId) as Row, 'n');
  const putInUse = (registerId: string, shiftId: string): void => {
    sql('INSERT INTO drawer_in_use (register_id, shift_id) VALUES (?, ?) ON CONFLICT (register_id) DO UPDATE SET shift_id = excluded.shift_id').run(registerId, shiftId);
  };

  return {
    byId: (shiftId) => shift('SELECT * FROM shift WHERE id = ?', shiftId),
    open: (registerId) => (sql('SELECT * FROM shift WHERE register_id = ? AND closed_at IS NULL ORDER BY number').all(registerId) as Row[]).map(shiftOf),
    closed: (registerId, limit) =>
      (sql('SELECT * FROM shift WHERE register_id = ? AND closed_at IS NOT NULL ORDER BY number DESC LIMIT ?').all(registerId, limit) as Row[]).map(shiftOf),
    inUse(registerId) {
      const row = sql('SELECT shift_id FROM drawer_in_use WHERE register_id = ?').get(registerId) as Row | undefined;
      return row ? text(row, 'shift_id') : null;
    },
    use: (registerId, shiftId, entries) =>
      transaction(() => {
        putInUse(registerId, shiftId);
        journal.append(entries);
      }),
    nextNumber: (registerId) => next('shift', registerId),
    nextMovementNumber: (registerId) => next('cash_movement', registerId),
    start: (opened, float, entries) =>
      transaction(() => {
        sql('INSERT INTO shift (id, register_id, number, drawer, staff_id, opened_by, opened_at, float_minor) VALUES (?, ?, ?, ?, ?, ?, ?, ?)').run(
          opened.id, opened.registerId, opened.number, opened.drawer, opened.staffId, opened.openedBy, opened.openedAt, opened.floatMinor,
        );
        writeMovement(sql, float);
        putInUse(opened.registerId, opened.id);
        journal.append(entries);
      }),
    move: (movement, entries) =>
      transaction(() => {
        writeMovement(sql, movement);
        journal.append(entries);
      }),
    movements: (shiftId) => (sql('SELECT * FROM cash_movement WHERE shift_id = ? ORDER BY number').all(shiftId) as Row[]).map(movementOf),
    movement(movementId) {
      const row = sql('SELECT * FROM cash_movement WHERE id = ?').get(movementId) as Row | undefined;
      return row ? movementOf(row) : null;
    },
    setMovementPrinted(movementId) {
      sql('UPDATE cash_movement SET printed = 1 WHERE id = ?').run(movementId);
    },
    count: (counted, entries) =>
      transaction(() => {
        sql(
          `INSERT INTO cash_count (id, shift_id, number, pieces, counted_minor, expected_minor, staff_id, at)
           VALUES (?, ?, 1 + coalesce((SELECT max(number) FROM cash_count WHERE shift_id = ?), 0), ?, ?, ?, ?, ?)`,
        ).run(
          counted.id, counted.shiftId, counted.shiftId, counted.pieces === null ? null : JSON.stringify(counted.pieces), counted.countedMinor, counted.expectedMinor, counted.staffId, counted.at,
        );
        journal.append(entries);
      }),
    lastCount(shiftId) {
      const row = sql('SELECT * FROM cash_count WHERE shift_id = ? ORDER BY number DESC LIMIT 1').get(shiftId) as Row | undefined;
      return row ? countOf(row) : null;
    },
    handOver: (shiftId, toStaffId, countId, entries) =>
      transaction(() => {
        sql('UPDATE shift SET staff_id = ?, handed_over_by_count = ? WHERE id = ?').run(toStaffId, countId, shiftId);
        journal.append(entries);
      }),
    close: ({ id, registerId, closing }, entries) =>
      transaction(() => {
        if (!closing) throw new Error(`storage: shift ${id} has not ended`);
        sql('UPDATE shift SET closed_at = ?, closed_by = ?, counted_minor = ?, expected_minor = ?, explanation = ?, approved_by = ?, left_minor = ? WHERE id = ?').run(
          closing.at, closing.by, closing.countedMinor, closing.expectedMinor, closing.explanation, closing.approvedBy, closing.leftMinor, id,
        );
        sql('DELETE FROM drawer_in_use WHERE shift_id = ?').run(id);
        // Another drawer that is open takes its place.
        const other = sql('SELECT id FROM shift WHERE register_id = ? AND closed_at IS NULL ORDER BY number DESC LIMIT 1').get(registerId) as Row | undefined;
        const taken = sql('SELECT 1 FROM drawer_in_use WHERE register_id = ?').get(registerId) !== undefined;
        if (other && !taken) putInUse(registerId, text(other, 'id'));
        journal.append(entries);
      }),
    cashMinor: (shiftId) => minor(integer(sql('SELECT coalesce(sum(amount_minor), 0) AS n FROM shift_cash WHERE shift_id = ?').get(shiftId) as Row, 'n')),
    drawers: (registerId) => (sql('SELECT DISTINCT drawer FROM shift WHERE register_id = ? ORDER BY drawer').all(registerId) as Row[]).map((row) => text(row, 'drawer')),
  };
}
