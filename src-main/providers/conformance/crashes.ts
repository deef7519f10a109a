import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { handsOf, type Hands } from '../../testing/hands.ts';
import { clearCounter, sellOne } from '../../testing/payments.ts';
import { openTill } from '../../testing/till.ts';
import { startTillProcess, type TillProcess } from '../../testing/till-process.ts';
import type { Conformant } from './customer.ts';

type Step = keyof Conformant['wire'];

async function asked(hands: Hands, operation: string, times: number): Promise<void> {
  const endMs = Date.now() + 10_000;
  while ((await hands.asked(operation)) < times) {
    if (Date.now() > endMs) throw new Error(`${operation} was never asked for`);
    await new Promise((resolve) => setTimeout(resolve, 3));
  }
}

/**
 * Kills the till in the middle of each step of a payment, once before the provider has carried it out and once after,
 * opens it again and holds what stands there against the provider's ledger. Called inside a `describe`.
 */
export function survivesCrashes(provider: Conformant): void {
  const dataDir = mkdtempSync(join(tmpdir(), 'kassa-conformance-'));
  const steps: readonly (readonly [Step, string])[] = Object.entries(provider.wire).flatMap(([step, operation]) => (operation === null ? [] : [[step as Step, operation] as const]));

  beforeAll(async () => {
    const till = await openTill({ dataDir });
    await provider.prepare(till);
    await till.close();
  });
  afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

  /** Brings a payment up to the step and sends what is in flight when the plug is pulled. */
  async function upTo(step: Step, operation: string, kind: string, till: TillProcess, hands: Hands): Promise<void> {
    const arm = async (): Promise<number> => {
      await hands.fault(kind, operation, { value: 30_000 });
      return (await hands.asked(operation)) + 1;
    };
    const start = async (): Promise<string> => {
      const { attemptId } = await till.call('payment.start', { requestId: `crash-${Date.now()}`, tenderId: provider.kind, amountMinor: await sellOne(till) });
      return attemptId;
    };
    if (step === 'start') {
      const times = await arm();
      await start();
      return asked(hands, operation, times);
    }
    const attemptId = await start();
    await asked(hands, provider.wire.poll, (await hands.asked(provider.wire.poll)) + 1);
    const times = await arm();
    if (step === 'cancel') till.send('payment.cancel', { attemptId });
    else await hands.phone(provider.acts.approve);
    return asked(hands, operation, times);
  }

  /** Every payment has ended, each is on one receipt, and both sides agree on what was taken. */
  async function bothSidesAgree(): Promise<void> {
    const till = await openTill({ dataDir });
    try {
      await provider.signIn(till);
      const hands = handsOf(() => till.app.sandboxes()[provider.kind]?.control ?? '', provider.ref);
      // A payment that was still waiting is now declined by its customer, where there is one.
      const endMs = Date.now() + 25_000;
      for (;;) {
        await hands.phone(provider.acts.decline);
        const sale = await till.sale();
        if (sale.state === 'open' && (await till.call('payment.current', {})) === null) break;
        if (Date.now() > endMs) throw new Error(`a payment never ended: ${JSON.stringify(await till.call('payment.current', {}))}`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      const { rows } = await till.call('receipt.list', { text: '', limit: 100 });
      const own = rows.filter((row) => row.tenders.includes(provider.kind));
      const papers = await Promise.all(own.map(async ({ receiptId }) => JSON.stringify(await till.call('receipt.paper', { receiptId }))));
      const ledger = await hands.ledger();
      for (const { reference } of ledger) expect(papers.filter((paper) => paper.includes(reference))).toHaveLength(1);
      expect(rows.map((row) => row.number).sort((a, b) => a - b)).toEqual(rows.map((_, index) => index + 1));
      expect(ledger).toHaveLength(own.length);
      await clearCounter(till);
    } finally {
      await till.close();
    }
  }

  /** The part has gone back once, and its receipt carries nothing of it. */
  async function partIsBack(paidMinor: number): Promise<void> {
    const till = await openTill({ dataDir });
    try {
      await provider.signIn(till);
      const hands = handsOf(() => till.app.sandboxes()[provider.kind]?.control ?? '', provider.ref);
      const endMs = Date.now() + 15_000;
      while ((await till.sale()).state !== 'open') {
        if (Date.now() > endMs) throw new Error(`the part never went back: ${JSON.stringify((await till.sale()).posts)}`);
        await new Promise((resolve) => setTimeout(resolve, 30));
      }
      expect(await till.sale()).toMatchObject({ posts: [], totals: { paidMinor: 0 } });
      const ledger = await hands.ledger();
      const taken = ledger.findLast((one) => one.kind === 'captured');
      expect(ledger.filter((one) => one.kind === 'refunded' && one.of === taken?.reference).map((one) => one.amountMinor)).toEqual([paidMinor]);
      await till.call('sale.void', { reason: 'They left' });
    } finally {
      await till.close();
    }
  }

  for (const [step, operation] of steps) {
    for (const [when, kind] of [['before the provider has carried it out', 'delay'], ['after the provider has carried it out', 'drop-answer']] as const) {
      test(`PAY-I3 PAY-I4 killed in ${step}, ${when}: nothing is lost or doubled`, async () => {
        const till = await startTillProcess(dataDir);
        const hands = handsOf(() => till.sandboxes[provider.kind]?.control ?? '', provider.ref);
        await provider.signIn(till);
        await upTo(step, operation, kind, till, hands);
        await till.kill();
        await bothSidesAgree();
      }, 60_000);
    }
  }

  // Last: what has gone back is on no paper that the others look for.
  for (const [when, kind] of provider.refund ? ([['before the provider has carried it out', 'delay'], ['after the provider has carried it out', 'drop-answer']] as const) : []) {
    test(`PAY-I3 PAY-I8 killed while a part payment goes back, ${when}: it is given back once`, async () => {
      const till = await startTillProcess(dataDir);
      const hands = handsOf(() => till.sandboxes[provider.kind]?.control ?? '', provider.ref);
      await provider.signIn(till);
      const paidMinor = (await sellOne(till)) - 100;
      const { tenders } = await till.call('sale.current', {});
      if (tenders.find((one) => one.kind === provider.kind)?.lessThanDue !== true) return till.close();
      const before = await hands.asked(provider.wire.poll);
      await till.call('payment.start', { requestId: `part-${Date.now()}`, tenderId: provider.kind, amountMinor: paidMinor });
      await asked(hands, provider.wire.poll, before + 1);
      await hands.phone(provider.acts.approve);
      let post: { readonly id: string } | undefined;
      for (const endMs = Date.now() + 9_000; !post && Date.now() < endMs; ) [post] = (await till.call('sale.current', {})).posts;
      const operation = provider.refund?.operation ?? '';
      const times = (await hands.asked(operation)) + 1;
      await hands.fault(kind, operation, { value: 30_000 });
      till.send('refund.start', { requestId: `back-${Date.now()}`, postId: post?.id ?? '', amountMinor: paidMinor, reason: 'They left', ...(provider.refund?.identifier === undefined ? {} : { identifier: provider.refund.identifier }) });
      await asked(hands, operation, times);
      await till.kill();
      await partIsBack(paidMinor);
    }, 60_000);
  }
}
