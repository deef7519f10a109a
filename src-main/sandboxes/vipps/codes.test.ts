import { inflateSync } from 'node:zlib';
import jsQR from 'jsqr';
import { expect, test } from 'vitest';
import QRCode from 'qrcode';
import { pngOf } from './png.ts';

/** One bit a pixel, not filtered: what the sandbox writes. */
function pixelsOf(png: Buffer): { readonly data: Uint8ClampedArray; readonly side: number } {
  const side = png.readUInt32BE(16);
  const begin = png.indexOf('IDAT');
  const rows = inflateSync(png.subarray(begin + 4, begin + 4 + png.readUInt32BE(begin - 4)));
  const rowBytes = Math.ceil(side / 8);
  const data = new Uint8ClampedArray(side * side * 4).fill(255);
  for (let at = 0; at < side * side; at += 1) {
    const [x, y] = [at % side, Math.floor(at / side)];
    const white = ((rows[y * (rowBytes + 1) + 1 + (x >> 3)] ?? 0) >> (7 - (x & 7))) & 1;
    data.fill(white ? 255 : 0, at * 4, at * 4 + 3);
  }
  return { data, side };
}

test.each([101, 240, 800])('a picture of %i pixels is a code that a camera reads', (side) => {
  const text = 'https://qr.vipps.no/p/a-token-of-43-signs-as-the-sandbox-makes-them-x';
  const read = pixelsOf(Buffer.from(pngOf(QRCode.create(text).modules, side)));
  expect(read.side).toBe(side);
  expect(jsQR(read.data, side, side)?.data).toBe(text);
});
