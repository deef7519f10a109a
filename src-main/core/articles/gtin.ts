/** Why a text is no GTIN; null when it is one. */
export type GtinProblem = 'not-digits' | 'length' | 'check-digit';

const lengths: readonly number[] = [8, 12, 13, 14];

/** The check digit of the digits before it (GS1 General Specifications, 7.9): weights 3 and 1 from the right. */
export function checkDigit(body: string): number {
  let sum = 0;
  for (let place = 0; place < body.length; place += 1) {
    const digit = Number(body[body.length - 1 - place]);
    sum += place % 2 === 0 ? digit * 3 : digit;
  }
  return (10 - (sum % 10)) % 10;
}

/** Checks an EAN-8, UPC-A, EAN-13 or GTIN-14 as written. */
export function gtinProblem(text: string): GtinProblem | null {
  if (!/^\d+$/.test(text)) return 'not-digits';
  if (!lengths.includes(text.length)) return 'length';
  return checkDigit(text.slice(0, -1)) === Number(text.at(-1)) ? null : 'check-digit';
}

/** All written lengths of one GTIN compare equal in this form. */
export const gtin14 = (gtin: string): string => gtin.padStart(14, '0');

/** A UPC-E (8 digits, number system 0 or 1) as the UPC-A it stands for; null when it is none. */
export function expandUpcE(text: string): string | null {
  if (!/^[01]\d{7}$/.test(text)) return null;
  const [system = '', a = '', b = '', c = '', d = '', e = '', last = ''] = text;
  const bodies: Readonly<Record<string, string>> = {
    '3': `${a}${b}${c}00000${d}${e}`,
    '4': `${a}${b}${c}${d}00000${e}`,
  };
  const low = `${a}${b}${last}0000${c}${d}${e}`;
  const high = `${a}${b}${c}${d}${e}0000${last}`;
  const body = `${system}${last <= '2' ? low : (bodies[last] ?? high)}`;
  const full = `${body}${checkDigit(body)}`;
  return full.at(-1) === text.at(-1) ? full : null;
}
