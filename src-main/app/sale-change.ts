import type { LineView, SaleChange, SaleView } from '../contract/sale.ts';

/** What a window draws differently: a line's own revision tells its content, its position may move without one. */
const same = (before: LineView | undefined, after: LineView): boolean =>
  before?.revision === after.revision && before.position === after.position;

/** What is new in `after` for a window that holds `before`. */
export function saleChangeOf(before: SaleView | null, after: SaleView): SaleChange {
  const { lines, ...header } = after;
  if (before === null || after.receiptId === null || before.receiptId !== after.receiptId) {
    return { ...header, follows: null, lines, lineCount: lines.length, removed: [] };
  }
  const known = new Map(before.lines.map((line) => [line.id, line]));
  const changed = lines.filter((line) => !same(known.get(line.id), line));
  for (const line of lines) known.delete(line.id);
  return { ...header, follows: before.revision, lines: changed, lineCount: lines.length, removed: [...known.keys()] };
}
