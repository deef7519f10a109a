/** What kind of code a scanner says that it read. */
export type Symbology =
  | 'ean-upc'
  | 'ean-8'
  | 'ean-add-on'
  | 'itf'
  | 'code-39'
  | 'code-93'
  | 'codabar'
  | 'code-128'
  | 'databar'
  | 'data-matrix'
  | 'qr'
  | 'dotcode'
  | 'aztec'
  | 'pdf417'
  | 'other';

/** What the three signs before the data say of it (ISO/IEC 15424, General Specifications figure 7.8.1-1). */
export type Aim = {
  readonly symbology: Symbology;
  /** Where FNC1 stood: in front it makes the data a GS1 element string, in second place another body's. */
  readonly fnc1: 'none' | 'first' | 'second';
  /** Whether the symbology's own check digit is among the data. */
  readonly checkDigit: 'sent' | 'kept' | 'unknown';
  readonly data: string;
};

type Meaning = Omit<Aim, 'data'>;

const plain = (symbology: Symbology): Meaning => ({ symbology, fnc1: 'none', checkDigit: 'unknown' });
const first = (symbology: Symbology): Meaning => ({ symbology, fnc1: 'first', checkDigit: 'unknown' });
const second = (symbology: Symbology): Meaning => ({ symbology, fnc1: 'second', checkDigit: 'unknown' });
const sent = (symbology: Symbology): Meaning => ({ symbology, fnc1: 'none', checkDigit: 'sent' });

/** Where the modifier says something that a till has to know; else the letter alone speaks. */
const byModifier: Readonly<Record<string, Meaning>> = {
  E0: sent('ean-upc'),
  E1: plain('ean-add-on'),
  E2: plain('ean-add-on'),
  E3: sent('ean-upc'),
  E4: sent('ean-8'),
  C1: first('code-128'),
  C2: second('code-128'),
  I1: sent('itf'),
  I3: { symbology: 'itf', fnc1: 'none', checkDigit: 'kept' },
  Q3: first('qr'),
  Q4: first('qr'),
  Q5: second('qr'),
  Q6: second('qr'),
  d2: first('data-matrix'),
  d3: second('data-matrix'),
  d5: first('data-matrix'),
  d6: second('data-matrix'),
  e0: first('databar'),
  J1: first('dotcode'),
  J2: second('dotcode'),
  J4: first('dotcode'),
  J5: second('dotcode'),
};

const byLetter: Readonly<Record<string, Symbology>> = {
  A: 'code-39',
  C: 'code-128',
  F: 'codabar',
  G: 'code-93',
  I: 'itf',
  J: 'dotcode',
  L: 'pdf417',
  Q: 'qr',
  d: 'data-matrix',
  z: 'aztec',
};

/** Reads the symbology identifier in front of the data, `]C1` and its like; null when there is none. */
export function readAim(text: string): Aim | null {
  const marks = /^\]([A-Za-z])([0-9A-Za-z])/.exec(text);
  if (!marks) return null;
  const [, letter = '', modifier = ''] = marks;
  const meaning = byModifier[letter + modifier] ?? plain(byLetter[letter] ?? 'other');
  return { ...meaning, data: text.slice(3) };
}
