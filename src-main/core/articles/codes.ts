import type { MeasurePattern } from '../../contract/articles.ts';
import type { Country } from '../../contract/basics.ts';
import { countries } from '../countries/index.ts';
import { readAim, type Aim, type Symbology } from '../scanner/aim.ts';
import { articleOf, type ArticleProblem, type Gs1Article } from './gs1.ts';
import { groupSeparator, readElements, type Elements } from './gs1-elements.ts';
import { readLink } from './gs1-link.ts';
import { checkDigit, expandUpcE, gtinProblem } from './gtin.ts';
import { readInStoreCode, usualPatterns } from './measure-codes.ts';

/** Days that a GS1 code tells, as `yyyy-mm-dd`. Selling goes on whatever they are. */
type Days = { readonly bestBefore?: string; readonly expires?: string };

/** What a scanned or typed text is. */
export type ReadCode =
  | ({ readonly kind: 'gtin'; readonly gtin: string } & Days)
  /** A GTIN with the weight, price or number of pieces of this very piece. */
  | ({ readonly kind: 'gtin-measure' } & Gs1Article)
  /** A number made in the store; `gtin` is the whole of it, `item` the digits that name the article. */
  | {
      readonly kind: 'in-store';
      readonly gtin: string;
      readonly item: string;
      readonly weightMilli?: number;
      readonly priceMinor?: number;
    }
  | { readonly kind: 'plu'; readonly plu: string }
  /** The barcode of one of our receipts. */
  | { readonly kind: 'receipt'; readonly registerNumber: number; readonly number: number }
  | { readonly kind: 'unknown'; readonly text: string; readonly problem: CodeProblem };

/** By which codes are read: the currency of prices in GS1 codes is the country's. */
type Rules = { readonly country: Country; readonly patterns: readonly MeasurePattern[] };

/** Why a code is refused; each has words of its own. */
export type CodeProblem = ArticleProblem | 'unreadable';

const unknown = (text: string, problem: CodeProblem = 'unreadable'): ReadCode => ({ kind: 'unknown', text, problem });

function ofGs1(elements: Elements, text: string, { country }: Rules): ReadCode {
  const article = articleOf(elements, countries[country].currency);
  if ('problem' in article) return unknown(text, article.problem);
  const measured = article.weightMilli !== undefined || article.priceMinor !== undefined || article.count !== undefined;
  return { kind: measured ? 'gtin-measure' : 'gtin', ...article };
}

/** A number whose check digit is right, as a GTIN or as a label of the store. */
function ofGtin(digits: string, { patterns }: Rules): ReadCode {
  // A UPC-A is an EAN-13 that begins with a zero.
  const inStore = digits.length === 13 || digits.length === 12 ? readInStoreCode(digits.padStart(13, '0'), patterns) : null;
  if (inStore === 'check-digit') return unknown(digits, 'check-digit');
  return inStore ? { kind: 'in-store', gtin: digits, ...inStore } : { kind: 'gtin', gtin: digits };
}

function ofDigits(digits: string, rules: Rules, mayBeUpcE: boolean): ReadCode {
  const problem = gtinProblem(digits);
  if (problem === null) return ofGtin(digits, rules);
  const expanded = mayBeUpcE && digits.length === 8 ? expandUpcE(digits) : null;
  if (expanded !== null) return { kind: 'gtin', gtin: expanded };
  if (digits.length <= 6) return { kind: 'plu', plu: digits };
  return unknown(digits, problem === 'check-digit' ? 'check-digit' : 'unreadable');
}

/**
 * What a scanner calls EAN or UPC: 13 digits, 12 of a UPC-A or 8 of a UPC-E sent as they stand, 13 with the 2 or 5 of a
 * magazine's add-on behind. An EAN-8 has a mark of its own, so that the same 8 digits are never both.
 */
function ofEan(data: string, rules: Rules): ReadCode {
  const digits = /^\d{13}(?:\d{2}|\d{5})$/.test(data) ? data.slice(0, 13) : data;
  if (/^\d{8}$/.test(digits)) {
    const expanded = expandUpcE(digits);
    return expanded === null ? ofNumber(digits, [8], rules) : { kind: 'gtin', gtin: expanded };
  }
  return ofNumber(digits, [12, 13], rules);
}

/** A GTIN of one of these lengths and nothing else: half a bar code read askew is no PLU. */
function ofNumber(digits: string, lengths: readonly number[], rules: Rules): ReadCode {
  if (!/^\d+$/.test(digits) || !lengths.includes(digits.length)) return unknown(digits);
  return gtinProblem(digits) === null ? ofGtin(digits, rules) : unknown(digits, 'check-digit');
}

const receiptCode = /^R(\d{1,6})-(\d{1,9})$/i;
const pluCode = /^[A-Za-z0-9-]{1,10}$/;

/** Text of a code that says nothing of its kind, or was typed. */
function ofText(text: string, rules: Rules, bare: boolean): ReadCode {
  const receipt = receiptCode.exec(text);
  if (receipt) return { kind: 'receipt', registerNumber: Number(receipt[1]), number: Number(receipt[2]) };
  if (/^https?:\/\//i.test(text)) {
    const link = readLink(text);
    return link ? ofGs1(link, text, rules) : unknown(text);
  }
  // Without a mark of its kind, what looks like elements is taken for them; a Code 128 that is marked as plain is not.
  const elements = /^\(\d{2,4}\)/.test(text) || (bare && (text.includes(groupSeparator) || /^01\d{14}/.test(text)));
  if (elements) return ofGs1(readElements(text), text, rules);
  if (/^\d+$/.test(text)) return ofDigits(text, rules, bare);
  return pluCode.test(text) ? { kind: 'plu', plu: text } : unknown(text);
}

const inPieces: ReadonlySet<Symbology> = new Set<Symbology>(['qr', 'data-matrix', 'aztec', 'pdf417', 'dotcode', 'other']);

function ofMarked(aim: Aim, rules: Rules): ReadCode {
  if (aim.fnc1 === 'first') return ofGs1(readElements(aim.data), aim.data, rules);
  // FNC1 in second place makes the data some other industry's.
  if (aim.fnc1 === 'second') return unknown(aim.data);
  switch (aim.symbology) {
    case 'ean-upc':
      return ofEan(aim.data, rules);
    case 'ean-8':
      return ofNumber(aim.data, [8], rules);
    case 'ean-add-on':
      return unknown(aim.data, 'not-article');
    case 'itf': {
      const whole = aim.checkDigit === 'kept' && /^\d{13}$/.test(aim.data) ? `${aim.data}${checkDigit(aim.data)}` : aim.data;
      return ofNumber(whole, [14], rules);
    }
    default: {
      const read = ofText(aim.data, rules, false);
      // A large code comes in pieces, and the last piece alone could look like the short number of an article.
      return read.kind === 'plu' && inPieces.has(aim.symbology) ? unknown(aim.data) : read;
    }
  }
}

/**
 * Reads what a scanner sent or a cashier typed: EAN-8, UPC-A, UPC-E, EAN-13, ITF-14, GS1 element strings and Digital
 * Links, weight and price labels by the shop's own patterns (the country's where it has none), PLUs, and the barcodes of our own receipts.
 */
export function readCode(raw: string, country: Country, patterns: readonly MeasurePattern[] = usualPatterns[country]): ReadCode {
  const rules: Rules = { country, patterns };
  const text = raw.trim();
  const aim = readAim(text);
  return aim ? ofMarked(aim, rules) : ofText(text, rules, true);
}
