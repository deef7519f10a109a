import { randomBytes } from 'node:crypto';
import { createHttp } from '../adapters/http.ts';
import { minor } from '../core/money.ts';
import type { PaymentOrder } from '../core/payments/order.ts';
import type { PaymentProvider, ProviderAnswer, ProviderLink, RefundAnswer, RefundOrder, Settings } from '../core/payments/provider.ts';
import type { Http } from '../core/ports/http.ts';
import { createVipps } from '../providers/vipps/index.ts';
import { startVippsSandbox } from '../sandboxes/vipps/index.ts';
import type { Sandbox } from '../sandboxes/shared/server.ts';
import { handsOf, type Hands } from './hands.ts';
import { signInAs, type AnyTill } from './till.ts';
import type { Exchange } from './openapi.ts';

type Currency = ProviderLink['currency'];
type Money = { readonly amountMinor: number; readonly currency: Currency };

/** Made-up keys of two stores and of a partner who may act for both. */
export const store = { msn: '240001', clientId: 'client-a', clientSecret: 'secret-of-store-a', subscriptionKey: 'key-of-store-a' } as const;
export const otherStore = { msn: '240002', clientId: 'client-b', clientSecret: 'secret-of-store-b', subscriptionKey: 'key-of-store-b' } as const;
export const partner = { clientId: 'client-p', clientSecret: 'secret-of-partner', subscriptionKey: 'key-of-partner' } as const;

type Keys = { readonly clientId: string; readonly clientSecret: string; readonly subscriptionKey: string };

/** The adapter against its sandbox over real HTTP, one clock for both. What went over the wire is kept. */
export type VippsRig = {
  readonly sandbox: Sandbox;
  readonly hands: Hands;
  readonly exchanges: Exchange[];
  /** The provider as an account with these settings uses it; a new one each time knows nothing of the one before. */
  provider(settings?: Settings, currency?: Currency): PaymentProvider;
  link(settings?: Settings, more?: { readonly msn?: string; readonly keys?: Keys; readonly currency?: Currency }): ProviderLink;
  order(amountMinor?: number, more?: Partial<PaymentOrder>): PaymentOrder;
  /** A refund of a payment that was answered `paid`. */
  refund(order: PaymentOrder, paid: { readonly reference: string; readonly data: Settings }, amountMinor: number, more?: Partial<RefundOrder>): RefundOrder;
  /** What the customer does with one payment. */
  phone(action: string, order: PaymentOrder, more?: object): Promise<Response>;
  advance(ms: number): Promise<void>;
  /** Sets the shop's clock by so much, ms; no time passes. */
  setClock(byMs: number): void;
  options(options: object): Promise<Response>;
  /** Names of the operations that were asked for since. */
  operations(): Promise<readonly string[]>;
  ledger(): Promise<readonly Money[]>;
  close(): Promise<void>;
};

export function dataOf(answer: ProviderAnswer): Settings {
  if ('data' in answer) return answer.data;
  throw new Error(`an answer with data was awaited: ${JSON.stringify(answer)}`);
}

export function taken(answer: ProviderAnswer): Extract<ProviderAnswer, { kind: 'paid' }> {
  if (answer.kind !== 'paid') throw new Error(`paid was awaited: ${JSON.stringify(answer)}`);
  return answer;
}

export const isRefunded = (answer: RefundAnswer): boolean => answer.kind === 'refunded';

function recording(http: Http, exchanges: Exchange[], baseUrl: string): Http {
  return {
    async send(request) {
      const answer = await http.send(request);
      if (!request.url.startsWith(baseUrl)) return answer;
      const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value]));
      if (answer.ok && request.answerAs !== 'base64') {
        exchanges.push({ request: { method: request.method, path: request.url.slice(baseUrl.length), headers, body: request.body ?? '' }, response: { status: answer.status, body: answer.body } });
      }
      return answer;
    },
  };
}

/** Gives the till its account's sales unit, as an admin. */
export async function chooseSalesUnit(till: AnyTill): Promise<void> {
  await signInAs(till, 'Sofie Dahl');
  const { problem } = await till.call('provider.terminal', { kind: 'vipps', action: 'choose', values: {} });
  if (problem) throw new Error(`the sales unit was not chosen: ${JSON.stringify(problem)}`);
}

/** Makes the till a Norwegian one whose account is still on eCom. */
export async function prepareEcom(till: AnyTill): Promise<void> {
  await till.call('app.start-shop', { shop: 'demo-no' });
  await signInAs(till, 'Sofie Dahl');
  const account = (await till.call('provider.list', {})).find(({ description }) => description.kind === 'vipps')?.account;
  await till.call('provider.save-account', { kind: 'vipps', settings: { ...account?.settings, api: 'ecom' }, secrets: {} });
  await chooseSalesUnit(till);
}

export async function openVipps(): Promise<VippsRig> {
  const sandbox = await startVippsSandbox({ seed: { units: [store, otherStore], partner: { ...partner } } });
  const exchanges: Exchange[] = [];
  const http = recording(createHttp(() => true), exchanges, sandbox.baseUrl);
  const hands = handsOf(() => sandbox.control, '');
  let aheadMs = 0;
  let serial = 0;
  let setByMs = 0;
  const monotonicMs = (): number => Date.now() + aheadMs;
  const nowMs = (): number => monotonicMs() + setByMs;
  const world = { http, nowMs, monotonicMs, randomHex: (bytes: number) => randomBytes(bytes).toString('hex'), program: 'Kassa 1.2.3' };
  const post = (path: string, body: object): Promise<Response> => fetch(`${sandbox.control}${path}`, { method: 'POST', body: JSON.stringify(body) });

  return {
    sandbox,
    hands,
    exchanges,
    provider(settings = {}, currency = 'NOK') {
      const vipps = createVipps(world);
      // The application will hand the currency over as well; a provider that does not care leaves it.
      const forAccount: ((of: Settings, shop: Currency) => PaymentProvider) | undefined = vipps.forAccount;
      return forAccount?.(settings, currency) ?? vipps;
    },
    link: (settings = {}, { msn = store.msn, keys = store, currency = 'NOK' } = {}) => ({
      account: {
        id: 'account',
        settings: { environment: 'own', baseUrl: sandbox.baseUrl, clientId: keys.clientId, merchantSerialNumber: msn, ...settings },
        secrets: { clientSecret: keys.clientSecret, subscriptionKey: keys.subscriptionKey },
      },
      terminal: { id: 'terminal', externalId: msn, settings: {}, secrets: {} },
      register: { number: 2, name: 'Kasse 2' },
      shopName: 'Fjordgløtt Handel',
      currency,
    }),
    order(amountMinor = 4_290, more = {}) {
      serial += 1;
      const reference = `c0ffee00-${String(serial).padStart(24, '0')}`;
      const rows = [{ text: 'Sokker', quantityMilli: 1_000, amountMinor: minor(amountMinor), code: '2900000000018', vatRateBasisPoints: 2_500 }];
      return { reference, amountMinor: minor(amountMinor), currency: 'NOK', cashier: 'Sofie', title: 'Fjordgløtt Handel', rows, at: new Date(nowMs()).toISOString(), way: 'qr', ...more };
    },
    refund(order, { reference, data }, amountMinor, more = {}) {
      serial += 1;
      return {
        reference: `c0ffee00-r${String(serial).padStart(23, '0')}`,
        amountMinor: minor(amountMinor),
        currency: order.currency,
        payment: { reference, order, data },
        data: {},
        identifier: '',
        repeated: false,
        cashier: 'Sofie',
        title: 'Fjordgløtt Handel',
        ...more,
      };
    },
    phone: (action, order, more = {}) => post('/customer', { action, ref: order.reference, ...more }),
    async advance(ms) {
      aheadMs += ms;
      await post('/clock', { advanceMs: ms });
    },
    setClock(byMs) {
      setByMs += byMs;
    },
    options: (options) => post('/options', options),
    operations: async () => ((await (await fetch(`${sandbox.control}/requests`)).json()) as readonly { readonly operation: string }[]).map(({ operation }) => operation),
    ledger: async () => ((await (await fetch(`${sandbox.control}/state`)).json()) as { readonly ledger: readonly Money[] }).ledger,
    close: () => sandbox.close(),
  };
}
