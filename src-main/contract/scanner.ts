import { z } from 'zod';
import { event } from './define.ts';

export const scannerEvents = {
  /**
   * A code from a scanner that the main side owns; the window routes it to what the screen waits for. `aim` is what the scanner says of the
   * kind of code (`]C1` and its like), empty where it says nothing; calls that read article codes take it in front of the code.
   */
  'scan.received': event(z.strictObject({ code: z.string(), aim: z.string() })),
  /** Something was scanned that counts for nothing: the same again at once, by two scanners at once, or in pieces that make no code. */
  'scan.refused': event(z.strictObject({ reason: z.enum(['doubled', 'at-once', 'broken']) })),
};
