import bwip from 'bwip-js/node';
import type { Barcodes } from '../core/ports/world.ts';

/** Barcodes as SVG, drawn by bwip-js. The same text is drawn once. */
export function createBarcodes(): Barcodes {
  const drawn = new Map<string, string>();
  return {
    code128(text) {
      const known = drawn.get(text);
      if (known !== undefined) return known;
      const svg = bwip.toSVG({ bcid: 'code128', text, height: 12, includetext: false });
      if (drawn.size > 500) drawn.clear();
      drawn.set(text, svg);
      return svg;
    },
    qr: (text) => bwip.toSVG({ bcid: 'qrcode', text }),
  };
}
