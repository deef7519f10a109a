import type { CallInput, CallName, CallOutput } from '../../contract/index.ts';
import type { Result } from '../../contract/errors.ts';
import type { Right } from '../../contract/rights.ts';
import type { ArticleRecord } from '../../core/ports/stores.ts';
import type { Services } from '../services.ts';
import type { Chance } from './chance.ts';
import { quiet, type StandingClock } from './clock.ts';

/** The till's own calls, as a cashier's window makes them. */
export type Calls = {
  call<N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>>;
  /** What a manager approves on the spot. */
  approval(right: Right): Promise<string>;
};

export function callsOf(services: Services, managerId: string): Calls {
  async function call<N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>> {
    const answer = (await services.dispatch('cashier', name, input)) as Result<CallOutput<N>>;
    if (!answer.ok) throw new Error(`seed: ${name}: ${answer.error.code} ${JSON.stringify(answer.error.detail)}`);
    return answer.value;
  }
  return { call, approval: async (right) => (await call('session.approve', { staffId: managerId, pin: '0000', right })).approval };
}

export type OddCustomer = {
  readonly calls: Calls;
  readonly clock: StandingClock;
  readonly chance: Chance;
  readonly basket: (chance: Chance) => readonly { readonly article: ArticleRecord; readonly quantityMilli: number }[];
  readonly newId: () => string;
  readonly timeMs: number;
};

/** What became of a customer who was not ordinary. */
export type Odd = { readonly completed: boolean; readonly what: 'corrected' | 'overridden' | 'voided' | 'parked' | 'split' | 'asked' };

async function fill({ calls, chance, basket }: OddCustomer): Promise<void> {
  for (const { article, quantityMilli } of basket(chance)) await calls.call('sale.add-article', { articleId: article.id, quantityMilli, ageConfirmed: true });
}

async function pay({ calls, chance, newId }: OddCustomer): Promise<void> {
  const { totals, lines } = await calls.call('sale.current', {});
  if (lines.length === 0) throw new Error('seed: nothing on the counter');
  const cash = chance.often(0.4) || totals.dueMinor === 0;
  await calls.call('payment.start', cash ? { requestId: newId(), tenderId: 'cash', amountMinor: totals.cashDueMinor } : { requestId: newId(), tenderId: 'card', amountMinor: totals.dueMinor, reference: `BAX ${chance.between(100_000, 999_999)}` });
  await quiet();
}

async function correct({ calls, chance }: OddCustomer): Promise<void> {
  const { lines } = await calls.call('sale.current', {});
  const line = chance.pick(lines);
  if (line.quantityMilli > 1000 && line.unit === 'piece') await calls.call('sale.set-quantity', { lineId: line.id, quantityMilli: line.quantityMilli - 1000 });
  else if (lines.length > 1) {
    await calls.call('sale.remove-line', { lineId: line.id });
    if (chance.often(0.1)) await calls.call('sale.restore-line', { lineId: line.id });
  }
}

async function override({ calls, chance }: OddCustomer): Promise<void> {
  const { lines } = await calls.call('sale.current', {});
  const line = chance.pick(lines);
  await calls.call('sale.override-price', { lineId: line.id, unitPriceMinor: Math.max(1, Math.round((line.unitPriceMinor * 7) / 10)), reason: 'Damaged', approval: await calls.approval('price-override') });
}

async function park(odd: OddCustomer): Promise<void> {
  const { calls, clock, timeMs } = odd;
  await calls.call('sale.park', { name: 'Back soon' });
  clock.set(clock.nowMs() + Math.floor(timeMs / 4));
  const [parked] = await calls.call('sale.parked', {});
  if (!parked) throw new Error('seed: nothing is parked');
  await calls.call('sale.resume', { receiptId: parked.receiptId });
}

async function split({ calls, chance, newId }: OddCustomer): Promise<void> {
  const { totals } = await calls.call('sale.current', {});
  const part = Math.floor(totals.dueMinor / 2 / 100) * 100;
  if (part > 0) await calls.call('payment.start', { requestId: newId(), tenderId: 'card', amountMinor: part, reference: `BAX ${chance.between(100_000, 999_999)}` });
}

/** A customer whose sale is not ordinary, served by the calls that the windows make. */
export async function serveOdd(odd: OddCustomer): Promise<Odd> {
  const { calls, clock, chance, timeMs } = odd;
  const what = (['corrected', 'overridden', 'voided', 'parked', 'split', 'asked'] as const)[chance.weighted([50, 6, 12, 10, 10, 12])] ?? 'corrected';
  if (what === 'asked') {
    const [{ article } = { article: null }] = odd.basket(chance);
    if (article) await calls.call('article.ask-price', { code: article.gtin || article.plu });
  }
  await fill(odd);
  clock.set(clock.nowMs() + Math.floor(timeMs / 3));
  if (what === 'voided') {
    await calls.call('sale.void', { reason: 'The customer left', approval: await calls.approval('receipt-void') });
    return { completed: false, what };
  }
  if (what === 'corrected') await correct(odd);
  if (what === 'overridden') await override(odd);
  if (what === 'parked') await park(odd);
  if (what === 'split') await split(odd);
  await pay(odd);
  return { completed: true, what };
}
