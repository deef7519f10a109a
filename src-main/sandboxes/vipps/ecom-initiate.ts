import type { WireAnswer } from '../shared/types.ts';
import { ecomError, gatewayError, json } from './answers.ts';
import type { Call } from './call.ts';
import { originOf } from './codes.ts';
import { breaksService, initiation, wrongField, type Initiation } from './ecom-rules.ts';
import { newPaymentOf } from './new-payment.ts';
import { nextToken, type State, type Unit } from './state.ts';
import { isUser, knownScopes, msisdn } from './users.ts';

/** What this unit may not do, or not again (Vipps, section 7.1). */
function refusalOf(state: State, unit: Unit, { merchantInfo, customerInfo, transaction }: Initiation): WireAnswer | null {
  const { mobileNumber } = customerInfo;
  const scopes = transaction.scope?.split(' ') ?? [];
  if (merchantInfo.merchantSerialNumber !== unit.msn) return ecomError('Merchant', '35', 'The sales unit of the header and of the body differ');
  if (unit.blocked) return ecomError('Merchant', '31', 'The sales unit is blocked');
  // eCom knows no currency: it is Norwegian (Vipps, section 1).
  if (!unit.currencies.includes('NOK')) return ecomError('Merchant', '37', 'The sales unit is not available here');
  if (mobileNumber !== undefined && !/^\d{8}$/.test(mobileNumber)) return ecomError('User', '81', 'The number is not that of a user');
  if (transaction.skipLandingPage && mobileNumber === undefined) return ecomError('InvalidRequest', 'customerInfo.mobileNumber', 'skipLandingPage needs a mobile number');
  if (transaction.skipLandingPage && !unit.pushAllowed) return ecomError('Merchant', '38', 'skipLandingPage is not allowed for this sales unit');
  if (scopes.some((one) => !knownScopes.has(one))) return ecomError('InvalidRequest', 'transaction.scope', 'scope: there is no such scope');
  if (scopes.includes('nin') && !unit.ninAllowed) return ecomError('Merchant', '51', 'nin is not allowed for this sales unit', 403);
  if (state.payments.some((one) => one.msn === unit.msn && one.reference === transaction.orderId)) return ecomError('Merchant', '34', 'The orderId is used already');
  return mobileNumber === undefined || isUser(state, mobileNumber) ? null : ecomError('User', '81', 'The number is not that of a user');
}

/** Begins an order. A repeat is no repeat: the same orderId is refused, whoever sends it (Vipps, section 3.1). */
export function initiate({ state, request, body, caller, nowMs }: Call): WireAnswer {
  if (caller.foreign) return gatewayError(403, 'Invalid MSN: these keys belong to another sales unit.');
  if (breaksService(body)) return ecomError('VippsError', '99', 'Internal error', 500);
  const read = initiation.safeParse(body);
  if (!read.success) return wrongField(read.error);
  const { merchantInfo, customerInfo, transaction } = read.data;
  const refusal = refusalOf(state, caller.unit, read.data);
  if (refusal) return refusal;
  const token = nextToken(state, caller.unit.clientSecret);
  const url = merchantInfo.isApp ? `vippsMT://?token=${token}&v=2` : `${originOf(request)}/dwo-api-application/v1/deeplink/vippsgateway?v=2&token=${token}`;
  newPaymentOf(state, {
    api: 'ecom',
    msn: caller.unit.msn,
    reference: transaction.orderId,
    amountMinor: transaction.amount,
    currency: 'NOK',
    userFlow: transaction.skipLandingPage ? 'PUSH_MESSAGE' : merchantInfo.isApp ? 'NATIVE_REDIRECT' : 'WEB_REDIRECT',
    customerPresent: false,
    description: transaction.transactionText,
    phoneNumber: customerInfo.mobileNumber === undefined ? null : msisdn(customerInfo.mobileNumber),
    token,
    redirectUrl: url,
    scope: transaction.scope?.split(' ') ?? [],
    callbackPrefix: merchantInfo.callbackPrefix,
    authToken: merchantInfo.authToken ?? null,
    directCapture: caller.unit.directCapture,
    nowMs,
  });
  return json(200, { orderId: transaction.orderId, url });
}
