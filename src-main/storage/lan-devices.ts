import type { DeviceRole, LanDeviceRecord, LanDeviceStore } from '../core/ports/lan.ts';
import type { JournalStore } from '../core/ports/stores.ts';
import { text, textOrNull, type Row, type Statements } from './database.ts';

const deviceOf = (row: Row): LanDeviceRecord => ({
  id: text(row, 'id'),
  registerId: text(row, 'register_id'),
  name: text(row, 'name'),
  role: text(row, 'role') as DeviceRole,
  tokenHash: text(row, 'token_hash'),
  madeAt: text(row, 'made_at'),
  madeBy: text(row, 'made_by'),
  lastSeenAt: textOrNull(row, 'last_seen_at'),
});

/** Devices in the shop's network that are paired. */
export function lanDeviceStore(sql: Statements, journal: JournalStore, transaction: <T>(work: () => T) => T): LanDeviceStore {
  const one = (row: unknown): LanDeviceRecord | null => (row === undefined ? null : deviceOf(row as Row));
  return {
    all: (registerId) => (sql('SELECT * FROM lan_device WHERE register_id = ? AND revoked_at IS NULL ORDER BY id DESC').all(registerId) as Row[]).map(deviceOf),
    byId: (registerId, deviceId) => one(sql('SELECT * FROM lan_device WHERE id = ? AND register_id = ? AND revoked_at IS NULL').get(deviceId, registerId)),
    byToken: (registerId, tokenHash) => one(sql('SELECT * FROM lan_device WHERE token_hash = ? AND register_id = ? AND revoked_at IS NULL').get(tokenHash, registerId)),
    add({ id, registerId, name, role, tokenHash, madeAt, madeBy }, entries) {
      transaction(() => {
        sql('INSERT INTO lan_device (id, register_id, name, role, token_hash, made_at, made_by) VALUES (?, ?, ?, ?, ?, ?, ?)').run(id, registerId, name, role, tokenHash, madeAt, madeBy);
        journal.append(entries);
      });
    },
    rename(deviceId, name, entries) {
      transaction(() => {
        sql('UPDATE lan_device SET name = ? WHERE id = ?').run(name, deviceId);
        journal.append(entries);
      });
    },
    // A device that was revoked meanwhile is seen no more.
    seen: (deviceId, at) => void sql('UPDATE lan_device SET last_seen_at = ? WHERE id = ? AND revoked_at IS NULL').run(at, deviceId),
    revoke(deviceId, at, entries) {
      transaction(() => {
        sql('UPDATE lan_device SET revoked_at = ? WHERE id = ?').run(at, deviceId);
        journal.append(entries);
      });
    },
  };
}
