import type { JournalDraft } from './journal.ts';

/** What a paired device may be. Only `customer` is given out now; the others are names that later ones will have. */
export type DeviceRole = 'customer' | 'callbacks' | 'manager';

/** A device in the shop's network that this register knows by its token. */
export type LanDeviceRecord = {
  readonly id: string;
  readonly registerId: string;
  readonly name: string;
  readonly role: DeviceRole;
  /** SHA-256 of its token, which is nowhere but in the device. */
  readonly tokenHash: string;
  readonly madeAt: string;
  readonly madeBy: string;
  readonly lastSeenAt: string | null;
};

export interface LanDeviceStore {
  /** Those that are paired with a register, the newest first. */
  all(registerId: string): readonly LanDeviceRecord[];
  byId(registerId: string, deviceId: string): LanDeviceRecord | null;
  /** Null also for one that was revoked. */
  byToken(registerId: string, tokenHash: string): LanDeviceRecord | null;
  add(device: LanDeviceRecord, journal: readonly JournalDraft[]): void;
  rename(deviceId: string, name: string, journal: readonly JournalDraft[]): void;
  seen(deviceId: string, at: string): void;
  revoke(deviceId: string, at: string, journal: readonly JournalDraft[]): void;
}

/** A certificate with its key, both PEM; `certificate` may hold those that signed it after it. */
export type KeyPair = { readonly certificate: string; readonly key: string };
