import type { BitField, ScanLayout } from './hid-descriptor.ts';

/** What a scanner read: the three signs of AIM, or none, and the text of the code. */
export type Scan = { readonly aim: string; readonly text: string };

/** What is there of a scan whose end has not come yet, or that a piece of one was lost. One for each device keeps devices apart. */
export type Assembly =
  | { readonly kind: 'under-way'; readonly aim: string; readonly bytes: readonly number[] }
  | { readonly kind: 'lost' }
  | null;

export type Assembled =
  | { readonly kind: 'scan'; readonly scan: Scan }
  /** More of it has to come. */
  | { readonly kind: 'part' }
  /** Another kind of report than scans come in. */
  | { readonly kind: 'other' }
  /** It cannot be what a scanner sent: nothing is made of it, nor of what it would have gone on from. */
  | { readonly kind: 'broken' };

export type AssemblyStep = { readonly assembly: Assembly; readonly result: Assembled };

/** The largest code that there is, a QR of version 40, has 7089 digits. */
const longestBytes = 8192;
/** A scan whose next report has not come after this long never comes: reports follow each other within some ms. */
export const assemblyMs = 500;
/**
 * So long after a broken report, what comes may be the rest of the same code, which must not pass for a code of its own: a busy
 * machine hears reports late. Nobody who heard the refusal has scanned again before.
 */
export const lostMs = 400;

/** A number of bits out of a report, the lowest bit first as HID has it; null when the report ends before. */
function bitsOf(report: Uint8Array, startBit: number, { offsetBits, sizeBits }: BitField): number | null {
  const from = startBit + offsetBits;
  if (from + sizeBits > report.length * 8) return null;
  let value = 0;
  for (let index = sizeBits - 1; index >= 0; index -= 1) {
    const bit = from + index;
    value = value * 2 + (((report[bit >> 3] ?? 0) >> (bit & 7)) & 1);
  }
  return value;
}

type Part = { readonly aim: string; readonly bytes: readonly number[]; readonly continued: boolean };

/** The signs of AIM, or none where a scanner leaves their place empty; null for what is neither. */
function symbologyOf(report: Uint8Array, startBit: number, fields: readonly BitField[]): string | null {
  const signs = fields.map((field) => String.fromCodePoint(bitsOf(report, startBit, field) ?? 0)).join('');
  if (/^\][A-Za-z][0-9A-Za-z]$/.test(signs)) return signs;
  // oxlint-disable-next-line no-control-regex -- an empty place is zeros
  return /^[\u0000 ]*$/u.test(signs) ? '' : null;
}

/** What one report holds; null when it is cut off or says that it holds more than it can. */
function partOf(report: Uint8Array, layout: ScanLayout): Part | null {
  const startBit = layout.reportId === 0 ? 0 : 8;
  const { data, length, continued } = layout;
  const count = length ? bitsOf(report, startBit, length) : data.bytes;
  if (count === null || count > data.bytes) return null;
  const bytes: number[] = [];
  for (let index = 0; index < count; index += 1) {
    const byte = bitsOf(report, startBit, { offsetBits: data.offsetBits + index * 8, sizeBits: 8 });
    if (byte === null) return null;
    bytes.push(byte);
  }
  if (!length) while (bytes.at(-1) === 0) bytes.pop();
  const goesOn = continued ? bitsOf(report, startBit, continued) : 0;
  const aim = symbologyOf(report, startBit, layout.symbology);
  return goesOn === null || aim === null ? null : { aim, bytes, continued: goesOn !== 0 };
}

/** Text in UTF-8, or else in the old alphabet of one byte a sign. */
function textOf(bytes: readonly number[]): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Uint8Array.from(bytes));
  } catch {
    return bytes.map((byte) => String.fromCodePoint(byte)).join('');
  }
}

/** Signs that no code of a shop holds. Tab and line ends do; EOT, FS, GS, RS and US part fields. */
// oxlint-disable-next-line no-control-regex -- these are the signs that are looked for
const impossible = /[\u0000-\u0003\u0005-\u0008\u000b\u000c\u000e-\u001b\u007f-\u009f]/u;

/** The whole scan; null when nothing is in it or what is in it is no text. Line ends that scanners add are left out. */
function scanOf(aim: string, bytes: readonly number[]): Scan | null {
  const sent = textOf(bytes);
  const text = (aim !== '' && sent.startsWith(aim) ? sent.slice(aim.length) : sent).replace(/[\r\n\t]+$/u, '');
  return text === '' || impossible.test(text) ? null : { aim, text };
}

/** How long this may stand without another report, in milliseconds; null: for ever. */
export function standsMs(assembly: Assembly): number | null {
  if (assembly === null) return null;
  return assembly.kind === 'lost' ? lostMs : assemblyMs;
}

/** What is left when no other report has come for so long: of a code that broke off, the rest may still come and must not pass for one. */
export const expired = (assembly: Assembly): Assembly => (assembly?.kind === 'under-way' ? { kind: 'lost' } : null);

/** What a report makes of what came before it from the same device. */
export function assemble(layouts: readonly ScanLayout[], before: Assembly, report: Uint8Array): AssemblyStep {
  const layout = layouts.find(({ reportId }) => reportId === 0 || reportId === report[0]);
  if (!layout) return { assembly: before, result: { kind: 'other' } };
  const lost: AssemblyStep = { assembly: { kind: 'lost' }, result: { kind: 'broken' } };
  const part = partOf(report, layout);
  if (!part) return lost;
  if (before?.kind === 'lost') return part.continued ? lost : { assembly: null, result: { kind: 'broken' } };
  // Another symbology in the middle of a scan is the beginning of another one: the end of the first was lost.
  const goesOn = before !== null && before.aim === part.aim ? before : null;
  const bytes = goesOn ? [...goesOn.bytes, ...part.bytes] : part.bytes;
  if (bytes.length > longestBytes) return lost;
  if (part.continued) return { assembly: { kind: 'under-way', aim: part.aim, bytes }, result: { kind: 'part' } };
  const scan = scanOf(part.aim, bytes);
  return { assembly: null, result: scan ? { kind: 'scan', scan } : { kind: 'broken' } };
}
