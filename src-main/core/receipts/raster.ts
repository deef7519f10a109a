/** A picture in black and white: rows of bits from the left, each row in whole bytes, 1 is black. */
export type Raster = { readonly widthDots: number; readonly heightDots: number; readonly bits: Uint8Array };

const rowBytesOf = (widthDots: number): number => Math.ceil(widthDots / 8);

/** Light and dark that is nearly white or black is meant so: a soft edge leaves no dust around it. */
const hardened = (grey: number): number => (grey < 48 ? 0 : grey > 208 ? 255 : grey);

/** A picture in shades (0 black, 255 white, row by row) in black and white; shades become dots by the rule of Floyd and Steinberg. */
export function dithered(grey: Uint8Array, widthDots: number, heightDots: number): Raster {
  const left = Float32Array.from(grey, hardened);
  const rowBytes = rowBytesOf(widthDots);
  const bits = new Uint8Array(rowBytes * heightDots);
  const give = (x: number, y: number, part: number): void => {
    if (x >= 0 && x < widthDots && y < heightDots) left[y * widthDots + x] = (left[y * widthDots + x] ?? 0) + part;
  };
  for (let y = 0; y < heightDots; y += 1) {
    for (let x = 0; x < widthDots; x += 1) {
      const wanted = left[y * widthDots + x] ?? 255;
      const black = wanted < 128;
      if (black) bits[y * rowBytes + (x >> 3)] = (bits[y * rowBytes + (x >> 3)] ?? 0) | (0x80 >> (x & 7));
      const error = wanted - (black ? 0 : 255);
      give(x + 1, y, (error * 7) / 16);
      give(x - 1, y + 1, (error * 3) / 16);
      give(x, y + 1, (error * 5) / 16);
      give(x + 1, y + 1, error / 16);
    }
  }
  return { widthDots, heightDots, bits };
}

/** The same picture in the middle of a wider line; as it is where there is no room beside it. */
export function centred({ widthDots, heightDots, bits }: Raster, lineDots: number): Raster {
  const before = Math.max(0, Math.floor((lineDots - widthDots) / 16));
  const from = rowBytesOf(widthDots);
  const to = from + before;
  const wider = new Uint8Array(to * heightDots);
  for (let y = 0; y < heightDots; y += 1) wider.set(bits.subarray(y * from, (y + 1) * from), y * to + before);
  return { widthDots: to * 8, heightDots, bits: wider };
}

const littleEndian = (value: number, bytes: number): readonly number[] => Array.from({ length: bytes }, (_, index) => (value >> (8 * index)) & 0xff);

/** The picture as a BMP file of one bit, which every browser draws: from the lowest row up, each row in whole fours of bytes. */
export function bitmapFile({ widthDots, heightDots, bits }: Raster): Uint8Array {
  const from = rowBytesOf(widthDots);
  const to = Math.ceil(from / 4) * 4;
  const head = 14 + 40 + 8;
  const file = new Uint8Array(head + to * heightDots);
  const white = [255, 255, 255, 0];
  const black = [0, 0, 0, 0];
  file.set([
    0x42, 0x4d, ...littleEndian(file.length, 4), ...littleEndian(0, 4), ...littleEndian(head, 4),
    ...littleEndian(40, 4), ...littleEndian(widthDots, 4), ...littleEndian(heightDots, 4), ...littleEndian(1, 2), ...littleEndian(1, 2), ...littleEndian(0, 4),
    ...littleEndian(to * heightDots, 4), ...littleEndian(8000, 4), ...littleEndian(8000, 4), ...littleEndian(2, 4), ...littleEndian(2, 4),
    ...white, ...black,
  ]);
  for (let y = 0; y < heightDots; y += 1) file.set(bits.subarray(y * from, (y + 1) * from), head + (heightDots - 1 - y) * to);
  return file;
}
