import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ChainFile } from '../app/chain/schema.ts';
import type { SandboxAddresses } from '../app/demo/sandboxes.ts';
import type { ReturnView } from '../contract/returns.ts';
import type { Sandbox } from '../sandboxes/shared/server.ts';
import { startSeqrSandbox } from '../sandboxes/seqr/index.ts';
import { startVippsSandbox } from '../sandboxes/vipps/index.ts';
import { handsOf, type Hands } from './hands.ts';
import { sellOne } from './payments.ts';
import { openTill, signInAs, type AnyTill, type TestTill } from './till.ts';
import { otherStore, partner, store } from './vipps.ts';

/* Two stores of a chain: two real tills over two folders beside the chain's own, and one service that knows both stores' sales units and a partner. */

export type Way = 'partner' | 'own' | 'shared';

const plainOf = ({ clientSecret, subscriptionKey }: { readonly clientSecret: string; readonly subscriptionKey: string }) => ({ clientSecret, subscriptionKey });

/** The chain's file by a way. `wrong`: the keys of the other store stand at each. */
export function chainJson(way: Way, baseUrl: string, wrong = false): object {
  const at = (clientId: string) => ({ environment: 'own', baseUrl, clientId });
  const [a, b] = wrong ? [otherStore, store] : [store, otherStore];
  const entry = {
    partner: [{ terminal: store.msn }, { terminal: otherStore.msn }],
    own: [
      { terminal: store.msn, settings: at(a.clientId), secrets: plainOf(a) },
      { terminal: otherStore.msn, settings: at(b.clientId), secrets: plainOf(b) },
    ],
    shared: [{ prefix: 'bergen' }, { prefix: 'oslo' }],
  }[way];
  const chain = {
    partner: { way, settings: at(partner.clientId), secrets: plainOf(partner) },
    own: { way },
    shared: { way, terminal: store.msn, settings: at(store.clientId), secrets: plainOf(store) },
  }[way];
  return {
    version: 1,
    stores: [
      { id: 'bergen', name: 'Bergen', folder: 'store-a', providers: { vipps: entry[0] } },
      { id: 'oslo', name: 'Oslo', folder: 'store-b', providers: { vipps: entry[1] } },
    ],
    providers: { vipps: chain },
  };
}

export type ChainRig = {
  readonly root: string;
  readonly sandbox: Sandbox;
  readonly hands: Hands;
  /** Sells, and the other store. */
  readonly a: TestTill;
  readonly b: TestTill;
  readonly sandboxes: Readonly<Record<string, SandboxAddresses>>;
  chainFile(): ChainFile;
  close(): Promise<void>;
};

const addressesOf = ({ baseUrl, control, phone }: Sandbox): SandboxAddresses => ({ baseUrl, control, phone });

/** The service with both stores' sales units and a partner who may act for them. */
export const startChainSandbox = (): Promise<Sandbox> => startVippsSandbox({ seed: { units: [store, otherStore], partner: { ...partner } } });

/** How a store's till takes payments: by its own sales unit, or by the chain's one with a prefix; `api` as the account says. */
export async function prepareVipps(till: AnyTill, which: 'a' | 'b', way: Way, baseUrl: string, api: 'epayment' | 'ecom' = 'epayment'): Promise<void> {
  const unit = way === 'shared' || which === 'a' ? store : otherStore;
  // eCom is Norwegian only.
  if (api === 'ecom') await till.call('app.start-shop', { shop: 'demo-no' });
  await signInAs(till, 'Sofie Dahl');
  const prefix = way === 'shared' ? { prefix: which === 'a' ? 'bergen' : 'oslo' } : {};
  await till.call('provider.save-account', { kind: 'vipps', settings: { environment: 'own', baseUrl, clientId: unit.clientId, merchantSerialNumber: unit.msn, api, ...prefix }, secrets: plainOf(unit) });
  const chosen = await till.call('provider.terminal', { kind: 'vipps', action: 'choose', values: { salesUnit: unit.msn } });
  if (chosen.problem) throw new Error(JSON.stringify(chosen.problem));
}

/** Opens both stores. Without a way no chain stands beside them. */
export async function openChainRig(way: Way | null, more: { readonly wrong?: boolean; readonly api?: 'epayment' | 'ecom' } = {}): Promise<ChainRig> {
  const root = mkdtempSync(join(tmpdir(), 'kassa-chain-'));
  const sandbox = await startChainSandbox();
  const seqr = await startSeqrSandbox({});
  const sandboxes = { vipps: addressesOf(sandbox), seqr: addressesOf(seqr) };
  const file = join(root, 'chain', 'chain.json');
  if (way) {
    mkdirSync(join(root, 'chain'));
    writeFileSync(file, JSON.stringify(chainJson(way, sandbox.baseUrl, more.wrong)));
  }
  // A demo shop is given the first unit's keys: the other store's has a sandbox of its own until its account is written.
  const [a, b] = [await openTill({ dataDir: join(root, 'store-a'), sandboxes }), await openTill({ dataDir: join(root, 'store-b'), sandboxes: { seqr: sandboxes.seqr } })];
  await prepareVipps(a, 'a', way ?? 'partner', sandbox.baseUrl, more.api);
  await prepareVipps(b, 'b', way ?? 'partner', sandbox.baseUrl, more.api);
  return {
    root,
    sandbox,
    hands: handsOf(() => sandbox.control, '*'),
    a,
    b,
    sandboxes,
    chainFile: () => JSON.parse(readFileSync(file, 'utf8')) as ChainFile,
    async close() {
      await Promise.all([a.close(), b.close()]);
      await Promise.all([sandbox.close(), seqr.close()]);
      rmSync(root, { recursive: true, force: true });
    },
  };
}

export async function until<T>(look: () => Promise<T>, good: (found: T) => boolean, ms = 20_000): Promise<T> {
  const endMs = Date.now() + ms;
  for (;;) {
    const found = await look();
    if (good(found)) return found;
    if (Date.now() > endMs) throw new Error(`it is still ${JSON.stringify(found)}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

let serial = 0;
export const nextRequest = (): string => `chain-${(serial += 1)}-${Date.now()}`;

/** Buns, `appMinor` of them by Vipps and the rest in cash. */
export async function sellBuns(till: AnyTill, hands: Hands, buns: number, appMinor: number | null): Promise<{ readonly receiptId: string; readonly number: number }> {
  for (let bun = 0; bun < buns; bun += 1) await sellOne(till);
  const { totals } = await till.call('sale.current', {});
  await till.call('payment.start', { requestId: nextRequest(), tenderId: 'vipps', amountMinor: appMinor ?? totals.dueMinor });
  await until(async () => {
    // eCom's phone opens the code before it can say yes.
    await hands.phone('scan');
    return hands.phone('approve');
  }, (answer) => answer.ok);
  const after = await until(() => till.call('sale.current', {}), (sale) => sale.lines.length === 0 || sale.totals.paidMinor > 0);
  if (after.lines.length > 0) await till.call('payment.start', { requestId: nextRequest(), tenderId: 'cash', amountMinor: after.totals.cashDueMinor });
  const last = await till.call('receipt.last', {});
  return { receiptId: last?.receiptId ?? '', number: last?.number ?? 0 };
}

/** Composes and confirms a return at a store, of a receipt of the store `storeId` (absent: its own). */
export async function beginReturn(till: AnyTill, of: { readonly storeId?: string; readonly receiptId: string }, pieces: number, reason = 'Too dry'): Promise<ReturnView> {
  const { lines } = await till.call('return.of-receipt', of);
  const { returnId } = await till.call('return.compose', { returnId: null, ...of, lines: [{ lineId: lines[0]?.lineId ?? '', quantityMilli: pieces * 1000 }], reason });
  return till.call('return.confirm', { returnId });
}

/** Gives back the part that is next. */
export function payNext(till: AnyTill, view: ReturnView): Promise<ReturnView> {
  const step = view.steps.find((one) => one.state === 'next' || one.state === 'refused');
  if (!step || step.way === 'set-off') throw new Error(`nothing is next: ${JSON.stringify(view.steps)}`);
  return till.call('return.pay', { requestId: nextRequest(), returnId: view.returnId, way: step.way, amountMinor: step.amountMinor, ...(step.postId === null ? {} : { postId: step.postId }), ...(step.way === 'card' ? { reference: 'slip-1' } : {}) });
}

export const settled = (till: AnyTill, returnId: string): Promise<ReturnView> =>
  until(() => till.call('return.view', { returnId }), ({ steps }) => steps.every((step) => step.state !== 'running' && step.state !== 'doubt'));
