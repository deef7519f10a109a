import type { PaymentView } from '../contract/payment.ts';
import type { TestTill } from './till.ts';

/** A till's SEQR sandbox as tests steer it: the customer's phone, faults, what the service counts as money. */
export type SeqrHands = {
  phone(action: string, more?: object): Promise<Response>;
  fault(kind: string, match: string, more?: object): Promise<Response>;
  noFaults(): Promise<Response>;
  state(): Promise<SandboxState>;
};

export type SandboxState = {
  readonly ledger: readonly { readonly reference: string; readonly amountMinor: number }[];
  readonly invoices: readonly { readonly status: string; readonly reference: string }[];
};

/** Its address is asked for each time: a till that was opened again has another one. */
export function seqrHands(till: () => TestTill, sticker: string): SeqrHands {
  const control = (): string => till().app.sandboxes()['seqr']?.control ?? '';
  const post = (path: string, body: object): Promise<Response> => fetch(`${control()}${path}`, { method: 'POST', body: JSON.stringify(body) });
  return {
    phone: (action, more = {}) => post('/customer', { action, ref: sticker, ...more }),
    fault: (kind, match, more = {}) => post('/faults', { kind, match, ...more }),
    noFaults: () => fetch(`${control()}/faults`, { method: 'DELETE' }),
    state: async () => (await (await fetch(`${control()}/state`)).json()) as SandboxState,
  };
}

/** Registers the till as an admin and gives it its sticker. */
export async function registerSeqr(till: TestTill, seqrId: string): Promise<void> {
  await till.signIn('Sofie Dahl');
  await till.call('provider.terminal', { kind: 'seqr', action: 'register', values: {} });
  await till.call('provider.terminal', { kind: 'seqr', action: 'assign', values: { seqrId } });
}

/** Waits until a payment is in one of the states, as the cashier's window is told. */
export async function paymentIn(till: TestTill, attemptId: string, ...states: readonly PaymentView['state'][]): Promise<PaymentView> {
  const endMs = Date.now() + 9_000;
  for (;;) {
    const view = till.seen('payment.changed').filter((one) => one.attemptId === attemptId).at(-1);
    if (view && states.includes(view.state)) return view;
    if (Date.now() > endMs) throw new Error(`${states.join(' or ')} was awaited, it is ${view?.state ?? 'unseen'}: ${JSON.stringify(view?.wait?.problem)}`);
    await new Promise((resolve) => setTimeout(resolve, 15));
  }
}

/** Leaves the counter empty, whatever the test before it left there. */
export async function clearCounter(till: TestTill): Promise<void> {
  const { lines, totals } = await till.sale();
  if (lines.length > 0) await till.call('payment.start', { requestId: `clear-${Math.random()}`, tenderId: 'cash', amountMinor: totals.cashDueMinor });
}
