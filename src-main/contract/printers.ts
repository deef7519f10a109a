import { z } from 'zod';

/** Printers that the till knows by name; `generic` is any that speaks ESC/POS. */
export const printerModel = z.enum(['epson-tm-t88', 'epson-tm-m30', 'star-tsp143', 'star-mc-print3', 'generic-esc-pos']);
export type PrinterModelId = z.infer<typeof printerModel>;

/** Width of the paper roll in millimetres. */
export const paperWidthMm = z.union([z.literal(58), z.literal(80)]);
export type PaperWidthMm = z.infer<typeof paperWidthMm>;
