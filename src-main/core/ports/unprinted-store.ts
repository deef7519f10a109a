import type { UnprintedKind } from '../../contract/papers.ts';
import type { Paper } from '../../contract/receipts.ts';
import type { PrinterProblem } from './world.ts';

/** A paper that is no receipt; `problem` is null while it is on its way to the printer. */
export type UnprintedPaper = { readonly kind: UnprintedKind; readonly ofId: string; readonly paper: Paper; readonly problem: PrinterProblem | null; readonly at: string };

export interface UnprintedStore {
  /** Written before the first byte goes; one that did not come out before takes its place again. */
  begin(paper: Omit<UnprintedPaper, 'problem'>, registerId: string): void;
  fail(kind: UnprintedKind, ofId: string, problem: PrinterProblem): void;
  /** It came out, or nobody wants it any more. */
  end(kind: UnprintedKind, ofId: string): void;
  /** What was on its way when the program ended is not known; how many. */
  interrupted(registerId: string): number;
  /** Those that did not come out, oldest first. */
  list(registerId: string): readonly UnprintedPaper[];
  count(registerId: string): number;
}
