import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { posDescriptor, posReports } from '../../testing/scanners.ts';
import { scanLayouts, usualLayout, type ScanLayout } from './hid-descriptor.ts';
import { assemble, assemblyMs, expired, lostMs, standsMs, type Assembled, type Assembly } from './hid-reports.ts';

/** Feeds reports of one device; before each one, what was there stands too long so many times. */
function feed(reports: readonly Uint8Array[], layouts: readonly ScanLayout[] = [usualLayout], tooLong = 0): Assembled[] {
  let assembly: Assembly = null;
  return reports.map((report) => {
    for (let time = 0; time < tooLong; time += 1) assembly = expired(assembly);
    const step = assemble(layouts, assembly, report);
    ({ assembly } = step);
    return step.result;
  });
}
const scans = (results: readonly Assembled[]): unknown[] => results.flatMap((one) => (one.kind === 'scan' ? [one.scan] : []));

describe('report descriptors', () => {
  test('a common scanner has one report with scans, laid out as usual', () => {
    expect(scanLayouts(posDescriptor)).toEqual([usualLayout]);
  });

  test('one without report ids, length and continuation has its data where it is', () => {
    const plain = Uint8Array.from([0x06, 0x8c, 0x00, 0x09, 0x02, 0xa1, 0x01, 0x75, 0x08, 0x95, 0x20, 0x09, 0xfe, 0x82, 0x02, 0x01, 0xc0]);
    expect(scanLayouts(plain)).toEqual([{ reportId: 0, length: null, symbology: [], data: { offsetBits: 0, bytes: 32 }, continued: null }]);
  });

  test('usages of four bytes, runs of usages, pushed settings and long items are understood', () => {
    const odd = Uint8Array.from([
      0x05, 0x8c, 0xfe, 0x02, 0x10, 0xaa, 0xbb, 0xa4, 0x75, 0x08, 0x95, 0x03, 0x19, 0xfb, 0x29, 0xfd, 0x81, 0x02,
      0x95, 0x04, 0x0b, 0xfe, 0x00, 0x8c, 0x00, 0x81, 0x02, 0xb4, 0x75, 0x10, 0x95, 0x01, 0x0b, 0x3b, 0x00, 0x01, 0x00, 0x81, 0x02,
    ]);
    expect(scanLayouts(odd)).toEqual([
      {
        reportId: 0,
        length: { offsetBits: 56, sizeBits: 16 },
        symbology: [0, 8, 16].map((offsetBits) => ({ offsetBits, sizeBits: 8 })),
        data: { offsetBits: 24, bytes: 4 },
        continued: null,
      },
    ]);
  });

  test('a keyboard is no scanner', () => {
    const keyboard = Uint8Array.from([0x05, 0x01, 0x09, 0x06, 0xa1, 0x01, 0x05, 0x07, 0x19, 0xe0, 0x29, 0xe7, 0x75, 0x01, 0x95, 0x08, 0x81, 0x02, 0xc0]);
    expect(scanLayouts(keyboard)).toEqual([]);
  });

  test('reports beyond reason are refused, and no bytes at all throw', () => {
    expect(scanLayouts(Uint8Array.from([0x05, 0x8c, 0x75, 0x08, 0x97, 0xff, 0xff, 0xff, 0xff, 0x09, 0xfe, 0x81, 0x02]))).toEqual([]);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(scanLayouts(bytes)).toBeInstanceOf(Array);
      }),
    );
    fc.assert(
      fc.property(fc.nat({ max: posDescriptor.length - 1 }), fc.nat({ max: 255 }), (at, byte) => {
        const changed = posDescriptor.slice();
        changed[at] = byte;
        for (const layout of scanLayouts(changed)) expect(layout.data.bytes).toBeLessThanOrEqual(8192);
      }),
    );
  });
});

describe('reports', () => {
  test('a short code is one report, without what fills it up', () => {
    expect(feed(posReports(']E0', '9520000000011'))).toEqual([{ kind: 'scan', scan: { aim: ']E0', text: '9520000000011' } }]);
  });

  test('whatever is sent comes out as it was, over as many reports as it takes', () => {
    const text = fc.string({ unit: fc.constantFrom(...'0123456789ABCxyz/:?=&%-\u001dåä€'), minLength: 1, maxLength: 2500 });
    fc.assert(
      fc.property(text, (sent) => {
        const results = feed(posReports(']Q1', sent));
        expect(scans(results)).toEqual([{ aim: ']Q1', text: sent }]);
        expect(results.slice(0, -1).every(({ kind }) => kind === 'part')).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  test('a line end behind the code and the signs of AIM said twice are left out', () => {
    expect(scans(feed(posReports(']E0', ']E09520000000011\r\n')))).toEqual([{ aim: ']E0', text: '9520000000011' }]);
  });

  test('a scan of which the end was lost is dropped after a while, and by another kind of code at once; its end, when it comes all the same, is no code', () => {
    const [first = new Uint8Array(), end = new Uint8Array()] = posReports(']Q1', 'x'.repeat(100));
    const [next = new Uint8Array()] = posReports(']Q1', 'next');
    expect(feed([first, end, next], [usualLayout], 1).map(({ kind }) => kind)).toEqual(['part', 'broken', 'scan']);
    expect(scans(feed([first, next], [usualLayout], 2))).toEqual([{ aim: ']Q1', text: 'next' }]);
    const under = assemble([usualLayout], null, first).assembly;
    expect([null, under, expired(under), expired(expired(under))].map(standsMs)).toEqual([null, assemblyMs, lostMs, null]);
    const [ean = new Uint8Array()] = posReports(']E0', '9520000000011');
    expect(scans(feed([first, ean]))).toEqual([{ aim: ']E0', text: '9520000000011' }]);
  });

  test('behind a broken report nothing passes for a code until the rest of it has come, or cannot come any more', () => {
    const [first = new Uint8Array(), second = new Uint8Array(), last = new Uint8Array()] = posReports(']C0', `${'x'.repeat(112)}4011`);
    const broken = first.slice(0, 20);
    expect(feed([broken, second, last]).map(({ kind }) => kind)).toEqual(['broken', 'broken', 'broken']);
    expect(feed([first, broken, last, ...posReports(']C0', '4012')]).map(({ kind }) => kind)).toEqual(['part', 'broken', 'broken', 'scan']);
    expect(scans(feed([broken, ...posReports(']C0', '4012')], [usualLayout], 1))).toEqual([{ aim: ']C0', text: '4012' }]);
  });

  test('reports of two scanners in turns are two scans', () => {
    const [one, two] = [posReports(']Q1', 'a'.repeat(150)), posReports(']Q1', 'b'.repeat(150))];
    let assemblies: readonly [Assembly, Assembly] = [null, null];
    const out: unknown[] = [];
    one.forEach((report, index) => {
      const [a, b] = [assemble([usualLayout], assemblies[0], report), assemble([usualLayout], assemblies[1], two[index] ?? report)];
      assemblies = [a.assembly, b.assembly];
      out.push(...scans([a.result, b.result]));
    });
    expect(out).toEqual([{ aim: ']Q1', text: 'a'.repeat(150) }, { aim: ']Q1', text: 'b'.repeat(150) }]);
  });

  test('what no scanner sends is refused: too long a length, a report cut off, no data, signs of no code, a scan without end', () => {
    const broken = (change: (report: Uint8Array) => void): Assembled['kind'] | undefined => {
      const [report = new Uint8Array()] = posReports(']E0', '9520000000011');
      change(report);
      return feed([report])[0]?.kind;
    };
    expect(broken((report) => report.set([57], 1))).toBe('broken');
    expect(broken((report) => report.set([0], 1))).toBe('broken');
    expect(broken((report) => report.set([0], 7))).toBe('broken');
    expect(broken((report) => report.set([9], 2))).toBe('broken');
    expect(broken((report) => report.set([0, 0, 0], 2))).toBe('scan');
    expect(broken((report) => report.set([3], 0))).toBe('other');
    const [whole = new Uint8Array()] = posReports(']E0', '9520000000011');
    expect(feed([whole.slice(0, 10)])[0]?.kind).toBe('broken');
    expect(feed([new Uint8Array()])[0]?.kind).toBe('other');
    const [endless = new Uint8Array()] = posReports(']Q1', 'x'.repeat(100));
    const results = feed(Array.from({ length: 200 }, () => endless));
    expect(results.slice(0, 146).every(({ kind }) => kind === 'part')).toBe(true);
    expect(results.slice(146).every(({ kind }) => kind === 'broken')).toBe(true);
    expect(scans(results)).toEqual([]);
  });
});
