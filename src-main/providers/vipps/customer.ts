import { z } from 'zod';
import type { PaymentOrder } from '../../core/payments/order.ts';
import type { CustomerInfo, CustomerInfoAnswer, ProviderLink, Settings } from '../../core/payments/provider.ts';
import { read } from '../shared/json.ts';
import { scopeOf } from './account.ts';
import type { Called, Client } from './client.ts';
import { path as ecomPath } from './ecom-wire.ts';
import { path } from './epayment-wire.ts';
import { memoryOf, nameOf, unitOf } from './memory.ts';

const text = z.string().nullish();
const addressLines = z.object({ addressLine1: text, addressLine2: text, postCode: text, postalCode: text, zipCode: text, city: text, country: text });

/** What a payment tells of its customer: details, or only a name to ask for them by (Vipps, section 11). */
const details = z.object({
  sub: text,
  profile: z.object({ sub: text }).nullish(),
  userDetails: z.object({ firstName: text, lastName: text, email: text, mobileNumber: text, addresses: z.array(addressLines).nullish() }).nullish(),
});
const userinfo = z.object({ name: text, email: text, phone_number: text, address: z.object({ formatted: text, street_address: text, postal_code: text, region: text }).nullish() });

/** After seven days there is nothing but a mark (Vipps, section 11). */
const told = (value: string | null | undefined): string | null => (value === undefined || value === null || value.trim() === '' || value === '[Expired]' ? null : value.trim());
const joined = (parts: readonly (string | null | undefined)[], by: string): string | null => told(parts.map(told).filter((part) => part !== null).join(by));

/** Null where all of it is. */
const some = (info: CustomerInfo): CustomerInfo | null => (Object.values(info).some((value) => value !== null) ? info : null);

function ofDetails({ userDetails }: z.infer<typeof details>): CustomerInfo | null {
  if (!userDetails) return null;
  const { firstName, lastName, email, mobileNumber, addresses } = userDetails;
  const [address] = addresses ?? [];
  const lines = address ? [address.addressLine1, address.addressLine2, joined([address.postCode ?? address.postalCode ?? address.zipCode, address.city], ' ')] : [];
  return some({ name: joined([firstName, lastName], ' '), email: told(email), phoneNumber: told(mobileNumber), address: joined(lines, ', ') });
}

function ofUserinfo({ name, email, phone_number: phoneNumber, address }: z.infer<typeof userinfo>): CustomerInfo | null {
  const lines = address ? [address.street_address, joined([address.postal_code, address.region], ' ')] : [];
  return some({ name: told(name), email: told(email), phoneNumber: told(phoneNumber), address: told(address?.formatted?.replaceAll(/\s*\n\s*/g, ', ')) ?? joined(lines, ', ') });
}

/** What the customer agreed to tell with this payment. Nothing of it is written down here. */
export async function customerInfo(call: Client, link: ProviderLink, order: PaymentOrder, data: Settings): Promise<CustomerInfoAnswer> {
  if (scopeOf(link.account.settings) === null) return { ok: true, info: null };
  const unit = unitOf(link, data);
  const name = nameOf(link, order, data);

  /** The documentation is of two minds whether the subscription key belongs here: without, then with (Vipps, section 11). */
  async function askFor(sub: string): Promise<Called> {
    const request = { method: 'GET', path: `/vipps-userinfo-api/userinfo/${encodeURIComponent(sub)}`, unit } as const;
    const first = await call(link, { ...request, withoutKey: true });
    return first.kind !== 'done' && (first.status === 401 || first.status === 403) ? call(link, request) : first;
  }

  const payment = await call(link, { method: 'GET', path: memoryOf(data).api === 'ecom' ? ecomPath(name, 'details') : path(name), unit });
  if (payment.kind !== 'done') return { ok: false, problem: payment.problem };
  const found = read(details, payment.json);
  if (!found) return { ok: false, problem: { code: 'protocol', text: 'the customer’s details are not as they are documented' } };
  const known = ofDetails(found);
  const sub = found.profile?.sub ?? found.sub;
  if (known || !sub) return { ok: true, info: known };
  const asked = await askFor(sub);
  if (asked.kind !== 'done') return { ok: false, problem: asked.problem };
  const info = read(userinfo, asked.json);
  return info ? { ok: true, info: ofUserinfo(info) } : { ok: false, problem: { code: 'protocol', text: 'userinfo is not as it is documented' } };
}
