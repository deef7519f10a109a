import type { Country } from '../../contract/basics.ts';
import { expandUpcE, gtinProblem } from './gtin.ts';
import { groupSeparator, readDigitalLink, readElementString, type Gs1Data } from './gs1.ts';
import { readInStoreCode } from './measure-codes.ts';

/** What a scanned or typed text is. */
export type ReadCode =
  | { readonly kind: 'gtin'; readonly gtin: string }
  /** A GTIN with the weight or price of this very piece. */
  | { readonly kind: 'gtin-measure'; readonly gtin: string; readonly weightMilli?: number; readonly priceMinor?: number }
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
  | { readonly kind: 'unknown'; readonly text: string; readonly problem: 'check-digit' | 'unreadable' };

/** Symbology identifiers that scanners may send before the data (ISO/IEC 15424): `]E0` EAN, `]C1` GS1-128, ... */
const symbology = /^\](?:E[0-4]|C[0124]|d[1-6]|Q[0-6]|e[0-3]|A\d|I\d)/;
const gs1Symbology = /^\](?:C1|d2|Q3|e0)/;

const unknown = (text: string, problem: 'check-digit' | 'unreadable' = 'unreadable'): ReadCode => ({
  kind: 'unknown',
  text,
  problem,
});

function ofGs1(data: Gs1Data, text: string): ReadCode {
  if (data.gtin === null) return unknown(text);
  // GTIN-14s of trade units that stand for a shorter number are compared by value, so zeros in front do no harm.
  if (gtinProblem(data.gtin) !== null) return unknown(text, 'check-digit');
  if (data.weightMilli === null && data.priceMinor === null) return { kind: 'gtin', gtin: data.gtin };
  return {
    kind: 'gtin-measure',
    gtin: data.gtin,
    ...(data.weightMilli === null ? {} : { weightMilli: data.weightMilli }),
    ...(data.priceMinor === null ? {} : { priceMinor: data.priceMinor }),
  };
}

function ofDigits(digits: string, country: Country): ReadCode {
  const problem = gtinProblem(digits);
  if (problem === null) {
    const inStore = digits.length === 13 && digits.startsWith('2') ? readInStoreCode(digits, country) : null;
    return inStore ? { kind: 'in-store', gtin: digits, ...inStore } : { kind: 'gtin', gtin: digits };
  }
  const expanded = digits.length === 8 ? expandUpcE(digits) : null;
  if (expanded !== null) return { kind: 'gtin', gtin: expanded };
  if (digits.length <= 6) return { kind: 'plu', plu: digits };
  return unknown(digits, problem === 'check-digit' ? 'check-digit' : 'unreadable');
}

const receiptCode = /^R(\d{1,6})-(\d{1,9})$/i;
const pluCode = /^[A-Za-z0-9-]{1,10}$/;

/**
 * Reads what a scanner sent or a cashier typed: EAN-8, UPC-A, UPC-E, EAN-13, GTIN-14, GS1 element strings and Digital
 * Links, weight and price labels of the country, PLUs, and the barcodes of our own receipts.
 */
export function readCode(raw: string, country: Country): ReadCode {
  const bare = raw.trim().replace(symbology, '');
  const receipt = receiptCode.exec(bare);
  if (receipt) return { kind: 'receipt', registerNumber: Number(receipt[1]), number: Number(receipt[2]) };
  if (/^https?:\/\//i.test(bare)) {
    const link = readDigitalLink(bare);
    return link ? ofGs1(link, bare) : unknown(bare);
  }
  const marked = gs1Symbology.test(raw.trim()) || bare.includes(groupSeparator) || /^\(\d{2,4}\)/.test(bare);
  const longElements = /^01\d{14}/.test(bare) && bare.length > 14;
  if (marked || longElements) {
    const data = readElementString(bare);
    return data ? ofGs1(data, bare) : unknown(bare);
  }
  if (/^\d+$/.test(bare)) return ofDigits(bare, country);
  return pluCode.test(bare) ? { kind: 'plu', plu: bare } : unknown(bare);
}
