import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { Country } from '../../contract/basics.ts';
import type { ReportBody } from '../../contract/reports.ts';
import { countries } from '../../core/countries/index.ts';
import { openTill } from '../../testing/till.ts';
import { dumpShop, verifyShop } from './audit.ts';
import { seedHistory, type SeedInput, type Seeded } from './seed.ts';

const folder = mkdtempSync(join(tmpdir(), 'kassa-seed-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const about = (name: string, more: Partial<SeedInput> = {}): SeedInput => ({
  dataDir: join(folder, name), receipts: 60, registers: 2, days: 3, country: 'SE', seed: 'one', until: '2026-04-01', version: '0.0.0', progress: () => undefined, ...more,
});

async function seeded(input: SeedInput): Promise<Seeded> {
  const made = await seedHistory(input);
  if ('problem' in made) throw new Error(made.problem);
  return made;
}

type Dumped = {
  readonly receipts: readonly { readonly state: string; readonly completedAt: string | null; readonly lines: readonly { readonly vatClass: string; readonly vatRateBasisPoints: number }[]; readonly posts: readonly { readonly tenderKind: string; readonly reference: string }[] }[];
  readonly z: readonly { readonly body: ReportBody }[];
};

function dumped(path: string): Dumped {
  const answer = dumpShop(path, '1970-01-01T00:00:00.000Z');
  if ('problem' in answer) throw new Error(answer.problem);
  return answer.found as Dumped;
}

describe('a seeded history', () => {
  test('has as many completed receipts as were asked for, a Z for each register and day, and nothing that verify finds', async () => {
    const made = await seeded(about('whole', { receipts: 400, days: 5 }));
    expect(made).toMatchObject({ receipts: 400, registers: 2, z: 10, from: '2026-03-28', until: '2026-04-01', currency: 'SEK' });
    expect(verifyShop(made.path)).toMatchObject({ found: { ok: true, findings: [], checked: { receipts: 400 } } });
    const { receipts, z } = dumped(made.path);
    expect(receipts.filter(({ state }) => state === 'completed')).toHaveLength(400);
    expect(z.reduce((all, { body }) => all + body.figures.sales.count, 0)).toBe(400);
    const kinds = new Set(receipts.flatMap(({ posts }) => posts.map(({ tenderKind }) => tenderKind)));
    expect([...kinds].sort()).toEqual(['cash', 'manual-card', 'seqr']);
    const apps = receipts.flatMap(({ posts }) => posts.filter(({ tenderKind }) => tenderKind === 'seqr'));
    expect(apps.every(({ reference }) => reference.startsWith('seed-'))).toBe(true);
    // Food is taxed at 6 % from the first of April, and at 12 % before.
    const food = (from: string, to: string) => new Set(receipts.filter(({ completedAt }) => completedAt !== null && completedAt > from && completedAt < to).flatMap(({ lines }) => lines.filter(({ vatClass }) => vatClass === 'low').map((line) => line.vatRateBasisPoints)));
    expect([...food('2026-03-28', '2026-03-31T21')]).toEqual([1200]);
    expect([...food('2026-04-01T01', '2026-04-02')]).toEqual([600]);
  });

  test('is the same for the same seed, and another for another', async () => {
    const [one, again, other] = [await seeded(about('one')), await seeded(about('again')), await seeded(about('other', { seed: 'two' }))];
    expect(JSON.stringify(dumped(again.path))).toBe(JSON.stringify(dumped(one.path)));
    expect(other.totalMinor).not.toBe(one.totalMinor);
  });

  test.each(Object.keys(countries) as Country[])('can be of %s', async (country) => {
    const made = await seeded(about(country, { country, receipts: 30, registers: 1, days: 2 }));
    expect(made).toMatchObject({ country, currency: countries[country].currency, receipts: 30 });
    expect(verifyShop(made.path)).toMatchObject({ found: { ok: true } });
  });

  test('is made in an empty folder only, and a till opens it', async () => {
    const dataDir = join(folder, 'opened');
    await seeded(about('opened'));
    expect(await seedHistory(about('opened'))).toMatchObject({ problem: expect.stringContaining('not empty') as string });
    expect(existsSync(join(dataDir, 'kassa-seeding.sqlite'))).toBe(false);
    const till = await openTill({ dataDir });
    await till.signIn('Mikael Berg');
    expect((await till.call('report.list', { limit: 10 })).filter(({ kind }) => kind === 'z')).toHaveLength(3);
    expect((await till.call('receipt.list', { text: '', limit: 5 })).rows).toHaveLength(5);
    await till.close();
  });

  test('leaves a folder with something in it as it is', async () => {
    const dataDir = mkdtempSync(join(folder, 'used-'));
    writeFileSync(join(dataDir, 'note.txt'), '');
    expect(await seedHistory(about('', { dataDir }))).toMatchObject({ problem: expect.stringContaining(dataDir) as string });
    expect(existsSync(join(dataDir, 'kassa.sqlite'))).toBe(false);
  });
});
