import type { LineView, SaleChange, SaleView } from '../../../src-main/contract/sale.ts';

/**
 * The receipt after a change, lines that stay being the same objects as before. Null when the change continues a state
 * that this window does not hold; it then has to load the receipt.
 */
export function changedSale(before: SaleView | null, change: SaleChange): SaleView | null {
  const { follows, lines: changed, removed, lineCount, ...header } = change;
  if (follows === null) return { ...header, lines: changed };
  if (before?.receiptId !== header.receiptId || before.revision !== follows) return null;
  if (changed.length === 0 && removed.length === 0) return { ...header, lines: before.lines };
  const byId = new Map<string, LineView>(before.lines.map((line) => [line.id, line]));
  for (const gone of removed) byId.delete(gone);
  for (const line of changed) byId.set(line.id, line);
  const lines = [...byId.values()].sort((a, b) => a.position - b.position);
  return lines.length === lineCount ? { ...header, lines } : null;
}
