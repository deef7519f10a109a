import { describe, expect, test } from 'vitest';
import { escPosStatus, starLength, starStatus } from './status.ts';

const starReport = (changes: Readonly<Record<number, number>>): Uint8Array => Uint8Array.from([0x23, 0x86, 0x04, 0, 0, 0, 0, 0, 0], (byte, index) => changes[index] ?? byte);

describe('what a printer says of itself', () => {
  test('in ESC/POS', () => {
    expect(escPosStatus(0x12, 0x12, 0x12)).toEqual({ online: true, coverOpen: false, paperOut: false, paperNearEnd: false, drawer: 'closed' });
    expect(escPosStatus(0x16, 0x12, 0x1e)).toMatchObject({ online: true, paperNearEnd: true, paperOut: false, drawer: 'open' });
    expect(escPosStatus(0x1a, 0x16, 0x12)).toMatchObject({ online: false, coverOpen: true });
    expect(escPosStatus(0x1a, 0x32, 0x72)).toMatchObject({ online: false, paperOut: true });
    expect(escPosStatus(0x12, 0x52, 0x12)).toMatchObject({ online: false });
  });

  test('in StarPRNT', () => {
    expect(starLength(0x23)).toBe(9);
    expect(starStatus(starReport({}))).toEqual({ online: true, coverOpen: false, paperOut: false, paperNearEnd: false, drawer: 'closed', etbCounter: 0 });
    expect(starStatus(starReport({ 2: 0x28 }))).toMatchObject({ online: false, coverOpen: true, drawer: 'open' });
    expect(starStatus(starReport({ 5: 0x0c }))).toMatchObject({ paperOut: true, paperNearEnd: true });
    expect([0x02, 0x08, 0x20, 0x40, 0x6e].map((byte) => starStatus(starReport({ 7: byte })).etbCounter)).toEqual([1, 4, 8, 16, 31]);
  });
});
