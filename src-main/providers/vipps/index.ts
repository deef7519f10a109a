import type { Currency } from '../../contract/basics.ts';
import type { PaymentProvider, ProviderCapabilities, ProviderLink, ProviderWorld, Settings } from '../../core/payments/provider.ts';
import { apiOf, environmentOf, mayPush, minimumOf, type Api } from './account.ts';
import { createChecks, checksFor } from './checks.ts';
import { createClient } from './client.ts';
import { createCodes } from './codes.ts';
import { customerInfo } from './customer.ts';
import { description, pushWay, qrWay } from './description.ts';
import { createEcom } from './ecom.ts';
import { createEpayment } from './epayment.ts';
import { lateCodeMs } from './late.ts';
import { goLive } from './go-live.ts';
import { createRefunds } from './refunds.ts';
import { sendReceipt } from './receipt.ts';
import { settlementRows } from './report.ts';
import { createTerminals } from './terminals.ts';

/** eCom does not say when a payment has run out, so that the till ends it a little after the ten minutes (Vipps, sections 3.2 and 6). */
const ecomEndsAfterMs = 630_000;

const capabilities: ProviderCapabilities = {
  kind: 'vipps',
  currencies: ['NOK', 'DKK', 'EUR'],
  // Of NOK, and the largest of all: `forAccount` knows the shop's own.
  minimumMinor: 100,
  maximumMinor: 65_000_000,
  needsNetwork: true,
  needsTerminal: true,
  oneActivePayment: false,
  pollEveryMs: 1_000,
  retry: 'same-reference',
  lateStartMs: lateCodeMs,
  proof: 'asked',
  steps: ['capture'],
  cancels: true,
  endsAfterMs: null,
  tips: false,
  lessThanDue: true,
  moreThanDue: false,
  partIsFinal: false,
  // Keys make a repeat the same refund (Vipps, section 8).
  refund: { partial: true, repeat: 'same-key', asks: null },
  customerAct: 'scan-code',
  ways: [qrWay],
  postText: 'Vipps MobilePay',
};

/** What the interface changes. An initiation of eCom can't be tried again, so that its absence is believed at once. */
const ofApi = (api: Api): Partial<ProviderCapabilities> => (api === 'ecom' ? { currencies: ['NOK'], retry: 'ask-first', lateStartMs: null, endsAfterMs: ecomEndsAfterMs } : {});

/** Vipps MobilePay: a code on the customer's screen or a request on the phone; reserved, then captured (Vipps). */
export function createVipps(world: ProviderWorld): PaymentProvider {
  const call = createClient(world);
  const codes = createCodes(world);
  const steps: Readonly<Record<Api, ReturnType<typeof createEpayment>>> = { epayment: createEpayment(call, codes, world), ecom: createEcom(call, codes, world) };
  // A payment stays with the interface that began it, whatever the account says meanwhile.
  const of = ({ account }: ProviderLink, data: Settings): ReturnType<typeof createEpayment> => steps[apiOf({ ...account.settings, ...data })];
  const shared: Omit<PaymentProvider, 'capabilities' | 'description'> & Pick<Required<PaymentProvider>, 'capture' | 'release'> = {
    checkSettings,
    start: (link, order, told) => of(link, {}).start(link, order, told),
    poll: (link, order, data) => of(link, data).poll(link, order, data),
    cancel: (link, order, data) => of(link, data).cancel(link, order, data),
    capture: (link, order, data) => of(link, data).capture(link, order, data),
    release: (link, order, data) => of(link, data).release(link, order, data),
    // A receipt is durable here, and the service wants no thanks.
    confirm: () => Promise.resolve(null),
    ...createRefunds(call),
    refundStatus: () => Promise.resolve({ kind: 'unknown', problem: { code: 'protocol', text: 'a refund is repeated under its key' } }),
    sendReceipt: (link, order, data, receipt) => sendReceipt(call, link, order, data, receipt),
    settlementRows: (link, day) => settlementRows(call, link, day),
    goLive,
    customerInfo: (link, order, data) => customerInfo(call, link, order, data),
    ...createTerminals(call),
  };
  const checks = createChecks(call, shared, world);

  /** The provider as an account uses it. `currency` is the shop's; without it the least is what is enough everywhere. */
  function forAccount(settings: Settings, currency?: Currency): PaymentProvider {
    const minimumMinor = currency === undefined ? capabilities.minimumMinor : minimumOf(currency);
    return {
      ...shared,
      ...checks,
      capabilities: { ...capabilities, minimumMinor, ways: mayPush(settings) ? [qrWay, pushWay] : [qrWay], ...ofApi(apiOf(settings)) },
      description: { ...description, checks: [...checksFor(description.checks, settings)] },
      forAccount,
    };
  }

  return forAccount({});
}

/** eCom is for Norwegian kroner only; an own address has to be there where it is chosen (Vipps, section 1). */
function checkSettings(settings: Settings, currency: Currency): string | null {
  if (apiOf(settings) === 'ecom' && currency !== 'NOK') return 'api';
  return environmentOf(settings) === 'own' && (settings['baseUrl'] ?? '') === '' ? 'baseUrl' : null;
}
