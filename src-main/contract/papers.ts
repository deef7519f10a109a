import { z } from 'zod';
import { id, instant } from './basics.ts';
import { call, nothing } from './define.ts';
import { printerProblem } from './printers.ts';

/** What a paper that is no receipt is of: an X or Z, cash in or out, a shift's count; `other`: a provisional or delivery paper. */
export const unprintedKind = z.enum(['report', 'movement', 'shift', 'other']);
export type UnprintedKind = z.infer<typeof unprintedKind>;

const unprintedRow = z.strictObject({ kind: unprintedKind, ofId: id, title: z.string(), problem: printerProblem, at: instant });
export type UnprintedRow = z.infer<typeof unprintedRow>;

const which = z.strictObject({ kind: unprintedKind, ofId: id });

export const paperCalls = {
  /** Papers that are no receipts and did not come out, or of which that is not known; oldest first. */
  'paper.unprinted': call(nothing, z.array(unprintedRow)),
  /** Prints one of them. Errors: paper-unknown, printer-failed {problem}. */
  'paper.print': call(which, z.array(unprintedRow)),
  /** Nobody wants it on paper any more; what it is of stays. Errors: paper-unknown. */
  'paper.let-go': call(which, z.array(unprintedRow)),
};
