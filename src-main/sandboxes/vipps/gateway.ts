import type { WireAnswer, WireRequest } from '../shared/types.ts';
import { gatewayError, keyRefused } from './answers.ts';
import type { State, Unit } from './state.ts';
import { keysOf, ownerOfToken, type Owner } from './tokens.ts';

/** Who calls, and for which sales unit. `foreign`: own keys under the number of somebody else's unit. */
export type Caller = { readonly unit: Unit; readonly foreign: boolean; readonly key: string; readonly owner: Owner };

/** What an interface wants to see before anything is looked at; whose sales unit is meant must be said always, by partners, or by nobody. */
export type Wants = { readonly serialNumber: 'always' | 'partners' | 'nobody'; readonly subscriptionKey: boolean; readonly body: boolean };

const systemHeaders = ['Vipps-System-Name', 'Vipps-System-Version', 'Vipps-System-Plugin-Name', 'Vipps-System-Plugin-Version'];
const longestSystemHeader = 30;

/** The four names of the calling system: approval asks for them on each call, so here a call without one is refused (Vipps, section 14). */
export function systemRefusal({ headers }: WireRequest): WireAnswer | null {
  for (const name of systemHeaders) {
    const value = headers[name.toLowerCase()];
    if (!value) return gatewayError(400, `${name} is missing.`);
    if (value.length > longestSystemHeader) return gatewayError(400, `${name} is longer than ${longestSystemHeader} signs.`);
  }
  return null;
}

/** The unit that is meant. Partner keys name one of theirs, own keys may name themselves (Vipps, sections 2 and 12). */
function unitOf(state: State, owner: Owner, key: string, msn: string | undefined, needed: Wants['serialNumber']): Caller | WireAnswer {
  if (msn === undefined) {
    const own = owner.kind === 'unit' ? owner.unit : state.units.find((one) => owner.partner.units.includes(one.msn));
    if (!own || needed === 'always' || (needed === 'partners' && owner.kind === 'partner')) return gatewayError(403, 'Merchant-Serial-Number is missing.');
    return { unit: own, foreign: false, key, owner };
  }
  if (!/^\d{4,6}$/.test(msn)) return gatewayError(400, 'Merchant-Serial-Number is four to six digits.');
  if (owner.kind === 'unit') return { unit: owner.unit, foreign: owner.unit.msn !== msn, key, owner };
  const unit = state.units.find((one) => one.msn === msn);
  if (!unit || !owner.partner.units.includes(msn)) return gatewayError(403, `Invalid MSN: ${msn} is not linked to these partner keys.`);
  return { unit, foreign: false, key, owner };
}

/** Everything that is checked before a call reaches its interface: subscription key, token, names, unit, kind of body. */
export function callerOf(state: State, request: WireRequest, wants: Wants, nowMs: number): Caller | WireAnswer {
  const { headers, body } = request;
  const key = headers['ocp-apim-subscription-key'];
  if (wants.subscriptionKey && !key) return keyRefused('No subscription key was sent.');
  // Capital B, one space, nothing else: also a token that would be good without it is refused (Vipps, section 2).
  const token = /^Bearer ([^\s]+)$/.exec(headers['authorization'] ?? '')?.[1];
  if (token === undefined) return gatewayError(401, 'Authorization is to be "Bearer " and a token.');
  const owner = ownerOfToken(state, token, nowMs);
  if (!owner) return gatewayError(401, 'The token is unknown or over.');
  if (key !== undefined && key !== keysOf(owner).subscriptionKey) return keyRefused('The subscription key is not the one of this token.');
  const nameless = systemRefusal(request);
  if (nameless) return nameless;
  if ((wants.body || body !== '') && request.method !== 'GET' && !/^application\/json\s*(;\s*charset=utf-8)?$/i.test(headers['content-type'] ?? '')) return gatewayError(415, 'Content-Type is to be application/json.');
  return unitOf(state, owner, key ?? '', headers['merchant-serial-number'], wants.serialNumber);
}
