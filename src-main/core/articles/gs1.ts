/** What a GS1 element string says of one article. */
export type Gs1Data = {
  readonly gtin: string | null;
  /** Net weight in grams (AI 310n). */
  readonly weightMilli: number | null;
  /** Amount to pay in minor units of the shop's currency (AI 392n, 393n). */
  readonly priceMinor: number | null;
};

/** Separator of elements of variable length, as scanners send it. */
export const groupSeparator = '\u001d';

/** Data lengths of application identifiers with a fixed length, by their first two digits (GS1, figure 7.8.5-2). */
const fixed: Readonly<Record<string, number>> = {
  '00': 18, '01': 14, '02': 14, '03': 14, '11': 6, '12': 6, '13': 6, '15': 6, '16': 6, '17': 6, '18': 6, '19': 6, '20': 2,
};

/** Digits of an application identifier: 3 for 2xx and 4xx, 4 for measures and amounts, else 2. */
function aiLength(text: string): number {
  if (/^(3[1-6]|39|7[0-9]|8[0-2])/.test(text)) return 4;
  if (/^(2[4-5]|4[0-2])/.test(text)) return 3;
  return 2;
}

type Element = { readonly ai: string; readonly data: string };

/** Parts an element string; null when it breaks off or names no identifier. */
function elementsOf(text: string): readonly Element[] | null {
  const elements: Element[] = [];
  let rest = text.startsWith(groupSeparator) ? text.slice(1) : text;
  while (rest !== '') {
    const ai = rest.slice(0, aiLength(rest));
    if (!/^\d{2,4}$/.test(ai)) return null;
    const after = rest.slice(ai.length);
    const known = /^3[1-6]/.test(ai) ? 6 : fixed[ai.slice(0, 2)];
    const end = after.indexOf(groupSeparator);
    const length = known ?? (end === -1 ? after.length : end);
    if (after.length < length || length === 0) return null;
    elements.push({ ai, data: after.slice(0, length) });
    rest = after.slice(length);
    if (rest.startsWith(groupSeparator)) rest = rest.slice(1);
  }
  return elements;
}

/** A number with `decimals` places as thousandths or hundredths, from its digits alone. */
function scaled(digits: string, decimals: number, places: number): number | null {
  if (!/^\d{1,15}$/.test(digits) || decimals > 5) return null;
  const shift = places - decimals;
  if (shift >= 0) return Number(digits + '0'.repeat(shift));
  const cut = digits.slice(0, shift) === '' ? '0' : digits.slice(0, shift);
  return /^0*$/.test(digits.slice(shift)) ? Number(cut) : Math.round(Number(digits) / 10 ** -shift);
}

function dataOf(elements: readonly Element[]): Gs1Data {
  let gtin: string | null = null;
  let weightMilli: number | null = null;
  let priceMinor: number | null = null;
  for (const { ai, data } of elements) {
    const decimals = Number(ai.at(-1));
    if (ai === '01') gtin = data;
    else if (ai.startsWith('310')) weightMilli = scaled(data, decimals, 3);
    else if (ai.startsWith('392')) priceMinor = scaled(data, decimals, 2);
    // AI 393 carries the currency's three digits first.
    else if (ai.startsWith('393')) priceMinor = scaled(data.slice(3), decimals, 2);
  }
  return { gtin, weightMilli, priceMinor };
}

/** Reads an element string, with or without brackets round its identifiers; null when it is none. */
export function readElementString(text: string): Gs1Data | null {
  const plain = text.startsWith('(') ? text.replace(/\((\d{2,4})\)/g, (_all, ai: string, at: number) => (at === 0 ? ai : groupSeparator + ai)) : text;
  const elements = elementsOf(plain);
  return elements && elements.length > 0 ? dataOf(elements) : null;
}

/** Reads a GS1 Digital Link: `https://…/01/GTIN/…?3103=000742`; null when the address carries no GTIN. */
export function readDigitalLink(text: string): Gs1Data | null {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return null;
  const parts = url.pathname.split('/').filter((part) => part !== '');
  const at = parts.findIndex((part) => part === '01' || part === 'gtin');
  const gtin = at === -1 ? undefined : parts[at + 1];
  if (gtin === undefined || !/^\d{8,14}$/.test(gtin)) return null;
  const elements: Element[] = [{ ai: '01', data: gtin }];
  for (let index = at + 2; index + 1 < parts.length; index += 2) elements.push({ ai: parts[index] ?? '', data: parts[index + 1] ?? '' });
  for (const [ai, data] of url.searchParams) if (/^\d{2,4}$/.test(ai)) elements.push({ ai, data });
  return dataOf(elements);
}
