import { expect, test } from 'vitest';
import { posReports } from '../../testing/scanners.ts';
import { readCode } from '../articles/codes.ts';
import { checkDigit } from '../articles/gtin.ts';
import { usualLayout } from './hid-descriptor.ts';
import { assemble, expired, standsMs, type Assembly } from './hid-reports.ts';

/** How many reports come; KASSA_FUZZ=1000000 for a long run, KASSA_SEED for another one. */
const count = Number(process.env['KASSA_FUZZ'] ?? 100_000);
const seed = Number(process.env['KASSA_SEED'] ?? 7);

/** Whole numbers below a limit, the same for the same seed (xorshift of 32 bits). */
function numbers(start: number): (limit: number) => number {
  let state = start | 1;
  return (limit) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % limit;
  };
}

type Random = ReturnType<typeof numbers>;

const gtinOf = (random: Random): string => {
  const body = `0952${String(random(1_000_000_000)).padStart(9, '0')}`;
  return `${body}${checkDigit(body)}`;
};

/** A code as a shop has them, and the GTIN that it names. */
function codeOf(random: Random): { readonly aim: string; readonly text: string; readonly gtin: string } {
  const gtin = gtinOf(random);
  const kinds = [
    { aim: ']E0', text: gtin.slice(1) },
    { aim: ']C1', text: `01${gtin}310300074210LOT-${random(1000)}` },
    { aim: ']d2', text: `01${gtin}1728${String(1 + random(12)).padStart(2, '0')}0021${random(1e9)}\u001d10${random(1e9)}` },
    { aim: ']Q1', text: `https://id.example.org/01/${gtin}/10/${random(1e9)}?17=281231&linkType=${'x'.repeat(random(200))}` },
  ];
  return { gtin, ...(kinds[random(kinds.length)] ?? { aim: ']E0', text: gtin.slice(1) }) };
}

const noise = (random: Random): Uint8Array => {
  const report = Uint8Array.from({ length: random(10) === 0 ? random(65) : 64 }, () => random(256));
  if (random(4) > 0) report[0] = 2;
  // Half of it looks like a scan's beginning.
  if (random(2) === 0) report[1] = random(57);
  return report;
};

test('whatever reports come, nothing throws, and no article is read but those that were scanned', () => {
  const random = numbers(seed);
  const devices = Array.from({ length: 3 }, () => ({ assembly: null as Assembly, sinceMs: 0, queue: [] as Uint8Array[], sent: new Set<string>() }));
  const sums = { scans: 0, articles: 0 };
  let atMs = 0;
  for (let index = 0; index < count; index += 1) {
    const device = devices[random(devices.length)] ?? devices[0];
    if (!device) break;
    atMs += random(20) === 0 ? random(1500) : random(10);
    if (device.queue.length === 0) {
      const code = codeOf(random);
      device.queue.push(...posReports(code.aim, code.text));
      device.sent.add(code.gtin);
      if (device.sent.size > 8) device.sent.delete([...device.sent][0] ?? '');
    }
    // Noise comes between, a report is lost, comes twice, or is cut off.
    const fate = random(10);
    const report = fate < 5 ? noise(random) : ((fate === 6 ? device.queue[0] : device.queue.shift()) ?? noise(random));
    if (fate === 7) continue;
    for (let standing = standsMs(device.assembly); standing !== null && atMs - device.sinceMs > standing; standing = standsMs(device.assembly)) {
      device.assembly = expired(device.assembly);
      device.sinceMs += standing;
    }
    const step = assemble([usualLayout], device.assembly, fate === 8 ? report.slice(0, random(64)) : report);
    device.assembly = step.assembly;
    device.sinceMs = atMs;
    if (step.result.kind !== 'scan') continue;
    sums.scans += 1;
    const { aim, text } = step.result.scan;
    const code = readCode(aim + text, 'SE');
    if (code.kind === 'unknown') continue;
    sums.articles += 1;
    const named = 'gtin' in code ? code.gtin.padStart(14, '0') : JSON.stringify(code);
    if (!device.sent.has(named)) expect.fail(`report ${index} of seed ${seed}: ${JSON.stringify(aim + text)} was read as ${JSON.stringify(code)}`);
  }
  expect(sums.articles).toBeGreaterThan(count / 20);
  expect(sums.scans).toBeGreaterThanOrEqual(sums.articles);
}, 5000 + count / 10);
