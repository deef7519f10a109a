import type { Currency } from '../../contract/basics.ts';

/** How numbers are told in the country of a currency: its code, and how many digits a number without it has. */
type Plan = { readonly code: string; readonly digits: RegExp };

const plans: Readonly<Record<Currency, Plan>> = {
  NOK: { code: '47', digits: /^\d{8}$/ },
  DKK: { code: '45', digits: /^\d{8}$/ },
  EUR: { code: '358', digits: /^0?[1-9]\d{5,9}$/ },
  SEK: { code: '46', digits: /^0?[1-9]\d{6,8}$/ },
};

/** What the wire takes: digits only, with the country's code (Vipps, section 5.1). */
const msisdn = /^[1-9]\d{9,14}$/;

/**
 * A number as a person tells it (`+47 912 34 567`, `0047…`, `91234567`, `040 123 4567`) with its country's code; null where it can't be
 * one. Without a code it is of the shop's own country.
 */
export function msisdnOf(told: string, currency: Currency): string | null {
  const plain = told.replaceAll(/[\s().\-/\u00A0]/g, '');
  const international = /^(?:\+|00)(\d+)$/.exec(plain)?.[1];
  if (international !== undefined) return msisdn.test(international) ? international : null;
  if (!/^\d+$/.test(plain)) return null;
  const { code, digits } = plans[currency];
  // Finnish and Swedish numbers of a mobile never begin with their own country's code.
  if (plain.startsWith(code) && !digits.test(plain)) return msisdn.test(plain) ? plain : null;
  if (!digits.test(plain)) return null;
  const whole = `${code}${plain.replace(/^0/, '')}`;
  return msisdn.test(whole) ? whole : null;
}

/** eCom wants eight Norwegian digits without the country's code (Vipps, section 3.1). */
export function norwegianOf(told: string): string | null {
  const whole = msisdnOf(told, 'NOK');
  return whole !== null && /^47\d{8}$/.test(whole) ? whole.slice(2) : null;
}
