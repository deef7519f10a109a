import type { EventPayload } from '../contract/index.ts';
import type { Clock, Log } from '../core/ports/world.ts';
import type { HidScanners } from '../core/ports/scanner.ts';
import { arbitrate, noArrivals } from '../core/scanner/arbiter.ts';
import { scanLayouts, usualLayout, type ScanLayout } from '../core/scanner/hid-descriptor.ts';
import { assemble, expired, standsMs, type Assembly } from '../core/scanner/hid-reports.ts';

/** Where scanners tell what they read. */
export type ScannerBus = { publish<N extends 'scan.received' | 'scan.refused'>(name: N, payload: EventPayload<N>): void };

export type ScannersInput = {
  readonly hid: HidScanners;
  readonly clock: Clock;
  readonly log: Log;
  readonly bus: ScannerBus;
  /** A scanner was plugged in or pulled out. */
  readonly changed: () => void;
};

/** The USB scanners of a till that is open. */
export type Scanners = {
  /** Whether at least one can be read. */
  ready(): boolean;
  /** Those that are plugged in now; null where the machine has no support for them. */
  list(): readonly { readonly name: string; readonly state: 'ready' | 'refused' }[] | null;
  close(): Promise<void>;
};

/** How often is looked for scanners that were plugged in. */
const lookMs = 1_000;

/** Nothing that a till waits for is longer; calls take 500 signs. */
const longestCode = 490;

/**
 * How long a code may wait for its next report is counted in slices of so many milliseconds. However long a machine stands still, that is
 * one slice, and reports that came meanwhile are heard before the next one ends: else the rest of a code would pass for a code.
 */
const sliceMs = 100;

type Device = { layouts: readonly ScanLayout[]; assembly: Assembly; stopWaiting: () => void; close(): Promise<void> };

/** Reads all scanners, those that are plugged in later too, and tells the windows what was scanned or refused. */
export function startScanners({ hid, clock, log, bus, changed }: ScannersInput): Scanners {
  const devices = new Map<string, Device>();
  /** Devices that could not be opened. They are tried again: one that was just plugged in may not be ours to open yet. */
  const refused = new Set<string>();
  let arrivals = noArrivals;
  let closed = false;
  let supported = true;
  let stopTimer: () => void = () => undefined;

  function scanned(path: string, aim: string, code: string, atMs: number): void {
    if (code.length > longestCode) {
      bus.publish('scan.refused', { reason: 'too-long' });
      return;
    }
    const step = arbitrate(arrivals, { device: path, code: aim + code, atMs });
    arrivals = step.state;
    if (step.verdict.kind === 'take') bus.publish('scan.received', { code, aim });
    else bus.publish('scan.refused', { reason: step.verdict.reason });
  }

  /** Keeps what is there of a code for as long as its next report may take. */
  function keep(device: Device, assembly: Assembly): void {
    device.stopWaiting();
    device.assembly = assembly;
    const waitMs = standsMs(assembly);
    if (waitMs !== null) wait(device, Math.ceil(waitMs / sliceMs));
  }

  function wait(device: Device, slices: number): void {
    device.stopWaiting = clock.after(sliceMs, () => {
      if (slices > 1) return wait(device, slices - 1);
      if (device.assembly?.kind === 'under-way') bus.publish('scan.refused', { reason: 'broken' });
      keep(device, expired(device.assembly));
    });
  }

  /** `device` is none of ours any more where another one was plugged in at its path. */
  function report(path: string, device: Device, bytes: Uint8Array): void {
    if (devices.get(path) !== device || closed) return;
    const atMs = clock.monotonicMs();
    const { assembly, result } = assemble(device.layouts, device.assembly, bytes);
    keep(device, assembly);
    if (result.kind === 'scan') scanned(path, result.scan.aim, result.scan.text, atMs);
    else if (result.kind === 'broken') bus.publish('scan.refused', { reason: 'broken' });
  }

  async function forget(path: string): Promise<void> {
    const device = devices.get(path);
    if (!device) return;
    devices.delete(path);
    device.stopWaiting();
    await device.close().catch(() => undefined);
    if (!closed) changed();
  }

  async function open(path: string): Promise<void> {
    // Reports that come before the descriptor is known are read by the usual layout.
    const device: Device = { layouts: [usualLayout], assembly: null, stopWaiting: () => undefined, close: () => Promise.resolve() };
    devices.set(path, device);
    try {
      const opened = await hid.open(path, {
        report: (bytes) => report(path, device, bytes),
        gone: () => {
          if (devices.get(path) === device) void forget(path);
        },
      });
      refused.delete(path);
      const layouts = opened.descriptor ? scanLayouts(opened.descriptor) : [];
      if (layouts.length > 0) device.layouts = layouts;
      device.close = () => opened.close();
      if (closed || devices.get(path) !== device) await opened.close();
      else changed();
    } catch (error) {
      devices.delete(path);
      if (!refused.has(path)) log.warn('a scanner could not be opened', { error: String(error) });
      refused.add(path);
    }
  }

  async function look(): Promise<void> {
    const paths = await hid.paths();
    if (closed) return;
    supported = paths !== null;
    if (paths === null) {
      log.info('no USB scanner support on this machine');
      return;
    }
    for (const path of devices.keys()) if (!paths.includes(path)) await forget(path);
    for (const path of refused) if (!paths.includes(path)) refused.delete(path);
    for (const path of paths) if (!devices.has(path)) await open(path);
  }
  /** Those that are read; one that is being tried again is not yet. */
  const read = (): readonly string[] => [...devices.keys()].filter((path) => !refused.has(path));
  let looking: Promise<void> = Promise.resolve();
  function again(): void {
    looking = look()
      .catch((error: unknown) => log.error('scanners could not be looked for', { error: String(error) }))
      .finally(() => {
        // Whatever one look met, the next one may find them; a machine without support never will.
        if (!closed && supported) stopTimer = clock.after(lookMs, again);
      });
  }
  again();

  return {
    ready: () => read().length > 0,
    list: () => (supported ? [...read().map((path) => ({ name: hid.nameOf(path), state: 'ready' as const })), ...[...refused].map((path) => ({ name: hid.nameOf(path), state: 'refused' as const }))] : null),
    async close() {
      closed = true;
      stopTimer();
      await looking;
      await Promise.all([...devices.keys()].map(forget));
    },
  };
}
