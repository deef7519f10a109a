import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { openDatabase } from '../../storage/database.ts';
import { openTill } from '../../testing/till.ts';
import { checkProvisioning } from './check.ts';
import { provisioningExample, provisioningSchema } from './schema.ts';

const folder = mkdtempSync(join(tmpdir(), 'kassa-provision-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const text = (change: (file: ReturnType<typeof provisioningExample>) => void = () => undefined): string => {
  const file = structuredClone(provisioningExample());
  change(file);
  return JSON.stringify(file, null, 2);
};
const findings = (content: string) => {
  const checked = checkProvisioning(content);
  return checked.ok ? [] : checked.findings;
};

/** Every row of every table but the journal of starts and stops. */
function contents(file: string): string {
  const db = openDatabase(file, { readonly: true });
  const tables = db.prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'article_%' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'journal%'").all() as { readonly name: string }[];
  const rows = tables.map(({ name }) => [name, db.prepare(`SELECT * FROM "${name}"`).all()]);
  db.close();
  return JSON.stringify(rows);
}

describe('a provisioning file', () => {
  test('the example passes its own check, and the schema describes it', () => {
    expect(findings(text())).toEqual([]);
    expect(provisioningSchema()).toMatchObject({ type: 'object', properties: { shop: {}, registers: {} } });
  });

  test('one SEQR terminal on two registers is found, with its place', () => {
    const content = text((file) => {
      file.providerTerminals?.push({ provider: 'seqr', account: 'Hamnmagasinet SEQR', register: 2, externalId: '00012345' });
    });
    const [finding] = findings(content);
    expect(finding).toMatchObject({ place: '/providerTerminals/1/externalId' });
    expect(finding?.what).toContain('register 1');
    expect(content.split('\n')[(finding?.line ?? 0) - 1]).toContain('00012345');
  });

  test('what is wrong names its place: syntax, types, doubles, weak PINs, missing accounts', () => {
    expect(findings('{ "version": 1, }')[0]).toMatchObject({ place: '/', line: 1 });
    expect(findings(text((file) => Object.assign(file.shop, { country: 'XX' })))[0]?.place).toBe('/shop/country');
    expect(findings(text((file) => Object.assign(file.registers[1] ?? {}, { number: 1 })))[0]?.place).toBe('/registers/1/number');
    expect(findings(text((file) => Object.assign(file.staff[0] ?? {}, { pin: '1111' })))[0]?.place).toBe('/staff/0/pin');
    expect(findings(text((file) => Object.assign(file, { providerAccounts: [], providerTerminals: [] })))[0]?.place).toBe('/registers/0/tenders/1/kind');
    expect(findings(text((file) => Object.assign(file.registers[1] ?? {}, { printer: { attached: 'usb' } })))[0]).toMatchObject({ place: '/registers/1/printer/usb', what: expect.stringContaining('needs "usb"') });
    expect(findings(text((file) => Object.assign(file.articles?.[0] ?? {}, { gtin: '2900000000019' })))[0]?.place).toBe('/articles/0/gtin');
  });

  test('sets up a shop without a hand on the screen, and a second time changes nothing', async () => {
    const file = join(folder, 'shop.json');
    writeFileSync(file, text());
    const dataDir = join(folder, 'data');
    const first = await openTill({ dataDir, provisionFile: file });
    expect(await first.call('app.hello', {})).toMatchObject({ mode: 'live', shop: { name: 'Hamnmagasinet', currency: 'SEK' }, register: { number: 1 } });
    expect((await first.call('staff.list', {})).map((one) => one.name)).toEqual(['Eva Ek', 'Omar Dahl']);
    await first.close();
    const before = contents(join(dataDir, 'kassa.sqlite'));
    await (await openTill({ dataDir, provisionFile: file })).close();
    expect(contents(join(dataDir, 'kassa.sqlite'))).toBe(before);
    expect(before).not.toContain('put the real one here');
    expect(before).toContain(String.raw`\"attached\":\"network\",\"host\":\"192.168.1.60\",\"port\":9100`);
  });

  test('a file with findings opens nothing', async () => {
    const file = join(folder, 'bad.json');
    writeFileSync(file, text((one) => Object.assign(one.shop, { country: 'XX' })));
    await expect(openTill({ dataDir: join(folder, 'bad'), provisionFile: file })).rejects.toThrow('/shop/country');
  });
});
