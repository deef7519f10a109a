import { isFinished } from '../../core/payments/attempt.ts';
import type { Network } from './network.ts';
import type { SimulatedProvider } from './provider.ts';
import type { Random } from './random.ts';
import type { RunContext } from './run-context.ts';
import { codes, staffId } from './shop.ts';
import { Killed, type SimulatedTill } from './till.ts';

/** Customers with their phones: most pay, some refuse, dawdle, change their minds, or pay when nobody expects it any more. */
export function letCustomersAct(run: RunContext, network: Network, provider: SimulatedProvider): void {
  const random = run.random.stream('customers');
  network.onBegin((register) => {
    const ref = provider.ref(register);
    const act = (afterMs: number, action: string, more: object = {}): void => {
      run.timeline.after(afterMs, () => {
        if (network.customer({ action, ref, ...more })) run.tell(`the customer at register ${register}: ${action}`);
      });
    };
    const soon = random.between(300, 12_000);
    const mind = random.next();
    if (mind < 0.62) act(soon, 'approve');
    else if (mind < 0.7) act(soon, 'decline');
    else if (mind < 0.76) act(soon, 'approve', { money: 'refused' });
    else if (mind < 0.86) {
      act(soon, 'confirm');
      act(soon + random.between(500, 8_000), random.chance(0.7) ? 'approve' : 'cancel');
    } else if (mind < 0.94) act(random.between(25_000, 80_000), 'approve');
  });
}

/** One cashier at one register, who takes so many payments and does what cashiers do meanwhile. */
export function createCashier(run: RunContext, till: SimulatedTill, network: Network, provider: SimulatedProvider, payments: number) {
  const random: Random = run.random.stream(`cashier-${till.register}`);
  let left = payments;
  let serial = 0;
  const note = (line: string): void => run.tell(`register ${till.register}: ${line}`);

  async function signIn(): Promise<void> {
    await till.call('session.sign-in', { staffId, pin: '1111' });
  }

  async function ring(): Promise<number> {
    for (let lines = random.between(1, 3); lines > 0; lines -= 1) await till.call('sale.add-code', { code: random.pick(codes), source: 'scan' });
    const sale = await till.call('sale.current', {});
    return sale.ok ? sale.value.totals.dueMinor : 0;
  }

  /** Waits with the customer until the payment has ended or the receipt is set aside. */
  async function attend(attemptId: string): Promise<void> {
    for (let looks = 0; looks < 400; looks += 1) {
      await till.sleep(random.between(200, 3_000));
      const view = till.payment(attemptId);
      if (!view || isFinished(view.state)) return;
      const { wait } = view;
      if (wait?.question === true && random.chance(0.5)) {
        note('try again');
        await till.call('payment.again', { attemptId });
      } else if (wait?.cancelNot === null && random.chance(wait.question ? 0.5 : 0.03)) {
        note('cancel the payment');
        await till.call('payment.cancel', { attemptId });
      } else if (random.chance(0.02)) {
        note('set aside');
        await till.call('sale.set-aside', {});
        return;
      }
    }
  }

  function amountOf(dueMinor: number): number {
    const mind = random.next();
    if (mind < 0.2 && dueMinor > 10) return random.between(1, dueMinor - 1);
    return mind < 0.28 ? dueMinor + random.between(1, 3_000) : dueMinor;
  }

  async function pay(dueMinor: number): Promise<void> {
    serial += 1;
    const requestId = `request-${till.register}-${serial}-${random.below(1e9)}`;
    const mind = random.next();
    const tender = mind < 0.7 ? provider.kind : mind < 0.9 ? 'cash' : 'manual-card';
    const sale = await till.call('sale.current', {});
    if (!sale.ok) return;
    const cash = sale.value.totals.cashDueMinor;
    left -= 1;
    if (tender === 'cash') await till.call('payment.start', { requestId, tenderId: tender, amountMinor: cash, givenMinor: cash });
    else if (tender === 'manual-card') await till.call('payment.start', { requestId, tenderId: tender, amountMinor: dueMinor, reference: '4711' });
    else {
      const amountMinor = amountOf(dueMinor);
      const input = { requestId, tenderId: tender, amountMinor };
      note(`${provider.kind} ${amountMinor} of ${dueMinor}`);
      const started = await till.call('payment.start', input);
      // A finger that taps twice is one payment.
      if (random.chance(0.1)) await till.call('payment.start', input);
      if (started.ok && started.value.wait) await attend(started.value.attemptId);
    }
  }

  /** Gives something of the last receipt back, and looks at the provider's own pages where only that helps. */
  async function refund(): Promise<void> {
    const last = await till.call('receipt.last', {});
    if (!last.ok || !last.value) return;
    const found = await till.call('refund.of-receipt', { receiptId: last.value.receiptId });
    if (!found.ok) return;
    const post = found.value.posts.find((one) => one.not === null);
    if (!post) return;
    const amountMinor = random.chance(0.5) ? post.leftMinor : random.between(1, post.leftMinor);
    note(`give back ${amountMinor} of ${post.leftMinor}`);
    await till.call('refund.start', { requestId: `refund-${till.register}-${(serial += 1)}-${random.below(1e9)}`, postId: post.postId, amountMinor, reason: 'Brought back' });
    await till.sleep(random.between(500, 8_000));
  }

  /** Every refund in doubt is looked up at the provider and decided by what stands there. */
  async function decideRefunds(): Promise<void> {
    const receipts = await till.call('receipt.list', { text: '', limit: 100 });
    for (const { receiptId } of receipts.ok ? receipts.value.rows : []) {
      const found = await till.call('refund.of-receipt', { receiptId });
      if (!found.ok) continue;
      for (const doubt of found.value.refunds.filter((one) => one.needsDecision)) {
        const payment = found.value.posts.find((one) => one.postId === doubt.postId);
        const told = new Set(found.value.refunds.map((one) => one.providerReference));
        const given = network.ledger().some((one) => one.kind === 'refunded' && one.of === payment?.reference && one.amountMinor === doubt.amountMinor && !told.has(one.reference));
        await till.call('refund.decide', { refundId: doubt.refundId, given, note: 'Looked it up' });
      }
    }
  }

  async function serve(): Promise<void> {
    const current = await till.call('payment.current', {});
    if (current.ok && current.value) return attend(current.value.attemptId);
    const sale = await till.call('sale.current', {});
    if (!sale.ok) return undefined;
    const { state, lines, totals, aside } = sale.value;
    const [waiting] = aside;
    if (waiting && lines.length === 0 && random.chance(0.6)) {
      note('bring back');
      await till.call('sale.bring-back', { receiptId: waiting.receiptId });
      return undefined;
    }
    if (lines.length > 0 && state === 'open' && random.chance(0.05)) {
      await till.call('sale.void', { reason: 'The customer left' });
      return undefined;
    }
    const due = lines.length === 0 ? await ring() : totals.dueMinor;
    if (due > 0) await pay(due);
    if (random.chance(0.12)) await refund();
    return undefined;
  }

  /** Works through the day, life after life of the till. */
  async function work(): Promise<void> {
    for (let rounds = 0; left > 0 && rounds < 500; rounds += 1) {
      try {
        if (!till.up()) till.start();
        await signIn();
        while (left > 0) {
          await serve();
          await till.sleep(random.between(100, 2_000));
        }
      } catch (error) {
        if (!(error instanceof Killed)) throw error;
        await new Promise<void>((resolve) => void run.timeline.after(random.between(200, 45_000), resolve));
      }
    }
  }

  /** The day is over and all is quiet: what still waits is cancelled, what is in doubt is looked up. */
  async function closeDay(): Promise<void> {
    if (!till.up()) till.start();
    await signIn();
    for (let rounds = 0; rounds < 60; rounds += 1) {
      const current = await till.call('payment.current', {});
      const sale = await till.call('sale.current', {});
      if (!sale.ok) continue;
      if (current.ok && current.value) {
        await till.call('payment.cancel', { attemptId: current.value.attemptId });
        await till.sleep(5_000);
      } else if (sale.value.lines.length > 0) {
        const due = sale.value.totals.cashDueMinor;
        await till.call('payment.start', { requestId: `close-${till.register}-${(serial += 1)}`, tenderId: 'cash', amountMinor: due, givenMinor: Math.max(0, due) });
        await till.sleep(100);
      } else {
        const [waiting] = sale.value.aside;
        if (!waiting) break;
        await till.call('sale.bring-back', { receiptId: waiting.receiptId });
        await till.sleep(100);
      }
    }
    // Longer than the slowest customer, the slowest request and any provider's own clock.
    await till.sleep(300_000);
    await decideRefunds();
  }

  return { work, closeDay, taken: () => payments - left };
}
