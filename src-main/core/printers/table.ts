import { wrapped } from './words.ts';

/** A row of a table. */
export type Cells = { readonly cells: readonly string[]; readonly bold: boolean };

const gap = 1;

/** The room of each column: what its widest cell needs, and an equal part of what is left. */
function roomOf(rows: readonly Cells[], columns: number): readonly number[] | null {
  const count = Math.max(...rows.map(({ cells }) => cells.length));
  const needed = Array.from({ length: count }, (_, index) => Math.max(...rows.map(({ cells }) => cells[index]?.length ?? 0)));
  const free = columns - needed.reduce((sum, width) => sum + width, 0) - gap * (count - 1);
  if (free < 0) return null;
  const each = count > 1 ? Math.floor(free / (count - 1)) : 0;
  // What can't be divided goes to the last one: it ends where the line ends.
  const rest = count > 1 ? free - each * (count - 1) : 0;
  return needed.map((width, index) => (index === 0 ? width : width + gap + each + (index === count - 1 ? rest : 0)));
}

const inRoom = ({ cells }: Cells, room: readonly number[]): string =>
  cells.map((cell, index) => (index === 0 ? cell.padEnd(room[index] ?? 0) : cell.padStart(room[index] ?? 0))).join('').trimEnd();

/** Rows under one another, the first column on the left and others on the right; without room for that, cell after cell. */
export function tableLines(rows: readonly Cells[], columns: number): readonly { readonly text: string; readonly bold: boolean }[] {
  if (rows.length === 0) return [];
  const room = roomOf(rows, columns);
  return rows.flatMap((row) => (room ? [inRoom(row, room)] : wrapped(row.cells.join(' '), columns)).map((text) => ({ text, bold: row.bold })));
}
