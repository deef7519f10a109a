import type { Window } from './program.ts';
import type { KilledProvider } from './providers.ts';

/** What is under way when the plug is pulled. */
export const moments = ['starting', 'waiting', 'cancelling', 'capturing', 'refunding', 'completing'] as const;
export type Moment = (typeof moments)[number];

export const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

let serial = 0;
export const nextId = (): string => `kill-${process.pid}-${(serial += 1)}`;

async function sell(window: Window): Promise<number> {
  await window.call('sale.add-code', { code: '2910000000031', source: 'scan' });
  return (await window.call('sale.current', {})).totals.dueMinor;
}

async function untilWaiting(window: Window): Promise<string> {
  const endMs = Date.now() + 10_000;
  for (;;) {
    const payment = await window.call('payment.current', {});
    if (payment?.state === 'waiting') return payment.attemptId;
    if (Date.now() > endMs) throw new Error(`the payment never waited: it is ${payment?.state ?? 'gone'}`);
    await sleep(10);
  }
}

/** Sells with cash until nobody answers any more. */
async function sellOn(window: Window): Promise<void> {
  for (;;) {
    const due = await sell(window);
    await window.call('payment.start', { requestId: nextId(), tenderId: 'cash', amountMinor: due });
  }
}

async function refund(window: Window, provider: KilledProvider): Promise<void> {
  await provider.customer('approve');
  while ((await window.call('payment.current', {})) !== null) await sleep(10);
  const last = await window.call('receipt.last', {});
  const { posts } = await window.call('refund.of-receipt', { receiptId: last?.receiptId ?? '' });
  const [paid] = posts;
  await provider.delay(provider.wire.refund, 150);
  window.send('refund.start', { requestId: nextId(), postId: paid?.postId ?? '', amountMinor: paid?.leftMinor ?? 0, reason: 'Brought back' });
}

/** Brings the till to the moment, at this provider; what is in flight then is cut off. */
export async function upTo(moment: Moment, window: Window, provider: KilledProvider): Promise<void> {
  if (moment === 'completing') {
    void sellOn(window).catch(() => undefined);
    return sleep(Math.random() * 120);
  }
  if (moment === 'starting') await provider.delay(provider.wire.start, 150);
  window.send('payment.start', { requestId: nextId(), tenderId: provider.kind, amountMinor: await sell(window) });
  if (moment === 'starting') return sleep(Math.random() * 200);
  const attemptId = await untilWaiting(window);
  switch (moment) {
    case 'waiting':
      if (Math.random() < 0.6) await provider.customer('approve');
      return sleep(Math.random() * 1_300);
    case 'cancelling':
      await provider.customer('confirm');
      window.send('payment.cancel', { attemptId });
      return sleep(Math.random() * 300);
    case 'capturing': {
      await provider.delay(provider.wire.capture ?? '', 250);
      await provider.customer('approve');
      const endMs = Date.now() + 5_000;
      while ((await window.call('payment.current', {}))?.state === 'waiting' && Date.now() < endMs) await sleep(5);
      return sleep(Math.random() * 300);
    }
    case 'refunding':
      await refund(window, provider);
      return sleep(Math.random() * 250);
    default:
      return undefined;
  }
}
