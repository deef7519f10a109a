import { fail, ok, type Result } from '../../contract/errors.ts';
import type { TrainingView } from '../../contract/training.ts';
import { isFinished } from '../../core/payments/attempt.ts';
import type { PaymentProvider, ProviderLink } from '../../core/payments/provider.ts';
import { isBegun } from '../../core/sales/totals.ts';
import { voidReceipt } from '../../core/sales/changes.ts';
import type { Attempt, Receipt } from '../../core/sales/model.ts';
import { journalEntry, nowIso, type ShopContext } from '../context.ts';
import type { Counter } from '../counter.ts';
import type { CallsOf, Handlers } from '../handlers.ts';
import { notConfigured, type Links } from '../payments/links.ts';
import type { Session } from '../session.ts';
import { startTrainingSandboxes, trainingLink, trainingProvider, type TrainingSandboxes } from './sandboxes.ts';

/** The way to the providers' sandboxes: while training is on, requests go to these origins and nowhere else. */
export type TrainingGate = { allowOnly(origins: readonly string[] | null): void };

/** What a time of training has. */
type Exercise = { readonly links: ReadonlyMap<string, ProviderLink>; readonly providers: ReadonlyMap<string, PaymentProvider>; readonly view: TrainingView; readonly sandboxes: TrainingSandboxes; readonly stopClock: () => void };

/** Whether training is on and what it has; known before the services that it is a part of. */
export type TrainingState = { exercise: Exercise | null };

const setting = 'training';
/** Nobody trains longer in one go; a forgotten training does not swallow a morning's sales. */
const longestMs = 3_600_000;

/** Links that lead to the sandboxes while training is on. Attempts name no real account and no real terminal then. */
export function trainingLinks(real: Links, state: TrainingState): Links {
  return {
    ...real,
    provider: (kind) => state.exercise?.providers.get(kind) ?? real.provider(kind),
    account: (kind) => (state.exercise ? null : real.account(kind)),
    terminal: (kind) => (state.exercise ? null : real.terminal(kind)),
    link: (kind, terminalId) => (state.exercise ? (state.exercise.links.get(kind) ?? null) : real.link(kind, terminalId)),
    missing: (kind) => (state.exercise ? (state.exercise.links.has(kind) ? null : 'account') : real.missing(kind)),
  };
}

/** Calls that may be made while training is on; every other one is about the real shop. */
const allowed = /^(?:app\.hello|shop\.vat-rates|settings\.save|session\..*|staff\.list|sale\.(?!park$|parked$|resume$).*|payment\.(?!carry-over$).*|receipt\.(?:list|last|paper|print|pdf)|refund\.of-receipt|task\.list|shift\.current|report\..*|giving\.leave|return\.unfinished|article\.(?:search|ask-price|quick-keys|count|groups)|provider\.list|accounting\.(?:plan|export)|customer\..*|dev\..*|training\..*)$/;

type EndedBy = 'person' | 'sign-out' | 'lock' | 'time' | 'program';

/** An unfinished exercise, as it is put away: no receipt of it stays open, and no payment of it is asked about again. */
const putAway = (receipt: Receipt): Receipt => ({ ...receipt, state: 'voided', voidReason: 'training', aside: false, revision: receipt.revision + 1 });

/** A training that the program's end cut off is over before anything else happens: nothing of it ever reaches a real provider. */
export function endLeftTraining(context: ShopContext): void {
  const { stores, register } = context;
  if (stores.shop.setting(setting) !== 'on') return;
  const current = stores.sales.current(register.id);
  const left = [...(current ? [current] : []), ...stores.sales.aside(register.id)].filter(({ kind }) => kind === 'training');
  const attempts = stores.sales.unfinishedAttempts(register.id);
  stores.transaction(() => {
    for (const receipt of left) {
      const over = attempts.filter((one) => one.receiptId === receipt.id).map((one): Attempt => ({ ...one, state: 'expired', problem: notConfigured, updatedAt: nowIso(context) }));
      const entry = journalEntry(context, receipt.staffId, 'receipt-voided', { reason: 'training', training: true }, receipt.id);
      stores.sales.commit({ receipt: putAway(receipt), expectRevision: receipt.revision, lines: [], attempts: over, newPosts: [], refunds: [], tasks: [], assignNumber: false, journal: [entry] });
    }
    stores.shop.setSetting(setting, 'off');
    stores.journal.append([journalEntry(context, null, 'training-off', { by: 'program' })]);
  });
}

type Parts = { readonly session: Session; readonly counter: Counter; readonly links: Links; readonly gate: TrainingGate | null; readonly giveUp: (attemptId: string) => void };

/** Training in a real shop (C-11): apart from the books, against sandboxes, and over with the person who began it. */
export function createTraining(context: ShopContext, state: TrainingState, { session, counter, links, gate, giveUp }: Parts) {
  const { stores, register, bus } = context;

  /** Real receipts, returns, payments and refunds are finished first: nobody looks after them while requests go to sandboxes only. */
  function inTheWay(): boolean {
    const receipt = counter.onCounter();
    return (receipt !== null && isBegun(receipt)) || [counter.view().aside, stores.sales.unfinishedAttempts(register.id), stores.refunds.unfinished(register.id), stores.returns.unfinished(register.id)].some((some) => some.length > 0);
  }

  /** A receipt without anything on it would be a real one in training, or the other way round. */
  function clearCounter(): void {
    const receipt = counter.onCounter();
    if (!receipt) return;
    const voided = voidReceipt(receipt, 'empty');
    if (voided.ok) counter.commit({ receipt: voided.value.receipt, journal: [journalEntry(context, session.staffId(), 'receipt-voided', { reason: 'empty' }, receipt.id)] });
  }

  async function prepare(sandboxes: TrainingSandboxes): Promise<Pick<Exercise, 'links' | 'providers'>> {
    const around = { register: { number: register.number, name: register.name }, shopName: context.shop().name, currency: context.shop().currency, randomHex: context.randomHex };
    const found = new Map<string, ProviderLink>();
    const providers = new Map<string, PaymentProvider>();
    const serial = context.randomHex(4);
    for (const provider of links.all()) {
      const { kind } = provider.capabilities;
      const address = sandboxes.addresses[kind];
      const link = address ? await trainingLink(provider, address, around) : null;
      if (link) found.set(kind, link);
      const exercised = link ? (provider.forAccount?.(link.account.settings, link.currency) ?? provider) : provider;
      providers.set(kind, trainingProvider(exercised, serial));
    }
    return { links: found, providers };
  }

  function changed(): void {
    bus.publish('shop.changed', {});
    counter.refresh();
  }

  async function start(approval: string | undefined): Promise<Result<TrainingView>> {
    if (state.exercise) return ok(state.exercise.view);
    if (inTheWay() || !gate) return fail('training-not-yet');
    const may = session.authorise('training', approval);
    if (!may.ok) return may;
    const staffId = session.staffId();
    const sandboxes = await startTrainingSandboxes();
    gate.allowOnly(Object.values(sandboxes.addresses).map(({ baseUrl }) => new URL(baseUrl).origin));
    const refuse = async (): Promise<Result<never>> => {
      gate.allowOnly(null);
      await sandboxes.close();
      return fail('training-not-yet');
    };
    const prepared = await prepare(sandboxes).catch(() => null);
    // Somebody may have gone on selling, or have left, while the sandboxes started.
    if (!prepared || inTheWay() || session.state().staff?.id !== staffId || session.state().locked) return refuse();
    clearCounter();
    const view = { phones: Object.entries(sandboxes.addresses).map(([kind, { phone }]) => ({ kind, page: phone })) };
    stores.transaction(() => {
      stores.shop.setSetting(setting, 'on');
      stores.journal.append([journalEntry(context, staffId, 'training-on', { approvedBy: may.value.approvedBy })]);
    });
    const stopClock = context.clock.after(longestMs, () => end('time'));
    state.exercise = { ...prepared, view, sandboxes, stopClock };
    changed();
    return ok(view);
  }

  function end(by: EndedBy): void {
    const { exercise } = state;
    if (!exercise) return;
    for (const attempt of stores.sales.unfinishedAttempts(register.id)) if (!isFinished(attempt.state)) giveUp(attempt.id);
    const onCounter = counter.onCounter();
    const left = [...(onCounter ? [onCounter] : []), ...counter.view().aside.flatMap(({ receiptId }) => counter.aside(receiptId) ?? [])];
    for (const receipt of left) {
      if (receipt.kind === 'training') counter.commit({ receipt: putAway(receipt), journal: [journalEntry(context, receipt.staffId, 'receipt-voided', { reason: 'training' }, receipt.id)] });
    }
    stores.transaction(() => {
      stores.shop.setSetting(setting, 'off');
      stores.journal.append([journalEntry(context, session.state().staff?.id ?? null, 'training-off', { by })]);
    });
    state.exercise = null;
    exercise.stopClock();
    gate?.allowOnly(null);
    void exercise.sandboxes.close().catch((error: unknown) => context.log.warn('a sandbox did not close', { error: String(error) }));
    changed();
  }

  /** Training is over before a person leaves, and before another one comes. */
  function leaving(): Pick<Handlers, 'session.sign-out' | 'session.lock' | 'session.sign-in'> {
    const { handlers } = session;
    return {
      'session.sign-out': (input) => {
        end('sign-out');
        return handlers['session.sign-out'](input);
      },
      'session.lock': (input) => {
        end('lock');
        return handlers['session.lock'](input);
      },
      'session.sign-in': async (input) => {
        if (session.state().staff?.id !== input.staffId) end('sign-out');
        return handlers['session.sign-in'](input);
      },
    };
  }

  /** Why a call may not be made now: it is about the real shop while training is on, or about an exercise while it is off. */
  function refuses(name: string, input: unknown): Result<never> | null {
    const on = state.exercise !== null;
    if (on && !allowed.test(name)) return fail('not-in-training');
    if (name !== 'receipt.print' && name !== 'receipt.pdf') return null;
    const { receiptId } = input as { readonly receiptId: string };
    const exercise = stores.sales.load(receiptId)?.kind === 'training';
    if (exercise === on) return null;
    return fail(on ? 'not-in-training' : 'training-receipt');
  }

  type Handler = (input: unknown) => unknown;
  const guard = (all: Handlers): Handlers =>
    Object.fromEntries(Object.entries(all as unknown as Readonly<Record<string, Handler>>).map(([name, handle]) => [name, (input: unknown) => refuses(name, input) ?? handle(input)])) as unknown as Handlers;

  const handlers: Handlers<CallsOf<'training'>> = {
    'training.start': ({ approval }) => start(approval),
    'training.end': () => {
      end('person');
      return ok({});
    },
  };
  return { handlers, leaving, guard, end };
}
