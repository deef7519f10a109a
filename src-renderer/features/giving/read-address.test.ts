import { describe, expect, test } from 'vitest';
import { addressIn, looksLikeAddress } from './read-address.ts';

describe('an e-mail address in a scanned code', () => {
  test('is found in each form that phones make', () => {
    for (const code of [
      'aino@example.com',
      'mailto:aino@example.com?subject=Hei',
      'mailto:aino%40example.com',
      'MATMSG:TO:aino@example.com;SUB:Hei;BODY:;;',
      'SMTP:aino@example.com:Hei',
      'MECARD:N:Lehtinen,Aino;EMAIL:aino@example.com;;',
      'BEGIN:VCARD\nVERSION:3.0\nFN:Aino\nEMAIL;TYPE=home:aino@example.com\nEND:VCARD',
    ]) expect(addressIn(code), code).toBe('aino@example.com');
  });

  test('is not made of anything else', () => {
    for (const code of ['2910000000031', 'https://example.com', 'R1-17', 'mailto:', '']) expect(addressIn(code), code).toBeNull();
    expect(looksLikeAddress(' aino@example.com ')).toBe(true);
    for (const text of ['aino', 'aino@', 'aino@example', 'two a@example.com']) expect(looksLikeAddress(text), text).toBe(false);
  });
});
