import { nextToken, type Payment, type State } from './state.ts';

/** How long a customer who has checked in can be asked for money, ms (Vipps, section 4.3). */
const checkedInMs = 900_000;

/** Digits with the country's; eCom leaves Norway's out. */
export const msisdn = (number: string): string => {
  const digits = number.replace(/\D/g, '');
  return digits.length === 8 ? `47${digits}` : digits;
};

/** Everybody has the app but those who are said not to. */
export const isUser = (state: State, number: string): boolean => !state.options.notUsers.some((one) => msisdn(one) === msisdn(number));

/** What a customer's phone shows for a cashier to scan. */
export const personalCode = (number: string): string => `https://qr.vipps.no/28/2/01/031/${msisdn(number)}?v=1`;
export const phoneOfPersonalCode = (text: string): string | null => /^https:\/\/qr\.vipps\.no\/28\/2\/01\/031\/(\d{10,15})\?v=1$/.exec(text)?.[1] ?? null;

export const phoneOfToken = (state: State, token: string, nowMs: number): string | null =>
  state.customerTokens.find((one) => one.token === token && nowMs < one.expiresAtMs)?.phoneNumber ?? null;

/** The customer has scanned the shop's sticker: the shop may ask this phone for money for a while. */
export function checkIn(state: State, number: string, nowMs: number): string {
  const token = nextToken(state, 'check-in');
  state.customerTokens.push({ token, phoneNumber: msisdn(number), expiresAtMs: nowMs + checkedInMs });
  return token;
}

export const knownScopes: ReadonlySet<string> = new Set(['name', 'address', 'email', 'phoneNumber', 'birthDate', 'nin']);

/** The user's own name towards this unit comes a moment after the approval, and only where personal data was asked for (Vipps, section 11). */
export const shownSub = (payment: Payment, nowMs: number): string | null => (payment.authorizedAtMs !== null && nowMs - payment.authorizedAtMs >= 1_000 ? payment.sub : null);
