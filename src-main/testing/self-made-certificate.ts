import { makeCertificate } from '../adapters/lan/make-certificate.ts';
import type { KeyPair } from '../core/ports/lan.ts';

/** A certificate for `localhost` that nobody has signed but itself, good around now, with its key; both as PEM. */
export const selfMadeCertificate = (nowMs: number): KeyPair => makeCertificate(['localhost'], nowMs);
