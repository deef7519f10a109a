import type { WireAnswer, WireRequest } from '../shared/types.ts';
import { gatewayError, json, keyRefused } from './answers.ts';
import { nextToken, type Keys, type Partner, type State, type Unit } from './state.ts';

/** An hour, as in the vendor's test environment (Vipps, section 2). */
const usualLifeS = 3_600;

/** Whose keys these are. */
export type Owner = { readonly kind: 'unit'; readonly unit: Unit } | { readonly kind: 'partner'; readonly partner: Partner };

export function ownerBy(state: State, fits: (keys: Keys) => boolean): Owner | null {
  const unit = state.units.find(fits);
  if (unit) return { kind: 'unit', unit };
  return fits(state.partner) ? { kind: 'partner', partner: state.partner } : null;
}

export const keysOf = (owner: Owner): Keys => (owner.kind === 'unit' ? owner.unit : owner.partner);

const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Keys come in headers with an empty body, and every number goes back as a text (Vipps, section 2). */
export function giveToken(state: State, { headers, body }: WireRequest, nowMs: number): WireAnswer {
  const key = headers['ocp-apim-subscription-key'];
  if (!key) return keyRefused('No subscription key was sent.');
  if (body !== '') return gatewayError(400, 'The keys go in headers; the body is empty.');
  if (!headers['client_id'] || !headers['client_secret']) return gatewayError(400, 'client_id and client_secret are both needed.');
  const owner = ownerBy(state, (keys) => keys.clientId === headers['client_id']);
  if (!owner || keysOf(owner).subscriptionKey !== key) return keyRefused('The subscription key does not belong to this client.');
  if (keysOf(owner).clientSecret !== headers['client_secret']) return gatewayError(401, 'The client is not known by this secret.');
  const lifeS = state.options.tokenLifeS ?? usualLifeS;
  const issuedS = Math.floor(nowMs / 1000);
  const { clientId, clientSecret } = keysOf(owner);
  const token = `${encoded({ typ: 'JWT', alg: 'none' })}.${encoded({ sub: clientId, iat: issuedS, exp: issuedS + lifeS })}.${nextToken(state, clientSecret)}`;
  state.tokens.push({ token, clientId, expiresAtMs: nowMs + lifeS * 1000 });
  return json(200, {
    token_type: 'Bearer',
    expires_in: String(lifeS),
    ext_expires_in: '0',
    expires_on: String(issuedS + lifeS),
    not_before: String(issuedS),
    resource: '00000002-0000-0000-c000-000000000000',
    access_token: token,
  });
}

/** Whom a token was given to; an unknown one and one that is over are the same. */
export function ownerOfToken(state: State, token: string, nowMs: number): Owner | null {
  const found = state.tokens.find((one) => one.token === token && nowMs < one.expiresAtMs);
  return found ? ownerBy(state, (keys) => keys.clientId === found.clientId) : null;
}
