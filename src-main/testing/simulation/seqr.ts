import { createSeqr } from '../../providers/seqr/index.ts';
import { seqrModel } from '../../sandboxes/seqr/index.ts';
import type { State } from '../../sandboxes/seqr/state.ts';
import type { SimulatedProvider } from './provider.ts';

const terminalId = (register: number): string => `terminal-${register}`;
const password = 'a made-up password';

export const simulatedSeqr: SimulatedProvider<State> = {
  name: 'seqr',
  kind: 'seqr',
  country: 'FI',
  model: seqrModel,
  create: createSeqr,
  fresh(random, registers) {
    const state = seqrModel.fresh();
    const wrong = seqrModel.configure(state, {
      reseller: { id: 'shop', userId: '9900', password },
      options: { reversedStatus: random.pick(['CANCELED', 'FAILED']) },
      terminals: Array.from({ length: registers }, (_, index) => ({ id: terminalId(index + 1), password, externalId: `till ${index + 1}`, name: 'Shop', seqrId: simulatedSeqr.ref(index + 1) })),
    });
    if (wrong !== null) throw new Error(wrong);
    return state;
  },
  settle(stores, register, registerId, seal) {
    stores.providers.saveAccount({ id: 'account', provider: 'seqr', name: 'SEQR', settings: { baseUrl: 'http://seqr.example', resellerId: 'shop', userId: '9900' }, sealedSecrets: { resellerPassword: seal(password) } });
    stores.providers.saveTerminal({ id: 'terminal', accountId: 'account', provider: 'seqr', registerId, externalId: simulatedSeqr.ref(register), shared: false, settings: { terminalId: terminalId(register), name: 'Shop' }, sealedSecrets: { password: seal(password) } });
  },
  begins({ body }) {
    if (!body.includes('sendInvoice')) return null;
    const found = /<id>terminal-(\d+)<\/id>/.exec(body);
    return found ? { register: Number(found[1]), amountMinor: 0 } : null;
  },
  moves: (operation) => (operation === 'sendInvoice' ? 'payment' : operation === 'refundPayment' ? 'refund' : null),
  once: (operation) => operation === 'refundPayment',
  ref: (register) => `00990000000${register}`,
  settledMs: 300_000,
  exclusive: true,
  proves: false,
  foreigners: false,
  ownReference: (state, reference) => state.invoices.find((one) => one.ersReference === reference)?.clientInvoiceId ?? '',
  news: () => [],
  customer(random) {
    const soon = random.between(300, 12_000);
    const mind = random.next();
    const after = (afterMs: number, action: string, more: object = {}) => ({ afterMs, act: { action, ...more } });
    if (mind < 0.62) return [after(soon, 'approve')];
    if (mind < 0.7) return [after(soon, 'decline')];
    if (mind < 0.76) return [after(soon, 'approve', { money: 'refused' })];
    if (mind < 0.86) return [after(soon, 'confirm'), after(soon + random.between(500, 8_000), random.chance(0.7) ? 'approve' : 'cancel')];
    return mind < 0.94 ? [after(random.between(25_000, 80_000), 'approve')] : [];
  },
};
