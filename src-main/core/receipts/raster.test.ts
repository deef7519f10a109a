import { expect, test } from 'vitest';
import { bitmapFile, centred, dithered } from './raster.ts';

test('black stays black, white stays white, nearly so too; bits stand in rows of whole bytes', () => {
  const grey = Uint8Array.from([0, 255, 20, 230, 0, 255, 0, 255, 0, 255, 255, 255, 255, 255, 255, 255, 255, 0]);
  expect(dithered(grey, 9, 2)).toEqual({ widthDots: 9, heightDots: 2, bits: Uint8Array.from([0b10101010, 0b10000000, 0b00000000, 0b10000000]) });
});

test('a shade is as dark in dots as it was', () => {
  for (const shade of [64, 128, 192]) {
    const { bits } = dithered(new Uint8Array(64 * 64).fill(shade), 64, 64);
    const black = bits.reduce((sum, byte) => sum + byte.toString(2).replaceAll('0', '').length, 0);
    expect(Math.abs(black / 4096 - (255 - shade) / 255)).toBeLessThan(0.02);
  }
});

test('in the middle of the line, and never outside it', () => {
  const raster = { widthDots: 16, heightDots: 1, bits: Uint8Array.from([0xff, 0x81]) };
  expect(centred(raster, 48)).toEqual({ widthDots: 32, heightDots: 1, bits: Uint8Array.from([0, 0, 0xff, 0x81]) });
  expect(centred(raster, 12)).toEqual(raster);
});

test('a BMP file has its rows from below, black as its second colour', () => {
  const file = bitmapFile({ widthDots: 8, heightDots: 2, bits: Uint8Array.from([0xf0, 0x0f]) });
  const view = new DataView(file.buffer);
  expect([view.getUint32(2, true), view.getUint32(10, true), view.getUint32(18, true), view.getUint32(22, true), view.getUint16(28, true)]).toEqual([70, 62, 8, 2, 1]);
  expect([...file.subarray(58, 61)]).toEqual([0, 0, 0]);
  expect([file[62], file[66]]).toEqual([0x0f, 0xf0]);
});
