import type { PaymentView } from '../contract/payment.ts';
import type { ReceiptRow } from '../contract/receipts.ts';
import type { AnyTill } from './till.ts';

type SandboxState = {
  readonly payments: readonly { readonly reference: string; readonly pspReference: string; readonly state: string }[];
  readonly receipts: readonly { readonly orderId: string; readonly receipt: SentReceipt | null }[];
};

/** A receipt as the app has it. */
export type SentReceipt = {
  readonly orderLines: readonly SentLine[];
  readonly bottomLine: { readonly currency: string; readonly posId: string; readonly receiptNumber: string; readonly paymentSources: Readonly<Record<'giftCard' | 'card' | 'voucher' | 'cash', number>> };
};
export type SentLine = { readonly name: string; readonly id: string; readonly totalAmount: number; readonly totalAmountExcludingTax: number; readonly totalTaxAmount: number; readonly taxRate: number; readonly discount: number; readonly isReturn: boolean };

/** The Vipps sandbox of a till, by its control surface. */
export function vippsOf(control: () => string) {
  const post = (path: string, body: object): Promise<Response> => fetch(`${control()}${path}`, { method: 'POST', body: JSON.stringify(body) });
  const state = async (): Promise<SandboxState> => (await (await fetch(`${control()}/state`)).json()) as SandboxState;
  return {
    state,
    fault: (kind: string, match: string, more: object = {}) => post('/faults', { kind, match, ...more }),
    noFaults: () => fetch(`${control()}/faults`, { method: 'DELETE' }),
    options: (options: object) => post('/options', options),
    advance: (ms: number) => post('/clock', { advanceMs: ms }),
    async asked(operation: string): Promise<number> {
      const sent = (await (await fetch(`${control()}/requests`)).json()) as readonly { readonly operation: string }[];
      return sent.filter((one) => one.operation === operation).length;
    },
    /** The customer approves what was asked for last. */
    async approve(more: object = {}): Promise<void> {
      for (let waited = 0; waited < 300; waited += 1) {
        const last = (await state()).payments.at(-1);
        if (last?.state === 'CREATED') {
          await post('/customer', { action: 'approve', ref: last.reference, ...more });
          return;
        }
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      throw new Error('nothing waits for the customer');
    },
    /** The receipts that the app shows. */
    receipts: async (): Promise<readonly { readonly orderId: string; readonly receipt: SentReceipt }[]> =>
      (await state()).receipts.flatMap(({ orderId, receipt }) => (receipt ? [{ orderId, receipt }] : [])),
  };
}

export type VippsHands = ReturnType<typeof vippsOf>;

let serial = 0;

/** Asks the customer for so much of the receipt on the counter, who approves; waits until it is paid. */
export async function payByVipps(till: AnyTill, vipps: VippsHands, amountMinor: number): Promise<PaymentView> {
  serial += 1;
  const requestId = `vipps-${serial}-${Date.now()}`;
  const input = { requestId, tenderId: 'vipps', amountMinor };
  const begun = await till.call('payment.start', input);
  await vipps.approve();
  for (let waited = 0; waited < 500; waited += 1) {
    const view = await till.call('payment.start', input);
    if (view.state === 'paid') return view;
    if (['cancelled', 'declined', 'expired', 'not-started', 'reversed', 'released'].includes(view.state)) throw new Error(`it ended ${view.state}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`payment ${begun.attemptId} was not paid`);
}

/** Puts articles of the demo shop on the counter; what is due, minor units. */
export async function ringUp(till: AnyTill, count = 1, code = '2910000000031'): Promise<number> {
  for (let sold = 0; sold < count; sold += 1) await till.call('sale.add-code', { code, source: 'scan' });
  return (await till.call('sale.current', {})).totals.dueMinor;
}

/** Sells something for an app payment. The receipt as the list tells it. */
export async function sellByVipps(till: AnyTill, vipps: VippsHands, count = 1): Promise<ReceiptRow & { readonly attemptId: string }> {
  const { attemptId } = await payByVipps(till, vipps, await ringUp(till, count));
  const row = await till.call('receipt.last', {});
  if (!row) throw new Error('there is no receipt');
  return { ...row, attemptId };
}

/** Waits until a question has the answer that is wanted. */
export async function eventually<T>(ask: () => Promise<T>, wanted: (answer: T) => boolean, forMs = 8_000): Promise<T> {
  const endMs = Date.now() + forMs;
  for (;;) {
    const answer = await ask();
    if (wanted(answer)) return answer;
    if (Date.now() > endMs) throw new Error(`it stayed as it was: ${JSON.stringify(answer)}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

let returns = 0;

/** One piece of a sold receipt's first line comes back, its money by the app; waits until it is through. The return's id. */
export async function giveBackByVipps(till: AnyTill, receiptId: string): Promise<string> {
  const { lines } = await till.call('return.of-receipt', { receiptId });
  const { returnId } = await till.call('return.compose', { returnId: null, receiptId, lines: [{ lineId: lines[0]?.lineId ?? '', quantityMilli: 1_000 }], reason: 'Stale' });
  const step = (await till.call('return.confirm', { returnId })).steps.find(({ state }) => state === 'next');
  if (step?.way !== 'refund') throw new Error('it does not go back by its provider');
  returns += 1;
  await till.call('return.pay', { requestId: `back-${returns}-${Date.now()}`, returnId, way: step.way, amountMinor: step.amountMinor, ...(step.postId === null ? {} : { postId: step.postId }) });
  await eventually(() => till.call('return.view', { returnId }), ({ state }) => state === 'completed');
  return returnId;
}
