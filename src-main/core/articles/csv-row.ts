import type { VatClass } from '../../contract/basics.ts';
import type { ArticleView, RefusedRow } from '../../contract/articles.ts';
import type { ArticleWrite } from '../ports/stores.ts';
import { minor } from '../money.ts';
import type { ArticleField, Column } from './csv-columns.ts';
import { gtin14, gtinProblem } from './gtin.ts';

export type RefusedReason = RefusedRow['reason'];
export type DecimalSign = ',' | '.';

/** How the values of one file are read. */
export type Reading = {
  readonly columns: readonly Column[];
  readonly decimal: DecimalSign;
  /** VAT rates of today by basis points, for files that name rates instead of classes. */
  readonly vatClassOfRate: ReadonlyMap<number, VatClass>;
};

export type ReadRow = { readonly ok: true; readonly write: ArticleWrite } | { readonly ok: false; readonly reason: RefusedReason };

const refused = (reason: RefusedReason): ReadRow => ({ ok: false, reason });

const longestName = 200;
/** A shelf price above this is a slip of the keyboard. */
const highestPriceMinor = 10_000_000;

const vatWords: Readonly<Record<VatClass, readonly string[]>> = {
  standard: ['standard', 'normal', 'high', 'general', 'normalsats', 'hög', 'høy', 'høj', 'alminnelig', 'yleinen', 'hoog', 's'],
  low: ['low', 'reduced', 'food', 'låg', 'livsmedel', 'lav', 'redusert', 'mat', 'middels', 'alennettu', 'elintarvike', 'laag', 'verlaagd', 'r'],
  lowest: ['lowest', 'second', 'lägst', 'lavest', 'alin', 'laagst'],
  zero: ['zero', 'none', 'exempt', 'noll', 'ingen', 'null', 'fritatt', 'fri', 'nolla', 'veroton', 'nul', 'geen', 'vrij', 'z'],
};

function vatOf(typed: string, reading: Reading): VatClass | null {
  const word = typed.trim().toLowerCase();
  if (word === '') return 'standard';
  for (const [vatClass, known] of Object.entries(vatWords)) if (known.includes(word)) return vatClass as VatClass;
  const rate = /^(\d{1,2})(?:[.,](\d{1,2}))?\s*%?$/.exec(word);
  if (!rate) return null;
  const basisPoints = Number(rate[1]) * 100 + Number((rate[2] ?? '').padEnd(2, '0'));
  return reading.vatClassOfRate.get(basisPoints) ?? null;
}

/**
 * A price as written, in minor units; null when it can't be read for sure. The file's decimal sign is known, so `1.250`
 * in a file of decimal commas is a thousand two hundred and fifty, and in one of points it is refused: no currency here
 * has three decimals.
 */
export function priceOf(typed: string, decimal: DecimalSign): number | null {
  const bare = typed.trim().replace(/^(?:€|kr\.?|eur|sek|nok|dkk)\s*|\s*(?:€|kr\.?|eur|sek|nok|dkk|,-|:-)$/gi, '');
  const grouping = decimal === ',' ? '.' : ',';
  const pattern = new RegExp(`^(-?)(\\d{1,3}(?:[\\s\u00a0\u202f\\${grouping}]\\d{3})+|\\d{1,9})(?:\\${decimal}(\\d{1,2}))?$`);
  const parts = pattern.exec(bare);
  if (!parts) return null;
  const whole = Number((parts[2] ?? '').replace(/\D/g, ''));
  const amount = whole * 100 + Number((parts[3] ?? '').padEnd(2, '0'));
  return parts[1] === '-' ? -amount : amount;
}

/** The decimal sign of a column of prices: the sign that stands before one or two last digits in more of them. */
export function decimalOf(prices: Iterable<string>): DecimalSign {
  let commas = 0;
  let points = 0;
  for (const price of prices) {
    if (/,\d{1,2}\D*$/.test(price)) commas += 1;
    if (/\.\d{1,2}\D*$/.test(price)) points += 1;
  }
  return commas > points ? ',' : '.';
}

const units: readonly ArticleView['unit'][] = ['piece', 'kg', 'g', 'l', 'm', 'h'];
const unitWords: Readonly<Record<string, ArticleView['unit']>> = { '': 'piece', pcs: 'piece', st: 'piece', stk: 'piece', kpl: 'piece', stuk: 'piece' };

function unitOf(typed: string): ArticleView['unit'] | null {
  const word = typed.trim().toLowerCase().replace('.', '');
  return unitWords[word] ?? units.find((unit) => unit === word) ?? null;
}

const pricings: readonly ArticleView['pricing'][] = ['fixed', 'weighed', 'open'];

/** Reads one row by its columns. Doubled GTINs are the caller's matter, for only it knows the rows before. */
export function readRow(cells: readonly string[], reading: Reading): ReadRow {
  if (cells.length < reading.columns.length) return refused('row-too-short');
  if (cells.length > reading.columns.length) return refused('row-too-long');
  const places = new Map(reading.columns.map((column, index) => [column.field, index]));
  const cell = (field: ArticleField): string => (cells[places.get(field) ?? -1] ?? '').trim();
  const has = (field: ArticleField): boolean => places.has(field) && cell(field) !== '';

  const gtin = cell('gtin').replace(/[\s-]/g, '');
  if (gtin === '' && !has('plu')) return refused('gtin-missing');
  const problem = gtin === '' ? null : gtinProblem(gtin);
  if (problem !== null) return refused(`gtin-${problem}`);
  const name = cell('name').replace(/\s+/g, ' ');
  if (name === '') return refused('name-missing');
  if (name.length > longestName) return refused('name-too-long');
  if (!has('price')) return refused('price-missing');
  const price = priceOf(cell('price'), reading.decimal);
  if (price === null) return refused('price-unreadable');
  if (Math.abs(price) > highestPriceMinor) return refused('price-out-of-range');
  const vatClass = vatOf(cell('vat'), reading);
  if (vatClass === null) return refused('vat-unknown');
  const unit = unitOf(cell('unit'));
  if (unit === null) return refused('unit-unknown');
  const age = cell('age');
  if (age !== '' && !/^[1-9]\d?$/.test(age)) return refused('age-unreadable');
  const pricing = pricings.find((one) => one === cell('pricing').toLowerCase()) ?? (unit === 'kg' ? 'weighed' : 'fixed');
  return {
    ok: true,
    write: {
      gtin,
      name,
      group: cell('group'),
      priceMinor: minor(price),
      vatClass,
      labels: cell('labels').split(/[|;,]/).map((one) => one.trim().toLowerCase()).filter((one) => one !== ''),
      plu: has('plu') ? cell('plu') : undefined,
      unit: places.has('unit') ? unit : undefined,
      pricing: places.has('unit') || places.has('pricing') ? pricing : undefined,
      ageLimit: places.has('age') ? (age === '' ? null : Number(age)) : undefined,
    },
  };
}

/** The key by which two rows are the same article. */
export const rowKey = (write: ArticleWrite): string => (write.gtin === '' ? `plu:${write.plu ?? ''}` : gtin14(write.gtin));
