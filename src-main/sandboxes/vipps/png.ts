import { crc32, deflateSync } from 'node:zlib';

/** A square picture of black and white modules, as SVG and as PNG. `create` of the QR library gives `size` and `data`. */
export type Modules = { readonly size: number; readonly data: ArrayLike<number> };

/** White modules around a code, as its standard wants them. */
const quiet = 4;

export function svgOf({ size, data }: Modules): string {
  const all = size + 2 * quiet;
  const rows = Array.from({ length: size }, (_, y) => Array.from({ length: size }, (_module, x) => (data[y * size + x] ? `M${x + quiet} ${y + quiet}h1v1h-1z` : '')).join(''));
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${all} ${all}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h${all}v${all}H0z"/><path fill="#000" d="${rows.join('')}"/></svg>`;
}

function chunk(name: string, content: Uint8Array): Uint8Array {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), content]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, check]);
}

/** One bit a pixel; `pixels` is the side of the picture. What a whole number of pixels a module leaves over is white. */
export function pngOf({ size, data }: Modules, pixels: number): Uint8Array {
  const scale = Math.max(1, Math.floor(pixels / (size + 2 * quiet)));
  const margin = Math.floor((pixels - scale * size) / 2);
  const rowBytes = Math.ceil(pixels / 8);
  const rows = Buffer.alloc((rowBytes + 1) * pixels, 0xff);
  for (let y = 0; y < pixels; y += 1) {
    const start = y * (rowBytes + 1);
    rows[start] = 0;
    const moduleY = Math.floor((y - margin) / scale);
    if (moduleY < 0 || moduleY >= size) continue;
    for (let x = margin; x < margin + size * scale && x < pixels; x += 1) {
      const at = start + 1 + (x >> 3);
      if (data[moduleY * size + Math.floor((x - margin) / scale)]) rows[at] = (rows[at] ?? 0) & ~(0x80 >> (x & 7));
    }
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(pixels, 0);
  head.writeUInt32BE(pixels, 4);
  // One bit, greyscale; packed, not filtered, not interlaced.
  head.set([1, 0, 0, 0, 0], 8);
  return Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), chunk('IHDR', head), chunk('IDAT', deflateSync(rows)), chunk('IEND', new Uint8Array())]);
}
