import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { createSecrets } from '../../adapters/secrets.ts';
import { chainJson } from '../../testing/chain.ts';
import { openTill, signInAs } from '../../testing/till.ts';
import { partner, store } from '../../testing/vipps.ts';
import { checkChain, readChainFile } from './chain-file.ts';
import { createCredentials } from './credentials.ts';
import { chainExample, chainSchema } from './schema.ts';

const folder = mkdtempSync(join(tmpdir(), 'kassa-chain-file-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const places = (file: object): readonly (readonly [string, string])[] => {
  const checked = checkChain(JSON.stringify(file, null, 2));
  return checked.ok ? [] : checked.findings.map(({ place, what }) => [place, what] as const);
};
type Json = { stores: { providers: Record<string, Record<string, unknown>> }[]; providers: Record<string, Record<string, unknown>> };
const changed = (way: 'partner' | 'own' | 'shared', change: (file: Json) => void): object => {
  const file = JSON.parse(JSON.stringify(chainJson(way, 'http://x'))) as Json;
  change(file);
  return file;
};

describe('the chain’s file', () => {
  test('its example and the three ways pass, and its schema is one', () => {
    for (const file of [chainExample(), ...(['partner', 'own', 'shared'] as const).map((way) => chainJson(way, 'http://x'))]) expect(places(file)).toEqual([]);
    expect(chainSchema()).toMatchObject({ type: 'object', required: expect.arrayContaining(['stores']) as unknown });
  });

  test('what is wrong is told with its place', () => {
    expect(checkChain('{ "version": 1,')).toMatchObject({ ok: false, findings: [{ line: 1 }] });
    expect(places(changed('partner', ({ stores }) => delete stores[0]?.providers['vipps']?.['terminal']))).toMatchObject([['/stores/0/providers/vipps/terminal', expect.stringContaining('number')]]);
    expect(places(changed('partner', ({ stores }) => Object.assign(stores[1]?.providers['vipps'] ?? {}, { terminal: store.msn })))).toMatchObject([['/stores/1/providers/vipps/terminal', expect.stringContaining('Bergen')]]);
    expect(places(changed('partner', ({ stores }) => Object.assign(stores[1]?.providers['vipps'] ?? {}, { secrets: { clientSecret: 'x' } })))).toMatchObject([['/stores/1/providers/vipps/secrets', expect.any(String)]]);
    expect(places(changed('own', ({ stores }) => Object.assign(stores[0]?.providers['vipps'] ?? {}, { secrets: {} })))).toMatchObject([['/stores/0/providers/vipps/secrets', expect.stringContaining('own keys')]]);
    expect(places(changed('shared', ({ stores }) => Object.assign(stores[1]?.providers['vipps'] ?? {}, { prefix: '' })))).toMatchObject([['/stores/1/providers/vipps/prefix', expect.stringContaining('prefix')]]);
    expect(places(changed('shared', ({ providers }) => delete providers['vipps']?.['terminal']))).toMatchObject([['/providers/vipps/terminal', expect.any(String)]]);
    expect(places(changed('own', (file) => Object.assign(file, { providers: {} })))).toMatchObject([['/stores/0/providers/vipps', expect.any(String)], ['/stores/1/providers/vipps', expect.any(String)]]);
    expect(places(changed('own', ({ stores }) => Object.assign(stores[1] ?? {}, { folder: 'store-a', id: 'bergen' })))).toHaveLength(2);
    expect(places(changed('own', ({ stores }) => Object.assign(stores[0] ?? {}, { folder: '../elsewhere' })))).toMatchObject([['/stores/0/folder', expect.any(String)]]);
  });

  test('PAY-I10 plain secrets are sealed at the first reading and never plain again; another key opens nothing', () => {
    const file = join(folder, 'chain.json');
    writeFileSync(file, JSON.stringify(chainJson('partner', 'http://x')));
    const secrets = createSecrets(folder);
    const read = readChainFile(folder, secrets);
    const kept = readFileSync(file, 'utf8');
    expect(kept).not.toContain(partner.clientSecret);
    expect(kept).not.toContain(partner.subscriptionKey);
    expect(statSync(file).mode & 0o077).toBe(0);
    expect(readdirSync(folder).filter((name) => name.endsWith('.new'))).toEqual([]);
    expect(readChainFile(folder, secrets)).toEqual(read);
    expect(readFileSync(file, 'utf8')).toBe(kept);
    const shop = { name: 'Bergen', currency: 'NOK', register: { number: 1, name: '' } } as const;
    expect(createCredentials(read, secrets).link('bergen', 'vipps', shop)).toMatchObject({ account: { secrets: { clientSecret: partner.clientSecret } }, terminal: { externalId: store.msn } });
    const elsewhere = mkdtempSync(join(folder, 'other-'));
    expect(createCredentials(read, createSecrets(elsewhere)).link('bergen', 'vipps', shop)).toBeNull();
    expect(createCredentials(read, secrets).link('bergen', 'seqr', shop)).toBeNull();
  });
});

test('PAY-I6 a chain whose file can not be read lets the shop sell, and nothing of an app payment goes back', async () => {
  const root = mkdtempSync(join(folder, 'broken-'));
  mkdirSync(join(root, 'chain'));
  writeFileSync(join(root, 'chain', 'chain.json'), '{ "version": 2 }');
  const till = await openTill({ dataDir: join(root, 'store-b') });
  await signInAs(till, 'Sofie Dahl');
  expect(await till.try('return.stores', {})).toMatchObject({ error: { code: 'chain-unreachable' } });
  await till.call('sale.add-code', { code: '2910000000031', source: 'scan' });
  const { totals } = await till.sale();
  const { receiptId } = await till.call('payment.start', { requestId: 'cash', tenderId: 'cash', amountMinor: totals.cashDueMinor });
  expect(await till.try('return.of-receipt', { receiptId })).toMatchObject({ error: { code: 'chain-unreachable' } });
  const logs = readdirSync(join(root, 'store-b', 'logs')).map((name) => readFileSync(join(root, 'store-b', 'logs', name), 'utf8')).join('');
  expect(logs).toContain('/version');
  expect(existsSync(join(root, 'chain', 'chain.sqlite'))).toBe(false);
  await till.close();
}, 30_000);
