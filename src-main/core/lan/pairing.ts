import type { LanRole, PairingRefusal } from '../../contract/lan.ts';

/*
 * Pairing by a code that is shown on the register and typed on the device: good for five minutes, for one device, and for five tries.
 */

/** No letter or digit that looks like another one, read aloud or on a screen. */
const alphabet = '34679ACDEFGHJKMNPQRTUVWXY';
const codeLength = 8;
export const pairingMs = 5 * 60_000;
const triesAllowed = 5;

/** A code that waits for its device. */
export type Pairing = { readonly code: string; readonly role: LanRole; readonly madeAtMs: number; readonly triesLeft: number };

/** A code from chance, each letter as likely as any other; bytes beyond the last whole round of the alphabet are left out. Null: too few bytes. */
export function codeFrom(bytes: readonly number[]): string | null {
  const even = 256 - (256 % alphabet.length);
  const letters = bytes.filter((byte) => byte < even).slice(0, codeLength).map((byte) => alphabet[byte % alphabet.length]);
  return letters.length === codeLength ? letters.join('') : null;
}

export const newPairing = (code: string, role: LanRole, nowMs: number): Pairing => ({ code, role, madeAtMs: nowMs, triesLeft: triesAllowed });

/** What is left of a code's time; a clock that was put back ends it. */
export function pairingLeftMs(pairing: Pairing, nowMs: number): number {
  const goneMs = nowMs - pairing.madeAtMs;
  return goneMs < 0 ? 0 : Math.max(0, pairingMs - goneMs);
}

/** A code as people write it: in small letters, in groups. */
export const plainCode = (typed: string): string => typed.toUpperCase().replaceAll(/[\s-]/g, '');

/** Compares in a time that does not depend on where two texts differ. */
export function sameText(one: string, other: string): boolean {
  let different = one.length ^ other.length;
  for (let at = 0; at < one.length; at += 1) different |= one.charCodeAt(at) ^ (at < other.length ? other.charCodeAt(at) : -1);
  return different === 0;
}

export type PairingTry = { readonly ok: true; readonly role: LanRole } | { readonly ok: false; readonly reason: PairingRefusal; readonly left: Pairing | null };

/** Whether a code that was typed pairs its device. After a yes the code is spent: the caller keeps none. */
export function tryPairing(pairing: Pairing | null, typed: string, nowMs: number): PairingTry {
  if (pairing === null) return { ok: false, reason: 'no-code', left: null };
  if (pairingLeftMs(pairing, nowMs) === 0) return { ok: false, reason: 'over', left: null };
  if (sameText(pairing.code, plainCode(typed))) return { ok: true, role: pairing.role };
  const triesLeft = pairing.triesLeft - 1;
  return triesLeft > 0 ? { ok: false, reason: 'wrong', left: { ...pairing, triesLeft } } : { ok: false, reason: 'spent', left: null };
}
