/** What a typed amount is: minor units, or why it can't be said. */
export type TypedAmount = { readonly minor: number } | { readonly problem: 'empty' | 'unreadable' | 'ambiguous' };

/**
 * Reads an amount as people type it, in minor units. `12,50` and `12.50` read alike in every language; a sign before
 * three last digits (`1.250`) could be thousands or a slip, so it asks. Built from digits: no fraction is made.
 */
export function readAmount(typed: string): TypedAmount {
  const bare = typed.replace(/[\s\u00a0\u202f]/g, '').replace(/(?:€|kr\.?|eur|sek|nok|dkk)/gi, '');
  if (bare === '') return { problem: 'empty' };
  const parts = /^([-\u2212]?)(\d{1,9})(?:[.,](\d{0,2}))?$/.exec(bare);
  if (!parts) return { problem: /^[-\u2212]?\d{1,3}[.,]\d{3}([.,]\d{1,2})?$/.test(bare) ? 'ambiguous' : 'unreadable' };
  const minor = Number(parts[2]) * 100 + Number((parts[3] ?? '').padEnd(2, '0'));
  return { minor: parts[1] === '' ? minor : -minor };
}

/** Reads a quantity such as `3` or `0,742` in thousandths; null when it is none. */
export function readQuantity(typed: string): number | null {
  const parts = /^(\d{1,4})(?:[.,](\d{1,3}))?$/.exec(typed.trim());
  if (!parts) return null;
  const milli = Number(parts[1]) * 1000 + Number((parts[2] ?? '').padEnd(3, '0'));
  return milli > 0 ? milli : null;
}

/** Reads `12,5` or `12.5 %` in basis points; null when it is no share. */
export function readPercent(typed: string): number | null {
  const parts = /^(\d{1,3})(?:[.,](\d{1,2}))?%?$/.exec(typed.replace(/\s/g, ''));
  if (!parts) return null;
  const basisPoints = Number(parts[1]) * 100 + Number((parts[2] ?? '').padEnd(2, '0'));
  return basisPoints >= 1 && basisPoints <= 10_000 ? basisPoints : null;
}

/** An amount as a field shows it for editing, with the sign of the language. */
export function editable(minor: number, decimal: ',' | '.'): string {
  const digits = String(Math.abs(minor)).padStart(3, '0');
  return `${minor < 0 ? '-' : ''}${digits.slice(0, -2)}${decimal}${digits.slice(-2)}`;
}
