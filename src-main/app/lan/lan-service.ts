import { lanAddresses, machineNames } from '../../adapters/lan/machine.ts';
import { makeCertificate } from '../../adapters/lan/make-certificate.ts';
import { readCertificate, readGiven } from '../../adapters/lan/read-certificate.ts';
import { fail, ok, type Result } from '../../contract/errors.ts';
import { lanRole, type CustomerDisplay, type LanCertificate, type LanDevice, type LanView, type PairingRefusal } from '../../contract/lan.ts';
import { pairingMs } from '../../core/lan/pairing.ts';
import type { KeyPair } from '../../core/ports/lan.ts';
import { isoInstant } from '../../core/time.ts';
import { journalEntry, nowIso, type ShopContext } from '../context.ts';
import type { CallsOf, Handlers } from '../handlers.ts';
import type { Session } from '../session.ts';
import type { Caller } from '../web/converse.ts';
import { pagesWith, readPages, type Pages } from '../web/pages.ts';
import { createDesk, type Paired } from './desk.ts';
import { createListener } from './listener.ts';
import { storeCertificate, storedCertificate, storedKeyPair, storedLan, storeLan } from './settings.ts';

/** What the listener needs of the program around the shop. */
export type LanProgram = {
  /** The till as windows call it: whatever refuses a window refuses a device. */
  readonly till: Caller;
  /** Folder of the built pages. */
  readonly pagesDir: string;
  /** Where the customer's window is; null in a host without windows. */
  readonly customerDisplay: () => CustomerDisplay | null;
};

/** The pages that devices are shown, with what they load; the cashier's are not among them. */
const devicePages = ['/customer.html', '/pair.html'] as const;
const soonMs = 30 * 24 * 3_600_000;
/** How often a refusal is news while somebody guesses. */
const tellMs = 10_000;
/** Of what happens without a code being shown the page knows; a stranger in the network must not be able to write on the cashier's screen. */
const quiet: readonly PairingRefusal[] = ['no-code', 'too-often'];

/** The one listener in the shop's network, its devices, and the admin's page of both. */
export type Lan = {
  readonly handlers: Handlers<CallsOf<'lan'>>;
  close(): Promise<void>;
};

export function createLan(context: ShopContext, session: Session, program: LanProgram): Lan {
  const { stores, bus, clock, register } = context;
  const desk = createDesk(context);
  let refused: LanView['refused'] = null;
  let toldMs = Number.NEGATIVE_INFINITY;
  let pages: Pages | null = null;

  const changed = (): void => bus.publish('lan.changed', {});

  function pair(code: string, name: string, address: string): Paired {
    const paired = desk.pair(code, name, address);
    if (paired.ok) {
      bus.publish('lan.paired', { name });
    } else {
      refused = { reason: paired.reason, at: nowIso(context) };
      const nowMs = clock.monotonicMs();
      if (nowMs - toldMs < tellMs) return paired;
      toldMs = nowMs;
      if (!quiet.includes(paired.reason)) bus.publish('lan.refused', { reason: paired.reason });
    }
    changed();
    return paired;
  }

  function certificate(): LanCertificate | null {
    const stored = storedCertificate(context);
    if (!stored) return null;
    const { fingerprint, names, untilMs } = readCertificate(stored.certificate);
    const leftMs = untilMs - clock.nowMs();
    return { source: stored.source, fingerprint, names: [...names], until: isoInstant(untilMs), validity: leftMs <= 0 ? 'over' : leftMs < soonMs ? 'soon' : 'good' };
  }

  function seen(deviceId: string): void {
    try {
      stores.lanDevices.seen(deviceId, nowIso(context));
    } catch (error) {
      // When a screen was seen last is worth no failure of the till: a disk may be full.
      context.log.warn('it could not be kept when a device was seen', { error: String(error) });
    }
    changed();
  }

  const listener = createListener({
    clock,
    log: context.log,
    till: program.till,
    settings: () => storedLan(context),
    keyPair: () => storedKeyPair(context),
    certificateNames: () => certificate()?.names ?? [],
    trustedNames: () => {
      const shown = certificate();
      return shown?.source === 'given' ? shown.names.filter((name) => name !== 'localhost' && !name.startsWith('127.') && !name.startsWith('*')) : [];
    },
    changed,
    came: seen,
    gone: seen,
    door: {
      get pages() {
        return (pages ??= pagesWith(readPages(program.pagesDir), devicePages));
      },
      page: () => ({ shopName: context.shop().name, register: register.number, language: context.shop().language, fingerprint: certificate()?.fingerprint ?? '' }),
      pair,
      device: desk.device,
    },
  });

  const view = (): LanView => ({
    settings: storedLan(context),
    state: listener.state(),
    addresses: [...listener.addresses()],
    certificate: certificate(),
    refused,
    display: program.customerDisplay(),
  });

  const newPair = (): KeyPair => makeCertificate(['localhost', '127.0.0.1', ...machineNames(), ...lanAddresses()], clock.nowMs());
  const entry = (what: string, detail: Readonly<Record<string, unknown>>) => journalEntry(context, session.staffId(), what, detail);

  function keep(source: LanCertificate['source'], keyPair: KeyPair, staffId: string | null = session.staffId()): void {
    const { fingerprint } = readCertificate(keyPair.certificate);
    stores.transaction(() => {
      storeCertificate(context, source, keyPair);
      stores.journal.append([journalEntry(context, staffId, 'settings-changed', { page: 'lan', certificate: source, fingerprint })]);
    });
  }

  /** Everything here is the admin's. */
  const asAdmin = <I, O>(work: (input: I) => Result<O> | Promise<Result<O>>) => (input: I): Result<O> | Promise<Result<O>> => {
    const allowed = session.authorise('shop-edit', undefined);
    return allowed.ok ? work(input) : allowed;
  };

  const device = (deviceId: string) => stores.lanDevices.byId(register.id, deviceId);

  // A shop that was provisioned with its listener on has not had a certificate made yet.
  if (storedLan(context).on && storedCertificate(context) === null) keep('made', newPair(), null);
  void listener.apply();
  return {
    handlers: {
      'lan.settings': asAdmin(() => ok(view())),
      'lan.save': asAdmin(async (settings) => {
        if (settings.on && storedCertificate(context) === null) keep('made', newPair());
        stores.transaction(() => {
          storeLan(stores, register.id, settings);
          stores.journal.append([entry('settings-changed', { page: 'lan', ...settings })]);
        });
        if (!settings.on) desk.end();
        await listener.apply();
        return ok(view());
      }),
      'lan.certificate': asAdmin(async (input) => {
        if (input.source === 'made') keep('made', newPair());
        else {
          const given = readGiven(input, clock.nowMs());
          if (!given.ok) return fail('certificate-unusable', { problem: given.problem, place: given.place });
          keep('given', given.pair);
        }
        await listener.apply();
        return ok(view());
      }),
      'lan.pair': asAdmin(() => {
        if (listener.state().kind !== 'listening') return fail('lan-off');
        const offered = desk.offer(session.staffId());
        return ok({ code: offered.code, leftMs: Math.min(pairingMs, desk.leftMs(offered)), address: listener.addresses()[0] ?? null });
      }),
      'lan.pair-end': asAdmin(() => {
        desk.end();
        return ok({});
      }),
      'lan.devices': asAdmin(() => {
        const connected = listener.connected();
        const devices = stores.lanDevices.all(register.id).flatMap(({ id, name, role, madeAt, lastSeenAt }): readonly LanDevice[] => {
          const known = lanRole.safeParse(role);
          return known.success ? [{ id, name, role: known.data, madeAt, lastSeenAt, connected: connected.has(id) }] : [];
        });
        return ok(devices);
      }),
      'lan.rename': asAdmin(({ deviceId, name }) => {
        const before = device(deviceId);
        if (!before) return fail('device-unknown');
        stores.lanDevices.rename(deviceId, name, [entry('device-renamed', { device: deviceId, name, before: before.name })]);
        changed();
        return ok({});
      }),
      'lan.revoke': asAdmin(({ deviceId }) => {
        const before = device(deviceId);
        if (!before) return fail('device-unknown');
        stores.lanDevices.revoke(deviceId, nowIso(context), [entry('device-revoked', { device: deviceId, name: before.name })]);
        listener.cut(deviceId);
        changed();
        return ok({});
      }),
    },
    close: () => listener.close(),
  };
}
