import { z } from 'zod';
import { call, event } from './define.ts';

/** How scanners are read that pretend to be keyboards. */
export const scannerSettings = z.strictObject({
  /** `us`: they send the keys of an American keyboard, whatever this machine is set to. */
  layout: z.enum(['as-typed', 'us']),
  /** Signs that they put in front of every code; taken off. */
  prefix: z.string().max(10),
});
export type ScannerSettings = z.infer<typeof scannerSettings>;

export const scannerCalls = {
  /** Of this register. Right: shop-edit. */
  'scanner.save': call(scannerSettings, scannerSettings),
};

export const scannerEvents = {
  /**
   * A code from a scanner that the main side owns; the window routes it to what the screen waits for. `aim` is what the scanner says of the
   * kind of code (`]C1` and its like), empty where it says nothing; calls that read article codes take it in front of the code.
   */
  'scan.received': event(z.strictObject({ code: z.string(), aim: z.string() })),
  /** Something was scanned that counts for nothing: the same again at once, by two scanners at once, in pieces that make no code, or a code longer than calls take. */
  'scan.refused': event(z.strictObject({ reason: z.enum(['doubled', 'at-once', 'broken', 'too-long']) })),
};
