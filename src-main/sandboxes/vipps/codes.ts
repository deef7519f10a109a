import QRCode from 'qrcode';
import type { WireAnswer, WireRequest } from '../shared/types.ts';
import { gatewayError } from './answers.ts';
import { pngOf, svgOf } from './png.ts';
import type { State } from './state.ts';

/** What a payment's code says. Only codes of the vendor's own address are taken by the app (Vipps, section 4.1). */
export const targetText = (token: string): string => `https://qr.vipps.no/p/${token}`;

/** Where the picture of a code is; it needs no credentials. */
export const imageAddress = (origin: string, token: string, kind: 'png' | 'svg', size: number): string => `${origin}/generate/qr.${kind}?token=${token}&size=${size}`;

/** Where the sandbox is spoken to: pictures are fetched from the same place. */
export const originOf = ({ headers }: WireRequest): string => `http://${headers['host'] ?? 'vipps.example'}`;

/** The picture itself, gone when the payment's time is over (Vipps, section 4.1). */
export function image(state: State, request: WireRequest, nowMs: number): WireAnswer {
  const wanted = new URLSearchParams(request.query ?? '');
  const payment = state.payments.find((one) => one.token === wanted.get('token'));
  const size = Number(wanted.get('size') ?? 1024);
  if (!payment || nowMs >= payment.expiresAtMs || !Number.isInteger(size) || size < 100 || size > 2000) return gatewayError(404, 'There is no such picture.');
  const { modules } = QRCode.create(targetText(payment.token), { errorCorrectionLevel: 'M' });
  if (request.path.endsWith('.svg')) return { status: 200, type: 'image/svg+xml', body: svgOf(modules) };
  return { status: 200, type: 'image/png', body: '', bytes: pngOf(modules, size) };
}
