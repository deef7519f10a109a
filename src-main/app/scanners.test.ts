import { afterEach, describe, expect, test } from 'vitest';
import { createHidScanners } from '../adapters/hid-scanner.ts';
import type { HidScanners } from '../core/ports/scanner.ts';
import { fakeUsb, posReports } from '../testing/scanners.ts';
import { openTill, type TestTill } from '../testing/till.ts';
import { createBus } from './bus.ts';
import { startScanners, type Scanners } from './scanners.ts';

const ean = '9520000000011';
let stop: (() => Promise<void>) | null = null;
afterEach(async () => {
  await stop?.();
  stop = null;
});

/** Lets promises that are settled already be heard. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Scanners with a clock that a test moves. */
async function begin(hid: HidScanners): Promise<{
  scanners: Scanners;
  said: [string, unknown][];
  told: string[];
  changes: () => number;
  pass(ms: number): Promise<void>;
}> {
  let nowMs = 1000;
  let changes = 0;
  let timers: { readonly atMs: number; readonly work: () => void }[] = [];
  const said: [string, unknown][] = [];
  const told: string[] = [];
  const bus = createBus();
  bus.subscribe('cashier', (name, payload) => said.push([name, payload]));
  const tell = (message: string): void => void told.push(message);
  const clock = {
    nowMs: () => nowMs,
    monotonicMs: () => nowMs,
    after(ms: number, work: () => void) {
      const timer = { atMs: nowMs + ms, work };
      timers.push(timer);
      return () => {
        timers = timers.filter((one) => one !== timer);
      };
    },
  };
  const scanners = startScanners({ hid, clock, log: { info: tell, warn: tell, error: tell }, bus, changed: () => (changes += 1) });
  stop = () => scanners.close();
  await settle();
  return {
    scanners,
    said,
    told,
    changes: () => changes,
    async pass(ms) {
      nowMs += ms;
      const due = timers.filter(({ atMs }) => atMs <= nowMs);
      timers = timers.filter(({ atMs }) => atMs > nowMs);
      for (const { work } of due) work();
      await settle();
    },
  };
}

describe('USB scanners', () => {
  test('are read when they are there at the start or plugged in later, and forgotten when they are pulled out', async () => {
    const usb = fakeUsb();
    usb.plugIn('one');
    const { scanners, said, pass, changes } = await begin(usb.hid);
    expect([scanners.ready(), changes()]).toEqual([true, 1]);
    usb.scan('one', ']E0', ean);
    usb.plugIn('two', null);
    await pass(1000);
    usb.scan('two', ']Q1', `https://example.org/01/0${ean}?${'x=1&'.repeat(40)}`);
    expect(said).toEqual([
      ['scan.received', { code: ean, aim: ']E0' }],
      ['scan.received', { code: `https://example.org/01/0${ean}?${'x=1&'.repeat(40)}`, aim: ']Q1' }],
    ]);
    usb.pullOut('one');
    usb.pullOut('two');
    await pass(1000);
    expect([scanners.ready(), usb.open.size]).toEqual([false, 0]);
    usb.plugIn('one');
    await pass(1000);
    expect(scanners.ready()).toBe(true);
  });

  test('doubled, crossed and broken scans are refused', async () => {
    const usb = fakeUsb();
    usb.plugIn('one');
    usb.plugIn('two');
    const { said, pass } = await begin(usb.hid);
    usb.scan('one', ']E0', ean);
    await pass(100);
    usb.scan('one', ']E0', ean);
    await pass(50);
    usb.scan('two', ']E0', '9520000000028');
    await pass(500);
    usb.send('one', posReports(']E0', ean)[0]?.slice(0, 9) ?? new Uint8Array());
    for (let slice = 0; slice < 4; slice += 1) await pass(100);
    usb.scan('one', ']E0', ean);
    await pass(500);
    usb.scan('one', ']Q1', 'x'.repeat(491));
    expect(said.map(([name, payload]) => (name === 'scan.refused' ? payload : name))).toEqual([
      'scan.received',
      { reason: 'doubled' },
      { reason: 'at-once' },
      { reason: 'broken' },
      'scan.received',
      { reason: 'too-long' },
    ]);
  });

  test('one that cannot be opened is told once for each time it is plugged in, and read as soon as it can be', async () => {
    const locked = ['one'];
    const usb = fakeUsb(locked);
    usb.plugIn('one');
    const { scanners, told, said, pass } = await begin(usb.hid);
    await pass(1000);
    await pass(1000);
    expect([scanners.ready(), told, scanners.list()?.map(({ state }) => state)]).toEqual([false, ['a scanner could not be opened'], ['refused']]);
    usb.pullOut('one');
    await pass(1000);
    usb.plugIn('one');
    await pass(1000);
    expect(told).toHaveLength(2);
    locked.pop();
    await pass(1000);
    usb.scan('one', ']E0', ean);
    expect([scanners.list()?.map(({ state }) => state), told.length, said.map(([name]) => name)]).toEqual([['ready'], 2, ['scan.received']]);
  });

  test('a code whose end never comes is refused aloud, and so is its end when it comes too late', async () => {
    const usb = fakeUsb();
    usb.plugIn('one');
    const { said, pass } = await begin(usb.hid);
    const [first = new Uint8Array(), end = new Uint8Array()] = posReports(']C0', `${'x'.repeat(56)}4011`);
    usb.send('one', first);
    for (let slice = 0; slice < 5; slice += 1) await pass(100);
    expect(said).toEqual([['scan.refused', { reason: 'broken' }]]);
    usb.send('one', end);
    expect(said).toHaveLength(2);
    usb.send('one', first);
    for (let slice = 0; slice < 9; slice += 1) await pass(100);
    usb.scan('one', ']E0', ean);
    expect(said.slice(2).map(([name]) => name)).toEqual(['scan.refused', 'scan.received']);
  });

  test('a machine that stands still in the middle of a code hears the whole of it', async () => {
    const usb = fakeUsb();
    usb.plugIn('one');
    const { said, pass } = await begin(usb.hid);
    const [first = new Uint8Array(), end = new Uint8Array()] = posReports(']C0', `${'x'.repeat(56)}4011`);
    usb.send('one', first);
    await pass(30_000);
    usb.send('one', end);
    expect(said).toEqual([['scan.received', { code: `${'x'.repeat(56)}4011`, aim: ']C0' }]]);
  });

  test('what one that was pulled out still says is none of the next one at its path', async () => {
    const usb = fakeUsb();
    usb.plugIn('one');
    const { scanners, said, pass } = await begin(usb.hid);
    const before = usb.open.get('one');
    before?.report(posReports(']Q1', 'x'.repeat(100))[0] ?? new Uint8Array());
    before?.gone();
    await pass(1000);
    before?.report(posReports(']Q1', 'x'.repeat(100))[1] ?? new Uint8Array());
    before?.gone();
    await pass(0);
    expect([scanners.ready(), said]).toEqual([true, []]);
    usb.scan('one', ']E0', ean);
    expect(said).toHaveLength(1);
  });

  test('a look that fails keeps nobody from the next one', async () => {
    const usb = fakeUsb();
    usb.plugIn('one');
    let asked = 0;
    const { scanners, told, pass } = await begin({ ...usb.hid, paths: () => ((asked += 1) < 3 ? Promise.reject(new Error('busy')) : usb.hid.paths()) });
    await pass(1000);
    expect([scanners.ready(), told]).toEqual([false, ['scanners could not be looked for', 'scanners could not be looked for']]);
    await pass(1000);
    expect([asked, scanners.ready()]).toEqual([3, true]);
  });

  test('a machine without USB support is told once and asked no more', async () => {
    let asked = 0;
    const { scanners, told, pass } = await begin({ paths: () => Promise.resolve((asked += 1) > 0 ? null : []), nameOf: () => '', open: () => Promise.reject(new Error('none')) });
    await pass(5000);
    expect([asked, scanners.ready(), scanners.list(), told]).toEqual([1, false, null, ['no USB scanner support on this machine']]);
  });

  test('this machine answers with its scanners or with none, and does not die of a missing library', async () => {
    const paths = await createHidScanners().paths();
    expect(paths === null || paths.length >= 0).toBe(true);
  });
});

test('a till hears its scanners, and sells what they read by the words of their kind', async () => {
  const usb = fakeUsb();
  usb.plugIn('one');
  const till: TestTill = await openTill({ scanners: usb.hid });
  stop = () => till.close();
  await till.signIn('Aino Lehtinen');
  const [article] = (await till.call('article.search', { text: '', limit: 200 })).filter(({ pricing, ageLimit, gtin }) => pricing === 'fixed' && ageLimit === null && gtin.length === 13);
  usb.scan('one', ']C1', `10LOT\u001d010${article?.gtin ?? ''}`);
  const [heard] = till.seen('scan.received');
  await till.call('sale.add-code', { code: `${heard?.aim ?? ''}${heard?.code ?? ''}`, source: 'scan' });
  expect((await till.sale()).lines).toMatchObject([{ articleId: article?.id, quantityMilli: 1000 }]);
  const unknown = await till.try('sale.add-code', { code: `]E0${ean}`, source: 'scan' });
  expect(unknown).toMatchObject({ error: { code: 'unknown-code', detail: { code: ean } } });
});
