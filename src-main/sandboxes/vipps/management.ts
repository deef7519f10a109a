import type { WireAnswer } from '../shared/types.ts';
import { json, nameOf } from './answers.ts';
import type { Call } from './call.ts';
import type { Payment } from './state.ts';
import { msisdn } from './users.ts';

const missing = ({ request }: Call): WireAnswer => ({ ...json(404, { type: 'https://httpstatuses.io/404', title: nameOf(404), status: 404, instance: request.path }), type: 'application/problem+json' });

/** How a sales unit is set up; one that is blocked is not found (Vipps, section 13). */
export function salesUnit(call: Call): WireAnswer {
  const { owner } = call.caller;
  const mine = call.state.units.filter(({ msn }) => (owner.kind === 'unit' ? msn === owner.unit.msn : owner.partner.units.includes(msn)));
  const unit = mine.find(({ msn }) => msn === call.reference);
  if (!unit || unit.blocked) return missing(call);
  return json(200, {
    msn: unit.msn,
    name: unit.name,
    configuration: {
      paymentAllowed: true,
      captureType: unit.directCapture ? 'DIRECT_CAPTURE' : 'RESERVE_CAPTURE',
      skipLandingPageAllowed: unit.pushAllowed,
      partialCaptureAllowed: unit.partialCapture,
      lateCaptureAllowed: unit.lateCapture,
      longLivingPaymentAllowed: unit.longLiving,
    },
  });
}

/** How long a shop can read what a user has shared, ms (Vipps, section 11). */
const readableMs = 168 * 3_600_000;

type Made = (payment: Payment) => object;

/** Made-up answers to what was asked for; the number is the one the shop named, where it did. */
const shared: Readonly<Record<string, Made>> = {
  name: () => ({ name: 'Ada Sandnes', given_name: 'Ada', family_name: 'Sandnes' }),
  email: () => ({ email: 'ada@example.com', email_verified: true }),
  phoneNumber: ({ phoneNumber }) => ({ phone_number: msisdn(phoneNumber ?? '4791234567'), phone_number_verified: true }),
  birthDate: () => ({ birthdate: '1990-12-31' }),
  address: () => ({ address: { address_type: 'home', country: 'NO', formatted: 'Sandveien 1\n0150 Oslo\nNorge', postal_code: '0150', region: 'Oslo', street_address: 'Sandveien 1' }, other_addresses: [] }),
  nin: () => ({ nin: '31129012345' }),
};

const expired = (value: unknown): unknown => {
  if (typeof value === 'string') return '[Expired]';
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, expired(inner)]));
};

export function userinfo(call: Call): WireAnswer {
  const { state, caller, reference, nowMs } = call;
  const payment = state.payments.find((one) => one.sub === reference && one.msn === caller.unit.msn);
  if (!payment || caller.foreign) return missing(call);
  const facts = Object.assign({}, ...payment.scope.map((one) => shared[one]?.(payment) ?? {})) as object;
  const old = nowMs - (payment.authorizedAtMs ?? nowMs) > readableMs;
  return json(200, { sub: payment.sub, sid: payment.pspReference, ...(old ? (expired(facts) as object) : facts) });
}
