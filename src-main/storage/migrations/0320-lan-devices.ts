/** Devices in the shop's network that are paired with a register. A token itself is kept by its device alone; one that was revoked stays revoked. */
export const lanDevices = {
  version: 320,
  name: 'lan-devices',
  sql: `
CREATE TABLE lan_device (
  id TEXT PRIMARY KEY,
  register_id TEXT NOT NULL REFERENCES register (id),
  name TEXT NOT NULL CHECK (name <> ''),
  role TEXT NOT NULL CHECK (role IN ('customer', 'callbacks', 'manager')),
  token_hash TEXT NOT NULL UNIQUE CHECK (length(token_hash) = 64),
  made_at TEXT NOT NULL,
  made_by TEXT NOT NULL REFERENCES staff (id),
  last_seen_at TEXT,
  revoked_at TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX lan_device_of ON lan_device (register_id, id) WHERE revoked_at IS NULL;
CREATE TRIGGER lan_device_final BEFORE UPDATE ON lan_device
WHEN new.id <> old.id OR new.register_id <> old.register_id OR new.role <> old.role OR new.token_hash <> old.token_hash
  OR new.made_at <> old.made_at OR new.made_by <> old.made_by OR old.revoked_at IS NOT NULL BEGIN
  SELECT RAISE (ABORT, 'what a device may be never changes, and a revoked one stays revoked');
END;
CREATE TRIGGER lan_device_stays BEFORE DELETE ON lan_device BEGIN
  SELECT RAISE (ABORT, 'devices are never deleted');
END;
`,
} as const;
