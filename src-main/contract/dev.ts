import { z } from 'zod';
import { event, nothing, openCall } from './define.ts';
import { id, instant } from './basics.ts';
import { paper } from './receipts.ts';

/** The demo's pretended devices. These calls answer demo-only in a real shop. */
export const devView = z.strictObject({
  printer: z.enum(['ready', 'out-of-paper']),
  drawerOpenings: z.int(),
  /** Pages of the customer's phone, one for each provider's sandbox. */
  phones: z.array(z.strictObject({ kind: z.string(), page: z.string() })),
  /** The newest papers that "came out", newest first. */
  papers: z.array(z.strictObject({ id, at: instant, paper })),
});
export type DevView = z.infer<typeof devView>;

export const devCalls = {
  'dev.get': openCall(nothing, devView),
  'dev.set-printer': openCall(z.strictObject({ state: z.enum(['ready', 'out-of-paper']) }), devView),
  /** As if the USB scanner had read `code`; it arrives as `scan.received`. */
  'dev.scan': openCall(z.strictObject({ code: z.string().min(1).max(500) }), nothing),
};

export const devEvents = {
  'dev.changed': event(devView),
};
