import { z } from 'zod';
import type { WireAnswer } from '../shared/types.ts';
import { gatewayError, json } from './answers.ts';
import type { Call } from './call.ts';
import { keepReceipt, receiptAt } from './kept-receipts.ts';
import { invalid } from './qr.ts';
import { wrongInReceipt } from './receipt-rules.ts';
import type { Receipt } from './state.ts';

const category = z.strictObject({
  category: z.enum(['GENERAL', 'RECEIPT', 'ORDER_CONFIRMATION', 'DELIVERY', 'TICKET', 'BOOKING']),
  orderDetailsUrl: z.url(),
  imageId: z.string().regex(/^[0-9A-Za-z-_.]{1,128}$/).nullish(),
});

/** Which order the path names: its kind in any case (Vipps, section 10). Whether it exists is not looked at. */
function placeOf({ caller, request, reference }: Call): Pick<Receipt, 'msn' | 'paymentType' | 'orderId'> | WireAnswer {
  if (caller.foreign) return gatewayError(403, 'Invalid MSN: these keys belong to another sales unit.');
  const paymentType = (request.path.split('/')[3] ?? '').toUpperCase();
  if (paymentType !== 'ECOM' && paymentType !== 'RECURRING') return invalid(400, 'One or more validation errors occurred.', 'paymentType is ECOM or RECURRING', [{ name: 'paymentType', reason: 'is ECOM or RECURRING' }]);
  if (!/^[0-9A-Za-z-_.]+$/.test(reference)) return invalid(400, 'One or more validation errors occurred.', 'orderId has signs that are not allowed', [{ name: 'orderId', reason: 'has signs that are not allowed' }]);
  return { msn: caller.unit.msn, paymentType, orderId: reference };
}

/** A receipt is sent once and never again (Vipps, section 10). */
export function addReceipt(call: Call): WireAnswer {
  const place = placeOf(call);
  if ('status' in place) return place;
  const wrong = wrongInReceipt(call.body, null);
  if (wrong) return invalid(400, 'One or more validation errors occurred.', `${wrong.field}: ${wrong.reason}`, [{ name: wrong.field, reason: wrong.reason }]);
  if (receiptAt(call.state, place)?.receipt) return invalid(409, 'Conflict', 'This order has its receipt already');
  return json(201, keepReceipt(call.state, place, { receipt: call.body as object }));
}

/** A category may be sent again: the last one counts. */
export function putCategory(call: Call): WireAnswer {
  const place = placeOf(call);
  if ('status' in place) return place;
  const read = category.safeParse(call.body);
  if (read.success) return json(200, keepReceipt(call.state, place, { category: read.data }));
  const [issue] = read.error.issues;
  const name = (issue?.path ?? []).map(String).join('.') || 'body';
  return invalid(400, 'One or more validation errors occurred.', `${name}: ${issue?.message ?? ''}`, [{ name, reason: issue?.message ?? 'is wrong' }]);
}

export function getOrder(call: Call): WireAnswer {
  const place = placeOf(call);
  if ('status' in place) return place;
  const found = receiptAt(call.state, place);
  if (!found) return invalid(404, 'Not found', 'Nothing is known of this order');
  return json(200, { ...(found.category ? { category: found.category } : {}), ...(found.receipt ? { receipt: found.receipt } : {}) });
}
