import { z } from 'zod';
import { call, nothing } from './define.ts';

/** The widest logo that every printer's line has room for, and the tallest that a receipt should begin with, in dots (8 to a millimetre). */
export const logoLimits = { widthDots: 360, heightDots: 200 } as const;

/** The shop's logo in black and white, as receipts show it: a picture for screens and PDF. */
const logoView = z.strictObject({ src: z.string() }).nullable();
export type LogoView = z.infer<typeof logoView>;

export const logoCalls = {
  'logo.get': call(nothing, logoView),
  /** A picture in shades, 0 black to 255 white, row by row, as base64. Right: shop-edit. Errors: setting-invalid {field}. */
  'logo.save': call(
    z.strictObject({ widthDots: z.int().min(8).max(logoLimits.widthDots), heightDots: z.int().min(8).max(logoLimits.heightDots), grey: z.base64().max(100_000) }),
    logoView,
  ),
  /** Receipts have none any more. Right: shop-edit. */
  'logo.remove': call(nothing, logoView),
};
