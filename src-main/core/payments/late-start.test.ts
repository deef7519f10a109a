import { expect, test } from 'vitest';
import { minor } from '../money.ts';
import { withoutProvider, type Attempt } from '../sales/model.ts';
import { lateStart } from './late-start.ts';
import { checkProvider, type PaymentProvider, type ProviderAnswer } from './provider.ts';

const attempt = (fields: Partial<Attempt> = {}): Attempt => ({
  ...withoutProvider, id: 'a', receiptId: 'r', requestId: 'q', tenderId: 'x', tenderKind: 'x', state: 'outcome-unknown', amountMinor: minor(100), currency: 'EUR',
  givenMinor: minor(0), changeMinor: minor(0), roundingMinor: minor(0), reference: 'ref', createdAt: 't0', updatedAt: 't0', ...fields,
});
const unknownThere: ProviderAnswer = { kind: 'refused', problem: { code: 'rejected' } };
const by = (fields: object = {}, can: object = {}) => ({ capabilities: { retry: 'same-reference' as const, lateStartMs: 60_000, ...can }, ownedForMs: 1_000, found: false, ...fields });

test('PAY-I4 a start that may still arrive is sent again where that is the same payment, and waited for elsewhere', () => {
  expect(lateStart(attempt(), 'poll', unknownThere, by())).toBe('again');
  expect(lateStart(attempt(), 'poll', unknownThere, by({}, { retry: 'ask-first' }))).toBe('wait');
  // That the answer was lost could not even be written down.
  expect(lateStart(attempt({ state: 'starting' }), 'poll', unknownThere, by())).toBe('again');
});

test('a refusal of one that was sent once more says nothing of the first one', () => {
  expect(lateStart(attempt(), 'start', unknownThere, by())).toBe('wait');
  expect(lateStart(attempt(), 'start', unknownThere, by({ ownedForMs: 60_000 }))).toBe('believe');
  expect(lateStart(attempt(), 'start', unknownThere, by({}, { lateStartMs: null }))).toBe('believe');
});

test('it is not begun anew for a customer who has gone, or has been told that it is cancelled', () => {
  expect(lateStart(attempt(), 'poll', unknownThere, by({ found: true }))).toBe('wait');
  expect(lateStart(attempt({ cancelAsked: true }), 'poll', unknownThere, by())).toBe('wait');
});

test('once it can’t arrive any more, or was seen alive, the provider’s ignorance is believed', () => {
  expect(lateStart(attempt(), 'poll', unknownThere, by({ ownedForMs: 60_000 }))).toBe('believe');
  expect(lateStart(attempt({ state: 'waiting' }), 'poll', unknownThere, by())).toBe('believe');
  expect(lateStart(attempt({ state: 'starting' }), 'start', unknownThere, by())).toBe('believe');
  expect(lateStart(attempt(), 'poll', unknownThere, by({}, { lateStartMs: null }))).toBe('believe');
  expect(lateStart(attempt(), 'poll', { kind: 'waiting', data: {}, cancellable: true }, by())).toBe('believe');
});

test('a provider whose steps and functions do not agree does not start', () => {
  const plain = { capabilities: { kind: 'x', steps: [], proof: 'asked' } } as unknown as PaymentProvider;
  const with_ = (capabilities: object, functions: object = {}): PaymentProvider => ({ ...plain, ...functions, capabilities: { ...plain.capabilities, ...capabilities } }) as PaymentProvider;
  expect(checkProvider(plain)).toBe(plain);
  expect(() => checkProvider(with_({ steps: ['capture'] }, { capture: () => undefined }))).toThrow(/capture/);
  expect(() => checkProvider(with_({}, { listen: () => undefined }))).toThrow(/listen/);
  expect(() => checkProvider(with_({ proof: 'scanned' }))).toThrow(/proof/);
});
