import { askedInVain, awaitedInfo, isInfoDue, type AwaitedInfo } from '../../core/payments/customer-info.ts';
import type { CustomerInfoAnswer } from '../../core/payments/provider.ts';
import { isoInstant } from '../../core/time.ts';
import { journalEntry, type ShopContext } from '../context.ts';
import type { Links } from '../payments/links.ts';
import { startBackground, type Life } from './background.ts';
import { infoSettingsOf } from './info-settings.ts';
import { questionOf, type AppPayment } from './paid-by-app.ts';

/** Asks providers for what customers agreed to tell, where the shop wants to keep it, and deletes what is old. */
export type CustomerInfos = {
  /** Attempts of a sale that are asked about; none where the shop keeps nothing. */
  wanted(payments: readonly AppPayment[]): readonly string[];
  /** Writes down that they are; in the transaction that completes the sale. */
  await(attemptIds: readonly string[]): void;
  wake(): void;
  close(): Promise<void>;
};

const dayMs = 24 * 60 * 60_000;
/** How often it is looked for what is old. */
const sweepEveryMs = 6 * 60 * 60_000;

/** `links` are the shop's own, also while somebody trains. */
export function createCustomerInfos(context: ShopContext, links: Links): CustomerInfos {
  const { stores, clock, log, register, bus, secrets } = context;
  const { customerInfos } = stores;
  let sweptMs: number | null = null;

  function sweep(): void {
    sweptMs = clock.nowMs();
    const before = isoInstant(sweptMs - infoSettingsOf(context).days * dayMs);
    const deleted = customerInfos.deleteBefore(before, (count) => [journalEntry(context, null, 'customer-info-deleted', { by: 'age', count })]);
    if (deleted > 0) bus.publish('customer-info.changed', { receiptId: null });
  }

  async function ask({ attemptId }: AwaitedInfo): Promise<CustomerInfoAnswer> {
    const question = questionOf(context, links, attemptId);
    if (!question?.provider.customerInfo) return { ok: false, problem: { code: 'not-configured' } };
    const { attempt, order, provider, link } = question;
    return (await provider.customerInfo?.(link, order, attempt.data)) ?? { ok: true, info: null };
  }

  async function askOne(awaited: AwaitedInfo, life: Life): Promise<void> {
    // The reason of a failure could hold what was told: only its kind is ever said.
    const answer = await ask(awaited).catch((error: unknown): CustomerInfoAnswer => {
      log.error('a customer could not be asked about', { attempt: awaited.attemptId, error: error instanceof Error ? error.name : 'unknown' });
      return { ok: false, problem: { code: 'protocol' } };
    });
    if (life.closed()) return;
    // The shop may have changed its mind, or somebody deleted all of it, while the provider was asked.
    const stillWanted = infoSettingsOf(context).keepCustomerInfo && customerInfos.awaited(register.id).some(({ attemptId }) => attemptId === awaited.attemptId);
    if (!stillWanted) return customerInfos.dropAwaited(awaited.attemptId);
    if (answer.ok && answer.info) return keep(awaited.attemptId, JSON.stringify(answer.info));
    if (!answer.ok) log.info('a provider did not tell of a customer', { attempt: awaited.attemptId, problem: answer.problem.code });
    const later = askedInVain(awaited, clock.nowMs());
    return later ? customerInfos.saveAwaited(later) : customerInfos.dropAwaited(awaited.attemptId);
  }

  function keep(attemptId: string, told: string): void {
    customerInfos.keep({ attemptId, sealed: secrets.seal(told), at: isoInstant(clock.nowMs()) });
    bus.publish('customer-info.changed', { receiptId: stores.sales.attempt(attemptId)?.receiptId ?? null });
  }

  async function round(life: Life): Promise<void> {
    if (sweptMs === null || Math.abs(clock.nowMs() - sweptMs) >= sweepEveryMs) sweep();
    const next = (): AwaitedInfo | undefined => (life.ending() || context.training() ? undefined : customerInfos.awaited(register.id).find((one) => isInfoDue(one, clock.nowMs())));
    for (let due = next(); due; due = next()) await askOne(due, life);
  }

  function nextAtMs(): number | null {
    const [first] = customerInfos.awaited(register.id);
    const sweepAtMs = sweptMs === null ? clock.nowMs() : sweptMs + sweepEveryMs;
    // Requests go to sandboxes only while somebody trains.
    if (!first || context.training()) return customerInfos.count() > 0 || first ? sweepAtMs : null;
    return Math.min(sweepAtMs, Date.parse(first.nextTryAt));
  }

  const background = startBackground(context, { name: 'what customers told', nextAtMs, round });

  return {
    wanted: (payments) => (infoSettingsOf(context).keepCustomerInfo ? payments.filter(({ provider }) => provider.customerInfo !== undefined).map(({ attemptId }) => attemptId) : []),
    await(attemptIds) {
      for (const attemptId of attemptIds) customerInfos.saveAwaited(awaitedInfo({ attemptId, registerId: register.id }, clock.nowMs()));
    },
    wake: background.wake,
    close: background.close,
  };
}
