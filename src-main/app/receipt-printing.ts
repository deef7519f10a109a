import { fail, ok, type Result } from '../contract/errors.ts';
import type { Paper, PrintState } from '../contract/receipts.ts';
import type { RegisterView } from '../contract/shop.ts';
import { receiptPaper, type ReceiptPaper } from '../core/receipts/document.ts';
import { paperHtml } from '../core/receipts/html.ts';
import type { JournalDraft } from '../core/ports/journal.ts';
import type { PrinterProblem } from '../core/ports/world.ts';
import { tenderName } from '../core/payments/tenders.ts';
import type { Receipt } from '../core/sales/model.ts';
import { qrText } from '../core/receipts/text.ts';
import { dropped } from '../core/mail/queue.ts';
import { totalsOf } from '../core/sales/totals.ts';
import { journalEntry, nowIso, registerNumberOf, type ShopContext } from './context.ts';
import { logoBlocks } from './logo-service.ts';
import type { Papers } from './printers/papers.ts';
import type { Status } from './status.ts';

/** What became of one print; `busy`: it is being sent by mail at this moment, and nobody knows yet whether it is out. */
export type Printed = { readonly copy: boolean } | { readonly problem: PrinterProblem } | { readonly busy: true };

/** Its one copy has come out: there is no third paper. */
type Refused = { readonly refused: 'already-copied' };

/**
 * Prints receipts and keeps what became of each paper. Until one came out of the printer every print is the original;
 * after that there is one copy, and it says so (C-7).
 */
export type ReceiptPrinting = {
  /** State of a receipt that was just completed: it waits for its paper, or for the customer's choice. */
  stateAfterSale(): PrintState;
  /** Prints in the background after a sale, or waits for a choice; a failure becomes a visible state, never an error of the sale. */
  printAfterSale(receiptId: string): void;
  /** The cashier goes on: what waits for a choice is printed, and a register without a printer says so (C-6). Without an id, all of it. */
  settle(receiptId?: string): void;
  /** Nobody waits for this one's choice any more. */
  decided(receiptId: string): void;
  /** Whether the original is out: on paper, by mail or by QR. What comes after it is the copy. */
  isOut(receipt: Receipt): boolean;
  /** The one copy is counted where it is written down: in its own series, in the journal, on the receipt. */
  keepCopy(receipt: Receipt, staffId: string | null): void;
  /** The receipt as the text of a QR code; An `original` is called what an electronic receipt is called, another one nothing. Null where it is too long. */
  qrOf(receipt: Receipt, original: boolean): string | null;
  fileNameOf(receipt: Receipt): string;
  /** A receipt's paper or mail stands otherwise than before: windows are told. */
  tell(receiptId: string): void;
  print(receipt: Receipt, staffId: string | null): Promise<Printed | Refused>;
  /** The paper as PDF: the original, or the one copy of a receipt that came out before. Errors: already-copied, pdf-not-available. */
  pdf(receiptId: string, staffId: string | null): Promise<Result<Uint8Array>>;
  /** A paper that is no receipt, of what is on the counter; its number is of its own series. */
  printNoReceipt(receipt: Receipt, kind: 'provisional' | 'delivery', staffId: string): Promise<{ readonly problem: PrinterProblem | null; readonly number: number }>;
  paperOf(receipt: Receipt, copy: boolean, electronic?: boolean): Paper;
  /** Any other work with papers, in its turn: what it draws is what is so when its turn has come. */
  inTurn<T>(work: () => Promise<T>): Promise<T>;
  /** Waits until no paper is on its way any more, at most so many milliseconds. */
  quiet(atMostMs: number): Promise<void>;
};

/** What a sale's end leads to beside its paper. */
export type AfterSale = {
  /** What the shop does without being told. */
  readonly first: () => 'print' | 'ask';
  readonly show: (receipt: Receipt) => void;
};

const nothingAfter: AfterSale = { first: () => 'print', show: () => undefined };

export function createReceiptPrinting(context: ShopContext, { status, papers }: { readonly status: Status; readonly papers: Papers }, after: AfterSale = nothingAfter): ReceiptPrinting {
  const { stores, bus, printer, log } = context;
  /** Receipts whose customer has not chosen yet. */
  const undecided = new Set<string>();
  // Sales can follow one another faster than paper comes out: one paper at a time, in order.
  let queue: Promise<unknown> = Promise.resolve();

  function paperOf(receipt: Receipt, copy: boolean, electronic = false, brief = false): Paper {
    if (receipt.number === null) throw new Error(`receipt ${receipt.id} has no number yet`);
    return drawn(receipt, { number: receipt.number, copy, electronic, brief });
  }

  function qrOf(receipt: Receipt, original: boolean): string | null {
    // Beside a receipt on paper the code is a memory of it, and not called a receipt: there is one original.
    const named = (paper: Paper): Paper => (original ? paper : { ...paper, blocks: paper.blocks.filter((block) => block.kind !== 'text' || (block.size !== 'heading' && block.size !== 'double')) });
    return qrText(() => named(paperOf(receipt, false, original)), () => named(paperOf(receipt, false, original, true)));
  }

  const registerOf = ({ registerId }: Receipt): RegisterView => stores.shop.registers().find((one) => one.id === registerId) ?? context.register;

  function fileNameOf(receipt: Receipt): string {
    return `kassa-${registerOf(receipt).number}-${receipt.number ?? 0}.pdf`;
  }

  function drawn(receipt: Receipt, as: Pick<ReceiptPaper, 'number' | 'copy' | 'notReceipt' | 'electronic' | 'brief'>): Paper {
    return receiptPaper({
      ...as,
      receipt,
      original: originalOf(receipt),
      shop: context.shop(),
      logo: logoBlocks(stores),
      register: registerOf(receipt),
      staffName: stores.staff.byId(receipt.staffId)?.name ?? '',
      tenderNames: new Map(stores.shop.tenders(receipt.registerId).map((tender) => [tender.id, tenderName(tender, context.tenderKinds)])),
      kindName: (kind) => context.tenderKinds.get(kind)?.name ?? kind,
      demo: context.mode === 'demo',
      words: context.words,
      code128: (text) => context.barcodes.code128(text),
    });
  }

  function originalOf({ returned }: Receipt): ReceiptPaper['original'] {
    if (returned?.origin) return returned.origin;
    const sale = returned?.receiptId == null ? null : stores.sales.load(returned.receiptId);
    if (sale?.number == null) return null;
    return { number: sale.number, registerNumber: registerNumberOf(context, sale.registerId), at: sale.completedAt ?? sale.openedAt };
  }

  /** A mail that still waits would be a second original: it is dropped in the same moment as the paper is written down. */
  function dropMail(receiptId: string): void {
    const mail = stores.mails.ofReceipt(receiptId);
    if (mail && !mail.copy && (mail.state === 'queued' || mail.state === 'failed')) stores.mails.save(dropped(mail, context.clock.nowMs()), []);
  }

  const beingSent = (receiptId: string): boolean => stores.mails.ofReceipt(receiptId)?.state === 'sending';

  function keep(receiptId: string, state: PrintState, problem: string, entry: JournalDraft): void {
    undecided.delete(receiptId);
    stores.transaction(() => {
      stores.sales.setPrintState(receiptId, state, problem, [entry]);
      if (state === 'printed') dropMail(receiptId);
    });
    tell(receiptId);
  }

  function tell(receiptId: string): void {
    status.changed();
    const row = stores.sales.row(receiptId);
    if (row) bus.publish('receipt.printed', row);
  }

  function isOut({ id, printState }: Receipt): boolean {
    const given = stores.mails.given(id);
    return printState === 'printed' || printState === 'copied' || given === 'sent' || given === 'shown';
  }

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
    if (beingSent(receipt.id)) return { busy: true };
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
    if (beingSent(receiptId)) return fail('mail-busy');
    // A PDF of a receipt that already came out on paper is a copy as much as a second paper would be.
    const copy = isOut(receipt);
    const made = await context.pdf.render(paperHtml(paperOf(receipt, copy), 'a4'));
    if (!made) return fail('pdf-not-available');
    if (copy) keepCopy(receipt, staffId);
    else keep(receipt.id, 'printed', '', journalEntry(context, staffId, 'receipt-printed', { pdf: true }, receipt.id));
    return ok(made);
  }

  async function printNoReceipt(receipt: Receipt, kind: 'provisional' | 'delivery', staffId: string): Promise<{ readonly problem: PrinterProblem | null; readonly number: number }> {
    const { totalMinor } = totalsOf(receipt);
    const paper = { registerId: context.register.id, series: kind, receiptId: receipt.id, staffId, at: nowIso(context), amountMinor: totalMinor } as const;
    const number = stores.papers.issue(paper, (given) => [journalEntry(context, staffId, `${kind}-printed`, { number: given, totalMinor }, receipt.id)]);
    const problem = await papers.print({ kind: 'other', ofId: `${kind} ${number}` }, drawn(receipt, { number, copy: false, notReceipt: kind }), () => undefined);
    if (problem === null) return { problem, number };
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
    stateAfterSale: () => 'waiting',
    printAfterSale(receiptId) {
      const waits = after.first() === 'ask' || printer.state() === 'absent';
      if (waits) undecided.add(receiptId);
      // The answer to the cashier goes out first: the paper is drawn and its state written after it.
      queue = queue
        .then(() => new Promise<void>((resolve) => void context.clock.after(0, resolve)))
        .then(async () => {
          const receipt = stores.sales.load(receiptId);
          // Somebody may have printed it by hand while it waited in the queue.
          if (receipt?.printState !== 'waiting') return;
          after.show(receipt);
          if (!waits) await print(receipt, null);
        })
        .catch((error: unknown) => {
          log.error('a receipt could not be printed', { receiptId, error: String(error) });
        });
    },
    settle(receiptId) {
      for (const waiting of receiptId === undefined ? [...undecided] : [receiptId]) {
        if (!undecided.delete(waiting)) continue;
        queued(async () => {
          const receipt = stores.sales.load(waiting);
          if (receipt?.printState === 'waiting') await print(receipt, null);
        }).catch((error: unknown) => log.error('a receipt could not be printed', { receiptId: waiting, error: String(error) }));
      }
    },
    decided: (receiptId) => void undecided.delete(receiptId),
    isOut,
    keepCopy,
    qrOf,
    fileNameOf,
    tell,
    print: (receipt, staffId) => queued(() => print(stores.sales.load(receipt.id) ?? receipt, staffId)),
    pdf: (receiptId, staffId) => queued(() => pdf(receiptId, staffId)),
    printNoReceipt: (receipt, kind, staffId) => queued(() => printNoReceipt(receipt, kind, staffId)),
    inTurn: queued,
    quiet: (atMostMs) =>
      new Promise((resolve) => {
        const stop = context.clock.after(atMostMs, resolve);
        void queue.finally(() => {
          stop();
          resolve();
        });
      }),
    paperOf,
  };
}
