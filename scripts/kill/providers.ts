import { join } from 'node:path';
import { root } from '../lib.ts';
import { startProgram } from './program.ts';
import type { Window } from './program.ts';

type Addresses = { readonly baseUrl: string; readonly control: string; readonly phone: string };

export type Ledger = readonly { readonly provider: string; readonly reference: string; readonly kind: string; readonly amountMinor: number; readonly of?: string }[];

/** A provider in a process of its own, which lives on while the till dies. */
export type KilledProvider = {
  readonly kind: 'seqr' | 'held' | 'vipps';
  readonly addresses: Addresses;
  /** Names of the requests that start a payment and give one back, as faults name them; and of the capture, where there is one. */
  readonly wire: { readonly start: string; readonly refund: string; readonly capture: string | null };
  /** Makes the till known to it. */
  prepare(window: Window): Promise<void>;
  customer(action: string): Promise<Response>;
  delay(operation: string, ms: number): Promise<Response>;
  noFaults(): Promise<Response>;
  ledger(): Promise<Ledger>;
  end(): Promise<void>;
};

type Plan = Pick<KilledProvider, 'kind' | 'wire' | 'prepare'> & { readonly args: readonly string[]; readonly ref: string };

const sticker = '009900027777';

const plans = (folder: string): readonly Plan[] => [
  {
    kind: 'seqr',
    args: [join(root, 'scripts/sandbox.ts'), 'seqr', '--state', join(folder, 'seqr.json')],
    ref: sticker,
    wire: { start: 'sendInvoice', refund: 'refundPayment', capture: null },
    async prepare(window) {
      await window.call('provider.terminal', { kind: 'seqr', action: 'register', values: {} });
      await window.call('provider.terminal', { kind: 'seqr', action: 'assign', values: { seqrId: sticker } });
    },
  },
  {
    kind: 'held',
    args: [join(root, 'src-main/testing/synthetic-sandbox.ts'), join(folder, 'held.json')],
    ref: 'till',
    wire: { start: 'payments-post', refund: 'refunds-post', capture: 'payments-capture' },
    async prepare(window) {
      await window.call('provider.terminal', { kind: 'held', action: 'assign', values: { number: 'till' } });
    },
  },
  {
    kind: 'vipps',
    args: [join(root, 'scripts/sandbox.ts'), 'vipps', '--state', join(folder, 'vipps.json')],
    // The newest payment that waits, whatever it is called.
    ref: '*',
    wire: { start: 'create', refund: 'refund', capture: 'capture' },
    async prepare(window) {
      await window.call('provider.terminal', { kind: 'vipps', action: 'choose', values: {} });
    },
  },
];

/** Starts every provider of the kills; their states are kept in the folder. */
export const startProviders = (folder: string): Promise<readonly KilledProvider[]> =>
  Promise.all(
    plans(folder).map(async ({ kind, args, ref, wire, prepare }): Promise<KilledProvider> => {
      const { ready, killGroup } = await startProgram<Addresses>(args);
      const post = (path: string, body: object): Promise<Response> => fetch(`${ready.control}${path}`, { method: 'POST', body: JSON.stringify(body) });
      return {
        kind,
        addresses: ready,
        wire,
        prepare,
        customer: (action) => post('/customer', { action, ref }),
        delay: (operation, ms) => post('/faults', { kind: 'delay', match: operation, value: ms }),
        noFaults: () => fetch(`${ready.control}/faults`, { method: 'DELETE' }),
        ledger: async () => ((await (await fetch(`${ready.control}/state`)).json()) as { readonly ledger: Ledger }).ledger,
        end: killGroup,
      };
    }),
  );
