import type { Characters, Part } from './gs1-table.ts';
import { checkDigit } from './gtin.ts';
import { countryLetters, countryNumbers, currencyNumbers } from './gs1-lists.ts';

const signs82 = '!"%&\'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz';
const signs32 = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
const primes: readonly number[] = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83];

/** The characters of GS1: digits, set 82, set 39 and set 64 (General Specifications, 7.11). */
const inSet: Readonly<Record<Characters, RegExp>> = {
  N: /^\d*$/,
  X: /^[!"%&'()*+,\-./0-9:;<=>?A-Z_a-z]*$/,
  Y: /^[#\-/0-9A-Z]*$/,
  Z: /^[A-Za-z0-9\-_]*={0,2}$/,
};

/** `yyyymmdd`, the day 00 allowed where `open`. */
function isDay(year: number, month: number, day: number, open: boolean): boolean {
  if (month < 1 || month > 12) return false;
  const last = new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate();
  return day <= last && (day >= 1 || open);
}

const shortDay = (text: string, open: boolean): boolean =>
  isDay(2000 + Number(text.slice(0, 2)), Number(text.slice(2, 4)), Number(text.slice(4, 6)), open);

/** The two check characters of a Global Model Number (General Specifications, 7.9.5). */
function modelChecked(text: string): boolean {
  const body = text.slice(0, -2);
  if (text.length < 3 || body.length > primes.length) return false;
  const values = [...body].map((sign) => signs82.indexOf(sign));
  const [high, low] = [text.at(-2), text.at(-1)].map((sign) => signs32.indexOf(sign ?? ''));
  if (values.includes(-1) || high === undefined || low === undefined || high < 0 || low < 0) return false;
  const sum = values.reduce((total, value, index) => total + value * (primes[values.length - 1 - index] ?? 0), 0);
  return sum % 1021 === high * 32 + low;
}

/** An account number (ISO 13616): its first four signs moved to the end, the rest by 97 is 1. */
function ibanChecked(text: string): boolean {
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]+$/.test(text) || !countryLetters.has(text.slice(0, 2))) return false;
  let rest = 0;
  for (const sign of text.slice(4) + text.slice(0, 4)) for (const digit of String(Number.parseInt(sign, 36))) rest = (rest * 10 + Number(digit)) % 97;
  return rest === 1;
}

const time = /^([01]\d|2[0-3])[0-5]\d$/;

/** Every check that the table names. */
const checks: Readonly<Record<string, (text: string) => boolean>> = {
  csum: (text) => checkDigit(text.slice(0, -1)) === Number(text.at(-1)),
  csum2: modelChecked,
  date: (text) => shortDay(text, true),
  day: (text) => shortDay(text, false),
  'long-day': (text) => isDay(Number(text.slice(0, 4)), Number(text.slice(4, 6)), Number(text.slice(6, 8)), false),
  time: (text) => time.test(text),
  hour: (text) => Number(text) < 24,
  minute: (text) => Number(text) < 60,
  currency: (text) => currencyNumbers.has(text),
  country: (text) => countryNumbers.has(text),
  'country-999': (text) => text === '999' || countryNumbers.has(text),
  country2: (text) => countryLetters.has(text),
  prefix: (text) => /^\d\d/.test(text),
  percent: (text) => !/%(?![0-9A-Fa-f]{2})/.test(text),
  latitude: (text) => Number(text) <= 1_800_000_000,
  longitude: (text) => Number(text) <= 3_600_000_000,
  'yes-no': (text) => text === '0' || text === '1',
  hyphen: (text) => text === '-',
  index: (text) => /^[-0-9A-Z_a-z]$/.test(text),
  sex: (text) => /^[0129]$/.test(text),
  'birth-order': (text) => /^[1-9]\/[1-9]$/.test(text) && text.slice(0, 1) <= text.slice(2),
  nonzero: (text) => /[^0]/.test(text),
  zero: (text) => text === '0',
  winding: (text) => /^[019]$/.test(text),
  piece: (text) => text.slice(0, 2) !== '00' && text.slice(0, 2) <= text.slice(2),
  iban: ibanChecked,
  'no-zero-first': (text) => text.length === 1 || !text.startsWith('0'),
  'non-digit': (text) => /\D/.test(text),
};

/** What is wrong with data: its length or characters, a check digit, or what it says. */
export type ValueProblem = 'shape' | 'check-digit' | 'value';

function partProblem(part: Part, text: string): ValueProblem | null {
  if (text.length < part.minimum || !inSet[part.characters].test(text)) return 'shape';
  const failed = part.checks.find((name) => !checks[name]?.(text));
  return failed === undefined ? null : failed === 'csum' ? 'check-digit' : 'value';
}

/** Checks the data of one identifier by the parts that it consists of; null when it is good. */
export function valueProblem(parts: readonly Part[], data: string): ValueProblem | null {
  let at = 0;
  for (const part of parts) {
    if (part.optional && at === data.length) break;
    const text = data.slice(at, at + part.maximum);
    const problem = partProblem(part, text);
    if (problem !== null) return problem;
    at += text.length;
  }
  return at === data.length && at > 0 ? null : 'shape';
}
