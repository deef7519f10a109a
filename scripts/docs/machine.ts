import type { AttemptState, PaymentAlarm } from '../../src-main/contract/payment.ts';
import { minor } from '../../src-main/core/money.ts';
import { isFinished } from '../../src-main/core/payments/attempt.ts';
import { learn, type Act, type Asking, type Learned } from '../../src-main/core/payments/machine.ts';
import type { ProviderAnswer } from '../../src-main/core/payments/provider.ts';
import { withoutProvider, type Attempt } from '../../src-main/core/sales/model.ts';

/*
 * Draws the life of a payment out of the code itself: everything that can be learned in every state is tried on the machine, and
 * what comes of it is the table of docs/payments.md. A test compares the two.
 */
const attempt = (fields: Partial<Attempt>): Attempt => ({
  ...withoutProvider, id: 'a', receiptId: 'r', requestId: 'q', tenderId: 't', tenderKind: 't', state: 'intended', amountMinor: minor(100), currency: 'EUR',
  givenMinor: minor(0), changeMinor: minor(0), roundingMinor: minor(0), reference: 'ours', createdAt: 't', updatedAt: 't', ...fields,
});
const claim = { data: {}, reference: 'theirs', amountMinor: minor(100), currency: 'EUR' } as const;
const alarm: PaymentAlarm = { kind: 'amount', reference: 'theirs', amountMinor: 99, currency: 'EUR', tipMinor: 0, ownReference: '' };

/** Questions whose answers differ in what they are worth. */
const askings: readonly Asking[] = ['start', 'ready', 'poll', 'cancel', 'capture', 'release'];

const answers: readonly (readonly [string, ProviderAnswer])[] = [
  ['prepared', { kind: 'prepared', data: {} }],
  ['waiting', { kind: 'waiting', data: {}, cancellable: true }],
  ['approved', { kind: 'approved', ...claim }],
  ['approved, but not as asked', { kind: 'approved', ...claim, amountMinor: minor(99) }],
  ['paid', { kind: 'paid', ...claim }],
  ['paid, but not as asked', { kind: 'paid', ...claim, amountMinor: minor(99) }],
  ['cancelled', { kind: 'ended', state: 'cancelled', data: {} }],
  ['declined', { kind: 'ended', state: 'declined', data: {} }],
  ['expired', { kind: 'ended', state: 'expired', data: {} }],
  ['released', { kind: 'ended', state: 'released', data: {} }],
  ['reversed', { kind: 'ended', state: 'reversed', data: {} }],
  ['another payment is in its place', { kind: 'occupied', problem: { code: 'conflict' }, found: { reference: 'x', ownReference: '', amountMinor: null, data: {} } }],
  ['refused, or not known there', { kind: 'refused', problem: { code: 'rejected' } }],
  ['no answer', { kind: 'unknown', problem: { code: 'unreachable' } }],
];

const events: readonly (readonly [string, Learned])[] = [
  ['it is written down', { kind: 'begin' }],
  ['the cashier cancels', { kind: 'cancel-asked' }],
  ['the provider’s time is over', { kind: 'overdue' }],
  ['the capture is about to be sent', { kind: 'sending', act: 'capture' }],
  ['the release is about to be sent', { kind: 'sending', act: 'release' }],
  ['the program is started again', { kind: 'found' }],
];

type State = { readonly name: string; readonly fields: Partial<Attempt>; /** What can be asked, or happen, in it. */ readonly of: readonly Asking[]; readonly learns: readonly string[] };

const again = 'the program is started again';
const states: readonly State[] = [
  { name: 'intended', fields: { state: 'intended' }, of: [], learns: ['it is written down', again] },
  { name: 'starting', fields: { state: 'starting' }, of: ['start', 'ready'], learns: ['the cashier cancels', again] },
  { name: 'outcome-unknown', fields: { state: 'outcome-unknown' }, of: ['poll'], learns: ['the cashier cancels', again] },
  { name: 'outcome-unknown, alarmed', fields: { state: 'outcome-unknown', alarm }, of: ['poll'], learns: ['the cashier cancels', again] },
  { name: 'waiting', fields: { state: 'waiting' }, of: ['poll'], learns: ['the cashier cancels', 'the provider’s time is over', again] },
  { name: 'cancelling', fields: { state: 'cancelling', cancelAsked: true }, of: ['cancel', 'poll'], learns: [again] },
  { name: 'approved', fields: { state: 'approved' }, of: [], learns: ['the capture is about to be sent', 'the release is about to be sent', 'the cashier cancels', again] },
  { name: 'capturing', fields: { state: 'capturing' }, of: ['capture', 'poll'], learns: [again] },
  { name: 'releasing', fields: { state: 'releasing' }, of: ['release', 'poll'], learns: [again] },
];

/** Answers that a question can't have. */
function possible(of: Asking, answer: ProviderAnswer): boolean {
  if (answer.kind === 'prepared') return of === 'start' || of === 'poll';
  if (answer.kind === 'occupied') return of === 'start';
  if (answer.kind === 'approved') return of !== 'ready';
  return true;
}

const thenOf = (act: Act | null): string => (act === null || act === 'confirm' ? '' : act === 'poll' ? 'asks at once' : `sends ${act}`);

type Row = { readonly from: string; readonly on: string; readonly to: string; readonly act: string };

function rowOf(state: State, on: string, learned: Learned): Row | null {
  const before = attempt(state.fields);
  const { attempt: after, act } = learn(before, learned, 'now');
  const alarmed = after.alarm !== null && after.state !== 'approved' && !isFinished(after.state);
  const to: string = `${after.state}${alarmed ? ', alarmed' : ''}`;
  const then = thenOf(act);
  // What changes nothing and leads to nothing is asked again at the provider's pace: no transition.
  return to === state.name && then === '' ? null : { from: state.name, on, to, act: then };
}

function rowsOf(state: State): readonly Row[] {
  const learned: (readonly [string, Learned])[] = state.learns.map((name) => [name, events.find(([one]) => one === name)?.[1] ?? { kind: 'again' }]);
  for (const of of askings.filter((one) => state.of.includes(one))) {
    for (const [name, answer] of answers) if (possible(of, answer)) learned.push([`${of}: ${name}`, { kind: 'answer', of, answer }]);
  }
  return learned.map(([on, what]) => rowOf(state, on, what)).filter((row) => row !== null);
}

/** Rows with the same outcome become one. */
function merged(rows: readonly Row[]): readonly Row[] {
  const by = new Map<string, Row>();
  for (const row of rows) {
    const key = `${row.from} ${row.to} ${row.act}`;
    const known = by.get(key);
    by.set(key, known ? { ...known, on: `${known.on}; ${row.on}` } : row);
  }
  return [...by.values()];
}

/** The whole table as Markdown. */
export function machineTable(): string {
  const rows = states.flatMap((state) => merged(rowsOf(state)));
  return ['| in | when | becomes | and |', '| --- | --- | --- | --- |', ...rows.map(({ from, on, to, act }) => `| ${from} | ${on} | ${to} | ${act} |`)].join('\n');
}

/** Every state that the machine knows; each is in the drawing or an end. */
export const drawnStates: ReadonlySet<AttemptState> = new Set(states.map(({ fields }) => fields.state ?? 'intended'));
