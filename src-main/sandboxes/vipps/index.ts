import { serveSandbox, type Sandbox, type SandboxOptions } from '../shared/server.ts';
import type { LedgerEntry, SandboxModel } from '../shared/types.ts';
import { tick } from './clock.ts';
import { configure } from './configure.ts';
import { customerActs } from './customer.ts';
import { faults, special } from './faults.ts';
import { phonePage } from './phone.ts';
import { handle, operationOf } from './routes.ts';
import { freshState, type State, type Unit } from './state.ts';

/** Money as the service counts it; what is only held is not here. A payment goes by its reference, what went back by a name of its own. */
function ledgerOf(state: State): readonly LedgerEntry[] {
  const entries = state.payments.flatMap(({ reference: payment, currency, events }) =>
    events
      .filter(({ name, success }) => success && (name === 'CAPTURED' || name === 'REFUNDED'))
      .map(({ name, pspReference, amountMinor, atMs }): LedgerEntry => ({
        provider: 'vipps',
        ...(name === 'CAPTURED' ? { reference: payment, kind: 'captured' } : { reference: pspReference, kind: 'refunded', of: payment }),
        amountMinor,
        currency,
        at: new Date(atMs).toISOString(),
      })),
  );
  return entries.toSorted((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0));
}

const keysOf = ({ clientId, clientSecret, subscriptionKey, msn, name }: Unit) => ({ clientId, clientSecret, subscriptionKey, merchantSerialNumber: msn, name });

function credentialsOf({ units, partner }: State): object {
  const [first] = units;
  return { ...(first ? keysOf(first) : {}), partner: { ...partner }, units: units.map(keysOf) };
}

/** The service as a model, without HTTP around it. */
export const vippsModel: SandboxModel<State> = {
  basePath: '',
  fresh: freshState,
  operationOf,
  handle: (state, request, nowMs) => handle(state, request, nowMs),
  configure,
  tick,
  customer: customerActs,
  view: (state) => ({
    credentials: credentialsOf(state),
    ledger: ledgerOf(state),
    units: state.units.map(({ clientSecret: _secret, ...unit }) => unit),
    payments: state.payments,
    receipts: state.receipts,
    callbacks: state.callbacks,
    options: state.options,
  }),
  page: phonePage,
  garbled: { status: 200, type: 'application/json', body: '{"reference":"half a mess' },
  special,
};

/** The payment service as its documentation describes it, on loopback, with the customer's phone. */
export const startVippsSandbox = (options: SandboxOptions = {}): Promise<Sandbox> => serveSandbox(vippsModel, options, faults);
