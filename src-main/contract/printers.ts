import { z } from 'zod';
import { call, nothing } from './define.ts';

/** Printers that the till knows by name; `generic` is any that speaks ESC/POS. */
export const printerModel = z.enum(['epson-tm-t88', 'epson-tm-m30', 'star-tsp143', 'star-mc-print3', 'generic-esc-pos']);
export type PrinterModelId = z.infer<typeof printerModel>;

/** Width of the paper roll in millimetres. */
export const paperWidthMm = z.union([z.literal(58), z.literal(80)]);
export type PaperWidthMm = z.infer<typeof paperWidthMm>;

/** What is attached to a register as its printer; `none` is the demo's pretended one in the demo, else no printer. */
export const printerSettings = z.strictObject({
  attached: z.enum(['none', 'network', 'usb', 'system']),
  /** Name or address in the shop's network. */
  host: z.string().trim().max(200),
  /** Raw port of the printer; 9100 unless somebody changed it. */
  port: z.int().min(1).max(65_535),
  /** The printer at a USB port, by the id it was found with. */
  usb: z.string().trim().max(300),
  /** The queue of the operating system, by its name there. */
  queue: z.string().trim().max(300),
  model: printerModel,
  widthMm: paperWidthMm,
  /** A cash drawer is plugged into the printer. */
  drawer: z.boolean(),
  /** What the drawer's switch tells when it is open: as most do, the other way round, or nothing. */
  drawerSwitch: z.enum(['usual', 'inverted', 'none']),
});
export type PrinterSettings = z.infer<typeof printerSettings>;

/** Why a paper did not come out; each has a sentence `printer.<problem>` in every language. */
export const printerProblem = z.enum(['absent', 'out-of-paper', 'cover-open', 'fault', 'unreachable', 'denied', 'unknown']);

/** What the printer said of itself when it was asked last. */
export const printerCondition = z.strictObject({
  state: z.enum(['ready', 'absent', 'failed']),
  problem: printerProblem.nullable(),
  /** It prints, and will soon want a new roll. */
  paperNearEnd: z.boolean(),
  drawer: z.enum(['open', 'closed', 'unknown']),
});
export type PrinterCondition = z.infer<typeof printerCondition>;

export const printerSettingsView = z.strictObject({
  settings: printerSettings,
  /** Models to choose from, with their names. */
  models: z.array(z.strictObject({ id: printerModel, name: z.string() })),
  /** Printers to choose from that are plugged in now; null where this operating system lets no program speak with them directly. */
  usb: z.array(z.strictObject({ id: z.string(), name: z.string() })).nullable(),
  /** Queues of the operating system; null where it has none to ask. */
  queues: z.array(z.strictObject({ id: z.string(), name: z.string() })).nullable(),
  condition: printerCondition,
});

export const printerCalls = {
  /** The printer of this register, asked how it is. Right: shop-edit. */
  'printer.settings': call(nothing, printerSettingsView),
  /** Right: shop-edit. Errors: setting-invalid {field}. */
  'printer.save': call(printerSettings, printerSettingsView),
  /** Prints a page with every Nordic letter, a barcode, a QR code and the width. Right: shop-edit. */
  'printer.test': call(nothing, z.strictObject({ problem: printerProblem.nullable(), condition: printerCondition })),
};
