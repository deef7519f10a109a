import type { PairingRefusal } from '../../contract/lan.ts';
import type { WindowKind } from '../../contract/define.ts';
import { codeFrom, newPairing, pairingLeftMs, tryPairing, type Pairing } from '../../core/lan/pairing.ts';
import { createPaces } from '../../core/lan/pace.ts';
import type { DeviceRole, LanDeviceRecord } from '../../core/ports/lan.ts';
import { journalEntry, nowIso, type ShopContext } from '../context.ts';

/** More tablets than any counter has; beyond it somebody should look at the list. */
const mostDevices = 20;
/** Tries of one address, with or without a code to be guessed; a code itself is void after five. */
const tries = { burst: 6, everyMs: 10_000 };
/** Of everybody together. */
const allTries = { burst: 30, everyMs: 2_000 };
const rememberedAddresses = 500;
const tokenBytes = 32;

/** The window that a role sees; null for roles that nobody is given yet. */
function windowOf(role: DeviceRole): WindowKind | null {
  switch (role) {
    case 'customer':
      return 'customer';
    case 'callbacks':
    case 'manager':
      return null;
  }
}

/** Who a request comes from, by its token. */
export type KnownDevice = { readonly id: string; readonly window: WindowKind };

/** A token for a new device, or why there is none. */
export type Paired = { readonly ok: true; readonly token: string; readonly name: string } | { readonly ok: false; readonly reason: PairingRefusal };

/** The code that is shown, and the devices that came by one. One code at a time. */
export type Desk = {
  /** A new code in the name of whoever is signed in; the one before it is void. */
  offer(staffId: string): Pairing;
  leftMs(pairing: Pairing): number;
  end(): void;
  /** A device types a code. Everything that is refused is written down, as often as a code is good for. */
  pair(code: string, name: string, address: string): Paired;
  /** The device of a token; null for a stranger, and for one that was revoked. */
  device(token: string): KnownDevice | null;
};

function newCode(randomHex: (bytes: number) => string): string {
  for (;;) {
    const code = codeFrom([...Buffer.from(randomHex(tokenBytes), 'hex')]);
    if (code !== null) return code;
  }
}

export function createDesk(context: ShopContext): Desk {
  const { stores, clock, crypto, ids, register } = context;
  const paces = createPaces(tries, rememberedAddresses);
  const together = createPaces(allTries, 1);
  let pairing: Pairing | null = null;
  let offeredBy = '';

  function add(name: string, role: DeviceRole): string {
    const token = Buffer.from(context.randomHex(tokenBytes), 'hex').toString('base64url');
    const device: LanDeviceRecord = { id: ids.next(), registerId: register.id, name, role, tokenHash: crypto.sha256(token), madeAt: nowIso(context), madeBy: offeredBy, lastSeenAt: null };
    stores.lanDevices.add(device, [journalEntry(context, offeredBy, 'device-paired', { device: device.id, name, role })]);
    return token;
  }

  return {
    offer(staffId) {
      pairing = newPairing(newCode(context.randomHex), 'customer', clock.nowMs());
      offeredBy = staffId;
      stores.journal.append([journalEntry(context, staffId, 'device-code-shown', { role: pairing.role })]);
      return pairing;
    },
    leftMs: (one) => pairingLeftMs(one, clock.nowMs()),
    end() {
      pairing = null;
    },
    pair(code, name, address) {
      const nowMs = clock.monotonicMs();
      if (!paces.take(address, nowMs) || !together.take('', nowMs)) return { ok: false, reason: 'too-often' };
      if (stores.lanDevices.all(register.id).length >= mostDevices) return { ok: false, reason: 'full' };
      const tried = tryPairing(pairing, code, clock.nowMs());
      const wasOffered = pairing !== null;
      pairing = tried.ok ? null : tried.left;
      if (tried.ok) return { ok: true, token: add(name, tried.role), name };
      // Without a code that was offered, anybody in the network could fill the journal.
      if (wasOffered) stores.journal.append([journalEntry(context, null, 'device-refused', { reason: tried.reason })]);
      return { ok: false, reason: tried.reason };
    },
    device(token) {
      const found = stores.lanDevices.byToken(register.id, crypto.sha256(token));
      const window = found && windowOf(found.role);
      return found && window ? { id: found.id, window } : null;
    },
  };
}
