import type { Paper, PrintState } from '../contract/receipts.ts';
import { receiptPaper } from '../core/receipts/document.ts';
import type { PrinterProblem } from '../core/ports/world.ts';
import { tenderName } from '../core/payments/tenders.ts';
import type { Receipt } from '../core/sales/model.ts';
import { journalEntry, type ShopContext } from './context.ts';
import type { Status } from './status.ts';

/** What became of one print. */
export type Printed = { readonly copy: boolean } | { readonly problem: PrinterProblem };

/**
 * Prints receipts and keeps what became of each paper. Until one came out of the printer every print is the original;
 * after that there is one copy, and it says so (C-7).
 */
export type ReceiptPrinting = {
  /** State of a receipt that was just completed: waiting for its paper, or none where there is no printer. */
  stateAfterSale(): PrintState;
  /** Prints in the background after a sale; a failure becomes a visible state, never an error of the sale. */
  printAfterSale(receiptId: string): void;
  print(receipt: Receipt, staffId: string | null): Promise<Printed>;
  paperOf(receipt: Receipt, copy: boolean): Paper;
};

export function createReceiptPrinting(context: ShopContext, status: Status): ReceiptPrinting {
  const { stores, bus, printer, log } = context;
  // Sales can follow one another faster than paper comes out: one paper at a time, in order.
  let queue: Promise<unknown> = Promise.resolve();

  function paperOf(receipt: Receipt, copy: boolean): Paper {
    const register = stores.shop.registers().find((one) => one.id === receipt.registerId) ?? context.register;
    if (receipt.number === null) throw new Error(`receipt ${receipt.id} has no number yet`);
    return receiptPaper({
      receipt,
      number: receipt.number,
      shop: context.shop(),
      register,
      staffName: stores.staff.byId(receipt.staffId)?.name ?? '',
      tenderNames: new Map(stores.shop.tenders(receipt.registerId).map((tender) => [tender.id, tenderName(tender, context.tenderKinds)])),
      kindName: (kind) => context.tenderKinds.get(kind)?.name ?? kind,
      copy,
      demo: context.mode === 'demo',
      words: context.words,
      code128: (text) => context.barcodes.code128(text),
    });
  }

  function keep(receiptId: string, state: PrintState, problem: string, kind: string, staffId: string | null): void {
    stores.sales.setPrintState(receiptId, state, problem, [journalEntry(context, staffId, kind, { problem }, receiptId)]);
    status.changed();
    const row = stores.sales.row(receiptId);
    if (row) bus.publish('receipt.printed', row);
  }

  async function print(receipt: Receipt, staffId: string | null): Promise<Printed> {
    const copy = receipt.printState === 'printed' || receipt.printState === 'copied';
    const result = await printer.print(paperOf(receipt, copy));
    if (!result.ok) {
      // A copy that failed leaves the receipt as printed: the copy may still be made.
      if (!copy) keep(receipt.id, 'failed', result.problem, 'receipt-not-printed', staffId);
      return { problem: result.problem };
    }
    keep(receipt.id, copy ? 'copied' : 'printed', '', copy ? 'receipt-copied' : 'receipt-printed', staffId);
    return { copy };
  }

  return {
    stateAfterSale: () => (printer.state() === 'absent' ? 'none' : 'waiting'),
    printAfterSale(receiptId) {
      if (printer.state() === 'absent') return;
      // The answer to the cashier goes out first: the paper is drawn and its state written after it.
      queue = queue
        .then(() => new Promise<void>((resolve) => void context.clock.after(0, resolve)))
        .then(async () => {
          const receipt = stores.sales.load(receiptId);
          // Somebody may have printed it by hand while it waited in the queue.
          if (receipt?.printState === 'waiting') await print(receipt, null);
        })
        .catch((error: unknown) => {
          log.error('a receipt could not be printed', { receiptId, error: String(error) });
        });
    },
    print: (receipt, staffId) => {
      const printed = queue.then(() => print(stores.sales.load(receipt.id) ?? receipt, staffId));
      queue = printed.catch(() => undefined);
      return printed;
    },
    paperOf,
  };
}
