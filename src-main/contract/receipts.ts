import { z } from 'zod';
import { call, event, nothing } from './define.ts';
import { amountMinor, currency, id, instant } from './basics.ts';
import { delivery, mailView } from './mail-state.ts';

/** One element of a paper, from which screen, HTML, PDF and printer bytes are all drawn. */
export const paperBlock = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('text'),
    text: z.string(),
    align: z.enum(['left', 'center', 'right']),
    /** `heading` is at least half as large again as amounts (NO-8), `double` twice as large (SE-9). */
    size: z.enum(['small', 'normal', 'large', 'heading', 'double']),
    bold: z.boolean(),
  }),
  z.strictObject({
    kind: z.literal('row'),
    left: z.string(),
    right: z.string(),
    size: z.enum(['small', 'normal', 'large']),
    bold: z.boolean(),
  }),
  /** Columns of equal meaning over several rows, such as the VAT table; the first is left-aligned, others right. */
  z.strictObject({ kind: z.literal('columns'), cells: z.array(z.string()), bold: z.boolean() }),
  z.strictObject({ kind: z.literal('rule') }),
  z.strictObject({ kind: z.literal('space') }),
  /** A picture of dots: `bits` are rows of whole bytes in base64, 1 is black; `src` is the same for screens. */
  z.strictObject({ kind: z.literal('image'), widthDots: z.int(), heightDots: z.int(), bits: z.string(), src: z.string() }),
  z.strictObject({ kind: z.literal('barcode'), symbology: z.enum(['code128', 'qr']), text: z.string(), svg: z.string() }),
]);
export type PaperBlock = z.infer<typeof paperBlock>;

/** A paper: what it is and its blocks from top to bottom. */
export const paper = z.strictObject({
  title: z.string(),
  language: z.string(),
  blocks: z.array(paperBlock),
});
export type Paper = z.infer<typeof paper>;

/** `waiting` and `failed` papers are repeated as the original; a `printed` one can be reprinted once, as a marked copy. */
export const printState = z.enum(['none', 'waiting', 'printed', 'failed', 'copied']);
export type PrintState = z.infer<typeof printState>;

export const receiptRow = z.strictObject({
  receiptId: id,
  /** Returns come to less than nothing. */
  kind: z.enum(['sale', 'return', 'training']),
  number: z.int(),
  registerNumber: z.int(),
  at: instant,
  staffName: z.string(),
  totalMinor: amountMinor,
  currency,
  tenders: z.array(z.string()),
  printState,
  printProblem: z.string(),
  delivery,
  /** Its newest mail; null where it never was to go by mail. */
  mail: mailView.nullable(),
});
export type ReceiptRow = z.infer<typeof receiptRow>;

export const receiptCalls = {
  /** Newest first. `text` finds numbers, the barcode, amounts, article names and references; `before` pages on. */
  'receipt.list': call(
    z.strictObject({ text: z.string().trim().max(100), limit: z.int().min(1).max(200), before: id.optional() }),
    z.strictObject({ rows: z.array(receiptRow), more: z.boolean() }),
  ),
  'receipt.paper': call(
    z.strictObject({ receiptId: id }),
    z.strictObject({ receipt: receiptRow, paper }),
  ),
  /**
   * Prints: the original while none came out of the printer, after that the one marked copy (right: receipt-reprint).
   * Errors: printer-failed {problem}, already-copied, mail-busy.
   */
  'receipt.print': call(
    z.strictObject({ receiptId: id, approval: id.optional() }),
    z.strictObject({ receipt: receiptRow, copy: z.boolean() }),
  ),
  /** The paper as PDF, base64: the original, or the one copy of a receipt that came out before. Errors: pdf-not-available, already-copied, mail-busy. */
  'receipt.pdf': call(z.strictObject({ receiptId: id }), z.strictObject({ fileName: z.string(), base64: z.string() })),
  /** A paper of what is on the counter that is no receipt and says so; numbered in a series of its own. Errors: receipt-empty, printer-failed {problem}. */
  'receipt.print-other': call(z.strictObject({ kind: z.enum(['provisional', 'delivery']) }), z.strictObject({ number: z.int() })),
  /** The newest completed receipt of this register, for "print the last one". */
  'receipt.last': call(nothing, receiptRow.nullable()),
};

export const receiptEvents = {
  /** A receipt was given out, or could not be: the row's `delivery`, `printState` and `mail` say how. */
  'receipt.printed': event(receiptRow),
};
