import type { RefundView } from '../../contract/refunds.ts';
import { isFinished } from '../../core/payments/attempt.ts';
import type { Network } from './network.ts';
import type { SimulatedProvider } from './provider.ts';
import type { Random } from './random.ts';
import type { RunContext } from './run-context.ts';
import { codes, staffId } from './shop.ts';
import { Killed, type SimulatedTill } from './till.ts';

/** Customers with their phones, each with a plan of their own; and, where there may be some, customers of somebody else. */
export function letCustomersAct(run: RunContext, network: Network, provider: SimulatedProvider, registers: number): void {
  const random = run.random.stream('customers');
  network.onBegin((register, amountMinor) => {
    for (const { afterMs, act } of provider.customer(random, amountMinor)) {
      run.timeline.after(afterMs, () => {
        if (network.customer({ ...act, ref: provider.ref(register) }).ok) run.tell(`the customer at register ${register}: ${act.action}`);
      });
    }
  });
  if (!provider.foreigners) return;
  for (let times = random.below(4); times > 0; times -= 1) {
    const register = random.between(1, registers);
    run.timeline.after(random.between(500, 200_000), () => {
      if (!run.strikes('foreign-payment', random, 1)) return;
      if (network.customer({ action: 'foreign', ref: provider.ref(register), amountMinor: random.pick([199, 345, 1290]) }).ok) run.tell(`a copy of register ${register} begins a payment on its terminal`);
    });
  }
}

/** One cashier at one register, who takes so many payments and does what cashiers do meanwhile. */
export function createCashier(run: RunContext, till: SimulatedTill, network: Network, provider: SimulatedProvider, payments: number) {
  const random: Random = run.random.stream(`cashier-${till.register}`);
  let left = payments;
  let serial = 0;
  const proofs: string[] = [];
  const note = (line: string): void => run.tell(`register ${till.register}: ${line}`);

  async function signIn(): Promise<void> {
    while (!(await till.call('session.sign-in', { staffId, pin: '1111' })).ok) await till.sleep(500);
  }

  async function ring(): Promise<number> {
    for (let lines = random.between(1, 3); lines > 0; lines -= 1) await till.call('sale.add-code', { code: random.pick(codes), source: 'scan' });
    const sale = await till.call('sale.current', {});
    return sale.ok ? sale.value.totals.dueMinor : 0;
  }

  /** A manager who has looked at the provider's own pages. */
  async function decide(attemptId: string, take: boolean): Promise<void> {
    note(`${take ? 'book' : 'do not book'} what the provider says`);
    await till.call('payment.decide', { attemptId, take, note: 'Looked it up' });
  }

  /** Another payment was found in ours' place: it is ended, gone on with, or left. */
  async function found(attemptId: string): Promise<void> {
    const other = till.payment(attemptId)?.wait?.found;
    if (!other || random.chance(0.2)) return;
    const what = other.mayTakeOver && random.chance(0.5) ? 'take-over' : 'cancel';
    note(`${what} what waits at the provider`);
    const resolved = await till.call('payment.found', { attemptId, what, requestId: `found-${till.register}-${(serial += 1)}-${random.below(1e9)}` });
    if (resolved.ok) await attend(resolved.value.attemptId);
  }

  /** Waits with the customer until the payment has ended or the receipt is set aside. */
  async function attend(attemptId: string): Promise<void> {
    for (let looks = 0; looks < 400; looks += 1) {
      await till.sleep(random.between(200, 3_000));
      const view = till.payment(attemptId);
      if (!view) return;
      if (isFinished(view.state)) return found(attemptId);
      const { wait } = view;
      const doubt = !wait?.alarm && (view.state === 'outcome-unknown' || (wait?.problem ?? null) !== null);
      if (doubt && random.chance(0.08)) {
        note('carry the payment over');
        const carried = await till.call('payment.carry-over', { attemptId, note: 'Its provider is silent' });
        if (carried.ok) return;
      }
      if (wait?.alarm && view.state === 'outcome-unknown') {
        if (random.chance(0.3)) await decide(attemptId, wait.alarm.mayTake && random.chance(0.5));
      } else if (wait?.question === true && random.chance(0.5)) {
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
    else if (provider.proves) await payByProof(requestId, dueMinor);
    else {
      const amountMinor = amountOf(dueMinor);
      const input = { requestId, tenderId: tender, amountMinor, ...provider.way?.(random) };
      note(`${provider.kind} ${amountMinor} of ${dueMinor}${'way' in input ? ` by ${String(input.way)}` : ''}`);
      const started = await till.call('payment.start', input);
      // A finger that taps twice is one payment.
      if (random.chance(0.1)) await till.call('payment.start', input);
      if (started.ok && started.value.wait) await attend(started.value.attemptId);
    }
  }

  /** The customer has paid in an application and shows the proof; now and then the same one again, or one that is none. */
  async function payByProof(requestId: string, dueMinor: number): Promise<void> {
    const amountMinor = random.chance(0.3) ? random.between(1, dueMinor) : dueMinor;
    const paid = network.customer({ action: 'pay', ref: provider.ref(till.register), amountMinor });
    const proof = paid.ok ? String(paid['proof']) : '';
    if (proofs.length > 0 && random.chance(0.1)) {
      note('an old proof is shown again');
      await till.call('payment.start', { requestId: `${requestId}-old`, tenderId: provider.kind, amountMinor: 0, proof: random.pick(proofs) });
    }
    if (random.chance(0.05)) await till.call('payment.start', { requestId: `${requestId}-forged`, tenderId: provider.kind, amountMinor: 0, proof: proof.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')) });
    note(`a proof of ${amountMinor} of ${dueMinor}`);
    proofs.push(proof);
    await till.call('payment.start', { requestId, tenderId: provider.kind, amountMinor: 0, proof });
    if (random.chance(0.1)) await till.call('payment.start', { requestId, tenderId: provider.kind, amountMinor: 0, proof });
    const sale = await till.call('sale.current', {});
    const [held] = sale.ok ? sale.value.posts : [];
    if (!held?.removable || !random.chance(0.3)) return;
    note('the proof is taken off again');
    await till.call('payment.remove', { postId: held.id });
  }

  const told = (asks: object | null): { readonly identifier?: string } => (asks ? { identifier: '0401234567' } : {});
  const nextRefund = (): string => `refund-${till.register}-${(serial += 1)}-${random.below(1e9)}`;

  /** Gives something of a receipt's payment back, where that can be. */
  async function giveBack(receiptId: string): Promise<void> {
    const found = await till.call('refund.of-receipt', { receiptId });
    const post = found.ok ? found.value.posts.find((one) => one.not === null) : undefined;
    if (!post) return;
    const amountMinor = random.chance(0.5) || !post.partial ? post.leftMinor : random.between(1, post.leftMinor);
    note(`give back ${amountMinor} of ${post.leftMinor}`);
    await till.call('refund.start', { requestId: nextRefund(), postId: post.postId, amountMinor, reason: 'Brought back', ...told(post.asks) });
    await till.sleep(random.between(500, 8_000));
  }

  async function refund(): Promise<void> {
    const last = await till.call('receipt.last', {});
    if (last.ok && last.value) await giveBack(last.value.receiptId);
  }

  /** Somebody looks at the late money: it goes back, onto the receipt on the counter, to the manager, or is settled elsewhere. */
  async function lookAtTasks(): Promise<void> {
    const waiting = await till.call('task.list', { ended: false });
    const [task] = waiting.ok ? waiting.value : [];
    if (!task) return;
    const { taskId } = task;
    const mind = random.next();
    if (mind < 0.4) {
      note(`late money: give ${task.amountMinor} back`);
      await till.call('task.refund', { requestId: nextRefund(), taskId, note: 'Not ours', ...told(task.asks) });
    } else if (mind < 0.75) {
      const sale = await till.call('sale.current', {});
      if (!sale.ok || sale.value.receiptId === null) return;
      note(`late money: ${task.amountMinor} of it pays what is on the counter`);
      await till.call('task.attach', { taskId, receiptId: sale.value.receiptId, note: 'The customer is back' });
    } else if (mind < 0.9) await till.call('task.hand-over', { taskId, note: 'For the manager' });
    else await till.call('task.close', { taskId, note: 'Settled by hand' });
  }

  /** A refund in doubt is looked up at the provider and decided by what stands there. */
  async function decideRefund(doubt: RefundView, paidReference: string, others: readonly RefundView[]): Promise<void> {
    if (!doubt.needsDecision) return;
    const known = new Set(others.map((one) => one.providerReference));
    const given = network.ledger().some((one) => one.kind === 'refunded' && one.of === paidReference && one.amountMinor === doubt.amountMinor && !known.has(one.reference));
    await till.call('refund.decide', { refundId: doubt.refundId, given, note: 'Looked it up' });
  }

  /** Every refund in doubt, of receipts (completed, on the counter) and of late money. */
  async function decideRefunds(): Promise<void> {
    const receipts = await till.call('receipt.list', { text: '', limit: 100 });
    const sale = await till.call('sale.current', {});
    const onCounter = sale.ok && sale.value.receiptId !== null ? [sale.value.receiptId] : [];
    for (const receiptId of [...onCounter, ...(receipts.ok ? receipts.value.rows.map((row) => row.receiptId) : [])]) {
      const found = await till.call('refund.of-receipt', { receiptId });
      if (!found.ok) continue;
      for (const doubt of found.value.refunds) await decideRefund(doubt, found.value.posts.find((one) => one.postId === doubt.postId)?.reference ?? '', found.value.refunds);
    }
    const waiting = await till.call('task.list', { ended: false });
    for (const task of waiting.ok ? waiting.value : []) if (task.refund) await decideRefund(task.refund, task.reference, []);
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
    if (random.chance(0.08)) await lookAtTasks();
    if (state === 'paying' && random.chance(0.2) && sale.value.receiptId !== null) {
      await giveBack(sale.value.receiptId);
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
      if (current.ok && current.value?.wait?.alarm && current.value.state === 'outcome-unknown') {
        await decide(current.value.attemptId, false);
        await till.sleep(100);
      } else if (current.ok && current.value) {
        await till.call('payment.cancel', { attemptId: current.value.attemptId });
        await till.sleep(5_000);
      } else if (sale.value.lines.length > 0) {
        await decideRefunds();
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
    await till.sleep(provider.settledMs);
    await decideRefunds();
  }

  return { work, closeDay, taken: () => payments - left };
}
