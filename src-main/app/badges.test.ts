import { afterEach, beforeEach, expect, test } from 'vitest';
import { openTill, type TestTill } from '../testing/till.ts';

let till: TestTill;
beforeEach(async () => {
  till = await openTill();
  await till.signIn('Sofie Dahl');
});
afterEach(() => till.close());

const code = 'KASSA-STAFF-7402-AINO';

async function person(name: string) {
  const found = (await till.call('staff.all', {})).find((one) => one.name === name);
  if (!found) throw new Error(`nobody called ${name}`);
  return found;
}

async function give(name: string, badge: string | null) {
  const { badge: _has, ...fields } = await person(name);
  return till.try('staff.save', { ...fields, badge });
}

test('a badge says who stands here; the PIN is typed unless the shop says that a badge is enough', async () => {
  expect(await give('Aino Lehtinen', code)).toMatchObject({ ok: true, value: { badge: true } });
  const { id } = await person('Aino Lehtinen');
  await till.call('session.sign-out', {});
  expect(await till.call('session.badge', { badge: `${code}\r` })).toEqual({ staffId: id, session: null });
  expect((await till.call('session.get', {})).staff).toBeNull();

  await till.signIn('Sofie Dahl');
  expect(await till.call('staff.save-badge-settings', { alone: true })).toEqual({ alone: true });
  await till.call('session.lock', {});
  // Another person's badge at a locked register signs the one before out.
  expect(await till.call('session.badge', { badge: code })).toMatchObject({ staffId: id, session: { locked: false, staff: { id } } });
  expect((await till.call('session.get', {})).staff?.id).toBe(id);
  await till.restart();
  expect(await till.call('session.badge', { badge: code })).toMatchObject({ session: { staff: { id } } });
});

test('a badge belongs to one person, is no article, and can be taken away', async () => {
  await give('Aino Lehtinen', code);
  expect(await give('Mikael Berg', code)).toMatchObject({ ok: false, error: { code: 'badge-in-use', detail: { name: 'Aino Lehtinen' } } });
  expect(await give('Mikael Berg', '2910000000031')).toMatchObject({ ok: false, error: { code: 'badge-is-article' } });
  // Any other change leaves it; null takes it away.
  const { badge: _has, ...fields } = await person('Aino Lehtinen');
  expect(await till.call('staff.save', { ...fields, name: 'Aino Lehtinen-Berg' })).toMatchObject({ badge: true });
  expect(await give('Aino Lehtinen-Berg', null)).toMatchObject({ ok: true, value: { badge: false } });
  expect(await till.try('session.badge', { badge: code })).toMatchObject({ ok: false, error: { code: 'badge-unknown' } });
});

test('who has left gets in by no badge, and guessing costs time', async () => {
  await give('Aino Lehtinen', code);
  const { badge: _has, ...fields } = await person('Aino Lehtinen');
  await till.call('staff.save', { ...fields, active: false });
  for (let attempt = 0; attempt < 5; attempt += 1) expect(await till.try('session.badge', { badge: code })).toMatchObject({ error: { code: 'badge-unknown' } });
  expect(await till.try('session.badge', { badge: code })).toMatchObject({ error: { code: 'too-many-tries', detail: { seconds: 30 } } });
});

test('PAY-I9 the code of a badge leaves the till nowhere', async () => {
  await give('Aino Lehtinen', code);
  await till.try('session.badge', { badge: code });
  await till.try('session.badge', { badge: `${code}-OTHER` });
  for (const [where, said] of Object.entries(till.everythingSaid())) expect(said.includes(code), where).toBe(false);
});
