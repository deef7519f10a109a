import { fail, ok, type Result } from '../contract/errors.ts';
import type { ReceiptRow } from '../contract/receipts.ts';
import type { Receipt } from '../core/sales/model.ts';
import { activeLines } from '../core/sales/totals.ts';
import type { ShopContext } from './context.ts';
import type { Counter } from './counter.ts';
import type { CallsOf, Handlers } from './handlers.ts';
import type { ReceiptPrinting } from './receipt-printing.ts';
import type { Session } from './session.ts';

/** The list of completed receipts, their papers, prints and PDFs. */
export function createReceiptService(
  context: ShopContext,
  session: Session,
  counter: Counter,
  printing: ReceiptPrinting,
): Handlers<CallsOf<'receipt'>> {
  const { sales } = context.stores;

  function completed(receiptId: string): Result<{ readonly receipt: Receipt; readonly row: ReceiptRow }> {
    const receipt = sales.load(receiptId);
    const row = receipt?.state === 'completed' ? sales.row(receiptId) : null;
    return receipt && row ? ok({ receipt, row }) : fail('receipt-unknown');
  }

  return {
    'receipt.list': ({ text, limit, before }) => {
      const rows = sales.list({ text, limit: limit + 1, before: before ?? null });
      return ok({ rows: rows.slice(0, limit), more: rows.length > limit });
    },
    'receipt.last': () => ok(sales.lastCompleted(context.register.id)),
    'receipt.paper': ({ receiptId }) => {
      const found = completed(receiptId);
      if (!found.ok) return found;
      return ok({ receipt: found.value.row, paper: printing.paperOf(found.value.receipt, false) });
    },
    'receipt.print': async ({ receiptId, approval }) => {
      const found = completed(receiptId);
      if (!found.ok) return found;
      const { receipt } = found.value;
      if (receipt.printState === 'copied') return fail('already-copied');
      if (printing.isOut(receipt)) {
        const allowed = session.authorise('receipt-reprint', approval);
        if (!allowed.ok) return allowed;
      }
      const printed = await printing.print(receipt, session.staffId());
      if ('refused' in printed) return fail(printed.refused);
      if ('busy' in printed) return fail('mail-busy');
      if ('problem' in printed) return fail('printer-failed', { problem: printed.problem });
      const row = sales.row(receiptId);
      return row ? ok({ receipt: row, copy: printed.copy }) : fail('receipt-unknown');
    },
    'receipt.pdf': async ({ receiptId }) => {
      const found = completed(receiptId);
      if (!found.ok) return found;
      const pdf = await printing.pdf(receiptId, session.staffId());
      if (!pdf.ok) return pdf;
      return ok({ fileName: printing.fileNameOf(found.value.receipt), base64: Buffer.from(pdf.value).toString('base64') });
    },
    'receipt.print-other': async ({ kind }) => {
      const receipt = counter.onCounter();
      if (!receipt || activeLines(receipt).length === 0) return fail('receipt-empty');
      const printed = await printing.printNoReceipt(receipt, kind, session.staffId());
      return printed.problem === null ? ok({ number: printed.number }) : fail('printer-failed', { problem: printed.problem });
    },
  };
}
