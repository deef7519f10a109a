import { z } from 'zod';
import { call, nothing } from './define.ts';
import { scannerSettings } from './scanner.ts';

/** What came from a USB scanner last. What was in it is shown to whoever scans, and kept nowhere. */
export const lastScan = z.strictObject({
  at: z.string(),
  outcome: z.enum(['taken', 'doubled', 'at-once', 'broken', 'too-long']),
  /** The kind of code as the scanner marks it (`]E0`), empty where it says nothing or the scan was refused. */
  aim: z.string(),
});

/** What is attached to this register, for the page that finds out what is wrong. */
export const devicesView = z.strictObject({
  usb: z.strictObject({
    /** Whether this machine can read USB scanners that are no keyboards. */
    supported: z.boolean(),
    scanners: z.array(z.strictObject({ name: z.string(), state: z.enum(['ready', 'refused']) })),
    last: lastScan.nullable(),
  }),
  /** How scanners are read that pretend to be keyboards. */
  keyboard: scannerSettings,
  /** Customer's screens that are connected now, in a window or on a tablet. */
  customerScreens: z.int(),
  network: z.enum(['online', 'offline']),
});

export const devicesCalls = {
  /** As it is now; the page asks again and again while it is open. Right: shop-edit. */
  'devices.view': call(nothing, devicesView),
  /** The customer's screens that rest say whose they are. Right: shop-edit. */
  'devices.identify': call(nothing, nothing),
};
