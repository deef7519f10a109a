import { createSynthetic } from '../synthetic/adapter.ts';
import { syntheticModel } from '../synthetic/model.ts';
import { shapes, type Shape } from '../synthetic/shapes.ts';
import { freshState, type State } from '../synthetic/state.ts';
import type { CustomerPlan, SimulatedProvider } from './provider.ts';
import type { Random } from './random.ts';

const key = 'a made-up key';
const terminal = (register: number): string => `terminal-${register}`;

function planOf(shape: Shape, random: Random, amountMinor: number): CustomerPlan {
  const soon = random.between(300, 12_000);
  const mind = random.next();
  const approve = (afterMs: number) => ({ afterMs, act: { action: 'approve', ...(shape.capabilities.tips && random.chance(0.3) ? { tipMinor: random.between(1, 900) } : {}) } });
  if (mind < 0.6) return [approve(soon)];
  if (mind < 0.68) return [{ afterMs: soon, act: { action: 'decline' } }];
  if (mind < 0.78) return [{ afterMs: soon, act: { action: 'confirm' } }, random.chance(0.7) ? approve(soon + random.between(500, 8_000)) : { afterMs: soon + 4_000, act: { action: 'decline' } }];
  if (mind < 0.88) return [approve(random.between(25_000, 110_000))];
  if (mind < 0.92) return [{ afterMs: soon, act: { action: 'approve', amountMinor: amountMinor + random.between(1, 50) } }];
  return [];
}

const simulated = (shape: Shape): SimulatedProvider<State> => ({
  name: shape.kind,
  kind: shape.kind,
  country: 'FI',
  model: syntheticModel(shape),
  create: (world, inbox) => createSynthetic(shape, world, inbox),
  fresh: () => freshState(key),
  settle(stores, register, registerId, seal) {
    stores.providers.saveAccount({ id: 'account', provider: shape.kind, name: shape.kind, settings: { baseUrl: 'http://synthetic.example' }, sealedSecrets: { key: seal(key) } });
    stores.providers.saveTerminal({ id: 'terminal', accountId: 'account', provider: shape.kind, registerId, externalId: terminal(register), shared: false, settings: {}, sealedSecrets: {} });
  },
  begins({ method, path }, { body }) {
    if (method !== 'POST' || !(shape.prepares ? path.endsWith('/ready') : path === '/payments')) return null;
    const { terminal: at, amountMinor } = JSON.parse(body) as { readonly terminal: string; readonly amountMinor: number };
    return { register: Number(at.replace('terminal-', '')), amountMinor };
  },
  moves(operation) {
    if (operation === 'payments-post' || operation === 'payments-ready') return 'payment';
    if (operation === 'payments-capture') return 'capture';
    return operation === 'refunds-post' || operation === 'refunds-capture' ? 'refund' : null;
  },
  once: () => false,
  ref: terminal,
  customer: (random, amountMinor) => planOf(shape, random, amountMinor),
  held: (state) => state.payments.filter(({ status }) => status === 'reserved').map(({ id }) => id),
  settledMs: Math.max(300_000, shape.expiresMs + 60_000),
  exclusive: shape.exclusive,
  proves: shape.capabilities.proof === 'scanned',
  foreigners: shape.exclusive,
  ownReference: (state, reference) => state.payments.find((one) => one.id === reference)?.reference ?? '',
  news(state) {
    if (!shape.capabilities.steps.includes('listen')) return [];
    return state.payments.map(({ terminal: at, reference, status }) => ({ register: Number(at.replace('terminal-', '')), message: JSON.stringify({ reference, status }) }));
  },
});

/** One simulated provider for each shape. */
export const simulatedShapes: Readonly<Record<string, SimulatedProvider>> = Object.fromEntries(Object.entries(shapes).map(([name, shape]) => [name, simulated(shape) as unknown as SimulatedProvider]));
