import { fail, ok, type Result } from '../contract/errors.ts';
import type { Paper, PrintState } from '../contract/receipts.ts';
import { receiptPaper, type ReceiptPaper } from '../core/receipts/document.ts';
import { paperHtml } from '../core/receipts/html.ts';
import type { JournalDraft } from '../core/ports/journal.ts';
import type { PrinterProblem } from '../core/ports/world.ts';
import { tenderName } from '../core/payments/tenders.ts';
import type { Receipt } from '../core/sales/model.ts';
import { totalsOf } from '../core/sales/totals.ts';
import { journalEntry, nowIso, type ShopContext } from './context.ts';
import type { Status } from './status.ts';

/** What became of one print. */
export type Printed = { readonly copy: boolean } | { readonly problem: PrinterProblem };

/** Its one copy has come out: there is no third paper. */
type Refused = { readonly refused: 'already-copied' };

/**
 * Prints receipts and keeps what became of each paper. Until one came out of the printer every print is the original;
 * after that there is one copy, and it says so (C-7).
 */
export type ReceiptPrinting = {
  /** State of a receipt that was just completed: waiting for its paper, or none where there is no printer. */
  stateAfterSale(): PrintState;
  /** Prints in the background after a sale; a failure becomes a visible state, never an error of the sale. */
  printAfterSale(receiptId: string): void;
  print(receipt: Receipt, staffId: string | null): Promise<Printed | Refused>;
  /** The paper as PDF: the original, or the one copy of a receipt that came out before. Errors: already-copied, pdf-not-available. */
  pdf(receiptId: string, staffId: string | null): Promise<Result<Uint8Array>>;
  /** A paper that is no receipt, of what is on the counter; its number is of its own series. */
  printNoReceipt(receipt: Receipt, kind: 'provisional' | 'delivery', staffId: string): Promise<Printed & { readonly number: number }>;
  paperOf(receipt: Receipt, copy: boolean): Paper;
  /** Any other work with papers, in its turn: what it draws is what is so when its turn has come. */
  inTurn<T>(work: () => Promise<T>): Promise<T>;
};

export function createReceiptPrinting(context: ShopContext, status: Status): ReceiptPrinting {
  const { stores, bus, printer, log } = context;
  // Sales can follow one another faster than paper comes out: one paper at a time, in order.
  let queue: Promise<unknown> = Promise.resolve();

  function paperOf(receipt: Receipt, copy: boolean): Paper {
    if (receipt.number === null) throw new Error(`receipt ${receipt.id} has no number yet`);
    return drawn(receipt, { number: receipt.number, copy });
  }

  function drawn(receipt: Receipt, as: Pick<ReceiptPaper, 'number' | 'copy' | 'notReceipt'>): Paper {
    const register = stores.shop.registers().find((one) => one.id === receipt.registerId) ?? context.register;
    return receiptPaper({
      ...as,
      receipt,
      original: originalOf(receipt),
      shop: context.shop(),
      register,
      staffName: stores.staff.byId(receipt.staffId)?.name ?? '',
      tenderNames: new Map(stores.shop.tenders(receipt.registerId).map((tender) => [tender.id, tenderName(tender, context.tenderKinds)])),
      kindName: (kind) => context.tenderKinds.get(kind)?.name ?? kind,
      demo: context.mode === 'demo',
      words: context.words,
      code128: (text) => context.barcodes.code128(text),
    });
  }

  function originalOf({ returned }: Receipt): ReceiptPaper['original'] {
    const sale = returned?.receiptId == null ? null : stores.sales.load(returned.receiptId);
    if (sale?.number == null) return null;
    const registerNumber = stores.shop.registers().find((one) => one.id === sale.registerId)?.number ?? 0;
    return { number: sale.number, registerNumber, at: sale.completedAt ?? sale.openedAt };
  }

  function keep(receiptId: string, state: PrintState, problem: string, entry: JournalDraft): void {
    stores.sales.setPrintState(receiptId, state, problem, [entry]);
    tell(receiptId);
  }

  function tell(receiptId: string): void {
    status.changed();
    const row = stores.sales.row(receiptId);
    if (row) bus.publish('receipt.printed', row);
  }

  const isOut = (receipt: Receipt): boolean => receipt.printState === 'printed' || receipt.printState === 'copied';

  /** The one copy is counted where it is written down: in its own series, in the journal, on the receipt. */
  function keepCopy(receipt: Receipt, staffId: string | null): void {
    const { totalMinor } = totalsOf(receipt);
    const paper = { registerId: context.register.id, series: 'copy', receiptId: receipt.id, staffId, at: nowIso(context), amountMinor: totalMinor } as const;
    stores.transaction(() => {
      const copyNumber = stores.papers.issue(paper, () => []);
      stores.sales.setPrintState(receipt.id, 'copied', '', [journalEntry(context, staffId, 'receipt-copied', { number: receipt.number, copyNumber, totalMinor }, receipt.id)]);
    });
    tell(receipt.id);
  }

  async function print(receipt: Receipt, staffId: string | null): Promise<Printed | Refused> {
    // Asked again here: another paper may have come out while this one waited in the queue.
    if (receipt.printState === 'copied') return { refused: 'already-copied' };
    const copy = isOut(receipt);
    const result = await printer.print(paperOf(receipt, copy));
    if (!result.ok) {
      const { problem } = result;
      // A copy that failed leaves the receipt as printed: the copy may still be made.
      if (!copy) keep(receipt.id, 'failed', problem, journalEntry(context, staffId, 'receipt-not-printed', { problem }, receipt.id));
      return { problem };
    }
    if (copy) keepCopy(receipt, staffId);
    else keep(receipt.id, 'printed', '', journalEntry(context, staffId, 'receipt-printed', {}, receipt.id));
    return { copy };
  }

  async function pdf(receiptId: string, staffId: string | null): Promise<Result<Uint8Array>> {
    const receipt = stores.sales.load(receiptId);
    if (!receipt) return fail('receipt-unknown');
    if (receipt.printState === 'copied') return fail('already-copied');
    // A PDF of a receipt that already came out on paper is a copy as much as a second paper would be.
    const copy = isOut(receipt);
    const made = await context.pdf.render(paperHtml(paperOf(receipt, copy)));
    if (!made) return fail('pdf-not-available');
    if (copy) keepCopy(receipt, staffId);
    else keep(receipt.id, 'printed', '', journalEntry(context, staffId, 'receipt-printed', { pdf: true }, receipt.id));
    return ok(made);
  }

  async function printNoReceipt(receipt: Receipt, kind: 'provisional' | 'delivery', staffId: string): Promise<Printed & { readonly number: number }> {
    const { totalMinor } = totalsOf(receipt);
    const paper = { registerId: context.register.id, series: kind, receiptId: receipt.id, staffId, at: nowIso(context), amountMinor: totalMinor } as const;
    const number = stores.papers.issue(paper, (given) => [journalEntry(context, staffId, `${kind}-printed`, { number: given, totalMinor }, receipt.id)]);
    const result = await printer.print(drawn(receipt, { number, copy: false, notReceipt: kind }));
    if (result.ok) return { copy: false, number };
    const { problem } = result;
    stores.journal.append([journalEntry(context, staffId, 'receipt-not-printed', { series: kind, number, problem }, receipt.id)]);
    return { problem, number };
  }

  /** One paper at a time, in order. */
  function queued<T>(work: () => Promise<T>): Promise<T> {
    const done = queue.then(work);
    queue = done.catch(() => undefined);
    return done;
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
    print: (receipt, staffId) => queued(() => print(stores.sales.load(receipt.id) ?? receipt, staffId)),
    pdf: (receiptId, staffId) => queued(() => pdf(receiptId, staffId)),
    printNoReceipt: (receipt, kind, staffId) => queued(() => printNoReceipt(receipt, kind, staffId)),
    inTurn: queued,
    paperOf,
  };
}
