import { z } from 'zod';
import type { WireAnswer } from '../shared/types.ts';
import { gatewayError, json } from './answers.ts';
import type { Call } from './call.ts';
import { imageAddress, originOf, targetText } from './codes.ts';

const wanted = z.strictObject({ url: z.string().min(1) });
const forms: Readonly<Record<string, 'png' | 'svg' | 'text'>> = { 'image/png': 'png', 'image/svg+xml': 'svg', 'image/*': 'svg', 'text/targetUrl': 'text' };

/** A refusal of this interface; orders have one of the same shape. */
export const invalid = (status: number, title: string, detail: string, wrong: readonly { readonly name: string; readonly reason: string }[] = []): WireAnswer =>
  json(status, { title, detail, instance: `00-${title.length}${detail.length}`, ...(wrong.length > 0 ? { invalidParams: wrong } : {}) });

/** A code for an address that this service has given before, for as long as its payment has left (Vipps, section 4.1). */
export function oneTimeCode({ state, request, body, caller, nowMs }: Call): WireAnswer {
  if (caller.foreign) return gatewayError(403, 'Invalid MSN: these keys belong to another sales unit.');
  const form = forms[request.headers['accept'] ?? ''];
  if (!form) return json(415, { title: 'Unsupported media type', detail: `Accept is one of ${Object.keys(forms).join(', ')}`, instance: '00-415' });
  const size = Number(request.headers['size'] ?? 1024);
  if (!Number.isInteger(size) || size < 100 || size > 2000) return invalid(400, 'Validation error', 'Size is from 100 to 2000', [{ name: 'Size', reason: 'from 100 to 2000' }]);
  const read = wanted.safeParse(body);
  if (!read.success) return invalid(400, 'Validation error', 'url is needed, and nothing else', [{ name: 'url', reason: 'is needed, and nothing else' }]);
  // A push is for one phone: nobody else can pay it, so nothing can be scanned.
  const payment = state.payments.find((one) => one.msn === caller.unit.msn && one.redirectUrl === read.data.url && one.userFlow === 'WEB_REDIRECT');
  if (!payment) return invalid(400, 'Validation error', 'This is no address of a landing page');
  if (payment.state === 'EXPIRED') return invalid(400, 'Order timeout', 'The time of this payment is over');
  if (payment.state !== 'CREATED') return invalid(400, 'Validation error', 'This payment is over');
  payment.onScreen = true;
  const url = form === 'text' ? targetText(payment.token) : imageAddress(originOf(request), payment.token, form, size);
  return json(200, { url, expiresIn: Math.floor((payment.expiresAtMs - nowMs) / 1000) });
}
