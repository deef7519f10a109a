import type { PaymentView } from '../contract/payment.ts';
import type { AnyTill, TestTill } from './till.ts';

/** Puts one article of the demo shop on the counter; what is due then, minor units. */
export async function sellOne(till: AnyTill): Promise<number> {
  const { shop } = await till.call('app.hello', {});
  await till.call('sale.add-code', { code: shop.country === 'NO' ? '2920000000030' : '2910000000031', source: 'scan' });
  return (await till.call('sale.current', {})).totals.dueMinor;
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
