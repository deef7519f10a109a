import type { ReadCode } from '../../core/articles/codes.ts';
import type { Symbology } from '../../core/scanner/aim.ts';

/** A code as a scanner sends it, and what it means to a till. */
export type SampleCode = { readonly name: string; readonly aim: string; readonly text: string; readonly means: ReadCode };

const gs = '\u001d';
const gtin: ReadCode = { kind: 'gtin', gtin: '09520123456788' };
const weighed: ReadCode = { kind: 'gtin-measure', gtin: '09520123456788', weightMilli: 742 };
const dated: ReadCode = { kind: 'gtin', gtin: '09520123456788', expires: '2027-12-31' };
const elements = '0109520123456788';
const plu: ReadCode = { kind: 'plu', plu: '4011' };
const unreadable = (text: string): ReadCode => ({ kind: 'unknown', text, problem: 'unreadable' });
const link = 'https://id.example.org/01/09520123456788/10/LOT-1?3103=000742';

/** At least one code of everything that a scanner may say it read. */
export const sampleCodes: Readonly<Record<Symbology, readonly SampleCode[]>> = {
  'ean-upc': [
    { name: 'EAN-13', aim: ']E0', text: '9520123456788', means: { kind: 'gtin', gtin: '9520123456788' } },
    { name: 'UPC-A', aim: ']E0', text: '614141000036', means: { kind: 'gtin', gtin: '614141000036' } },
    { name: 'UPC-A as 13 digits', aim: ']E0', text: '0614141000036', means: { kind: 'gtin', gtin: '0614141000036' } },
    { name: 'UPC-E', aim: ']E0', text: '04252614', means: { kind: 'gtin', gtin: '042100005264' } },
    { name: 'EAN-13 of a book with its price', aim: ']E3', text: '978316148410051299', means: { kind: 'gtin', gtin: '9783161484100' } },
    { name: 'price label', aim: ']E0', text: '2001234019996', means: { kind: 'in-store', gtin: '2001234019996', item: '1234', priceMinor: 1999 } },
    { name: 'weight label', aim: ']E0', text: '2301234007420', means: { kind: 'in-store', gtin: '2301234007420', item: '1234', weightMilli: 742 } },
    { name: 'EAN-13 read wrong', aim: ']E0', text: '9520123456789', means: { kind: 'unknown', text: '9520123456789', problem: 'check-digit' } },
  ],
  'ean-8': [{ name: 'EAN-8', aim: ']E4', text: '96385074', means: { kind: 'gtin', gtin: '96385074' } }],
  'ean-add-on': [{ name: 'add-on alone', aim: ']E1', text: '05', means: { kind: 'unknown', text: '05', problem: 'not-article' } }],
  itf: [
    { name: 'ITF-14', aim: ']I1', text: '19520123456785', means: { kind: 'gtin', gtin: '19520123456785' } },
    { name: 'ITF-14 without its check digit', aim: ']I3', text: '1952012345678', means: { kind: 'gtin', gtin: '19520123456785' } },
  ],
  'code-39': [{ name: 'Code 39', aim: ']A0', text: 'AB-12', means: { kind: 'plu', plu: 'AB-12' } }],
  'code-93': [{ name: 'Code 93', aim: ']G0', text: '4011', means: plu }],
  codabar: [{ name: 'Codabar', aim: ']F0', text: '4011', means: plu }],
  'code-128': [
    { name: 'Code 128', aim: ']C0', text: '4011', means: plu },
    { name: 'a receipt of ours', aim: ']C0', text: 'R2-1042', means: { kind: 'receipt', registerNumber: 2, number: 1042 } },
    { name: 'GS1-128', aim: ']C1', text: `${elements}3103000742`, means: weighed },
    { name: 'GS1-128 with FNC1 between', aim: ']C1', text: `${elements}10AB-12${gs}39221999`, means: { kind: 'gtin-measure', gtin: '09520123456788', priceMinor: 1999 } },
    { name: 'Code 128 of another industry', aim: ']C2', text: elements, means: unreadable(elements) },
  ],
  databar: [
    { name: 'GS1 DataBar', aim: ']e0', text: elements, means: gtin },
    { name: 'GS1 DataBar Expanded', aim: ']e0', text: `${elements}310300074217271231`, means: { ...weighed, expires: '2027-12-31' } },
  ],
  'data-matrix': [
    { name: 'GS1 DataMatrix', aim: ']d2', text: `${elements}1727123110LOT-1${gs}21SERIAL-000000000001`, means: dated },
    { name: 'DataMatrix', aim: ']d1', text: elements, means: unreadable(elements) },
  ],
  qr: [
    { name: 'GS1 QR', aim: ']Q3', text: `${elements}17271231`, means: dated },
    { name: 'Digital Link in a QR', aim: ']Q1', text: link, means: weighed },
    { name: 'another address in a QR', aim: ']Q1', text: 'https://example.org/', means: unreadable('https://example.org/') },
  ],
  dotcode: [{ name: 'GS1 DotCode', aim: ']J1', text: `${elements}17271231`, means: dated }],
  aztec: [{ name: 'Aztec', aim: ']z0', text: link, means: weighed }],
  pdf417: [{ name: 'PDF417', aim: ']L0', text: '4011', means: unreadable('4011') }],
  other: [{ name: 'a kind that nobody knows', aim: ']X0', text: '9520123456788', means: { kind: 'gtin', gtin: '9520123456788' } }],
};
