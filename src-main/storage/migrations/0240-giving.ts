/**
 * How receipts are given to customers other than on paper, and the mails that do it. A mail is written before it is sent; whom it goes to
 * is sealed, and forgotten when the mail has ended unless the customer agreed to have it kept.
 */
export const giving = {
  version: 240,
  name: 'giving',
  sql: `
CREATE TABLE receipt_given (
  receipt_id TEXT PRIMARY KEY REFERENCES receipt (id),
  way TEXT NOT NULL CHECK (way IN ('sent', 'shown', 'declined')),
  staff_id TEXT REFERENCES staff (id),
  at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TRIGGER receipt_given_completed BEFORE INSERT ON receipt_given
WHEN NOT EXISTS (SELECT 1 FROM receipt WHERE id = new.receipt_id AND state = 'completed') BEGIN
  SELECT RAISE (ABORT, 'only a completed receipt is given out');
END;
CREATE TRIGGER receipt_given_final BEFORE UPDATE ON receipt_given WHEN old.way <> 'declined' OR new.receipt_id <> old.receipt_id BEGIN
  SELECT RAISE (ABORT, 'the original of a receipt is given out once');
END;
CREATE TRIGGER receipt_given_stays BEFORE DELETE ON receipt_given BEGIN
  SELECT RAISE (ABORT, 'how a receipt was given out is never deleted');
END;

CREATE TABLE outgoing_mail (
  id TEXT PRIMARY KEY,
  receipt_id TEXT NOT NULL REFERENCES receipt (id),
  register_id TEXT NOT NULL REFERENCES register (id),
  staff_id TEXT REFERENCES staff (id),
  sealed_recipient TEXT,
  keeps_recipient INTEGER NOT NULL CHECK (keeps_recipient IN (0, 1)),
  copy INTEGER NOT NULL CHECK (copy IN (0, 1)),
  state TEXT NOT NULL CHECK (state IN ('queued', 'sending', 'sent', 'failed', 'dropped')),
  tries INTEGER NOT NULL CHECK (tries >= 0),
  problem TEXT NOT NULL,
  queued_at TEXT NOT NULL,
  next_try_at TEXT NOT NULL,
  ended_at TEXT,
  CHECK (state NOT IN ('queued', 'sending') OR sealed_recipient IS NOT NULL),
  CHECK (state IN ('queued', 'sending') OR sealed_recipient IS NULL OR keeps_recipient = 1),
  CHECK ((ended_at IS NULL) = (state IN ('queued', 'sending')))
) STRICT, WITHOUT ROWID;
CREATE INDEX outgoing_mail_of ON outgoing_mail (receipt_id, id);
CREATE INDEX outgoing_mail_waits ON outgoing_mail (register_id, next_try_at) WHERE state IN ('queued', 'sending', 'failed');
CREATE UNIQUE INDEX outgoing_mail_one ON outgoing_mail (receipt_id) WHERE state IN ('queued', 'sending');
CREATE TRIGGER outgoing_mail_final BEFORE UPDATE ON outgoing_mail
WHEN (old.state IN ('sent', 'dropped') AND new.state <> old.state) OR new.receipt_id <> old.receipt_id OR new.copy <> old.copy OR new.queued_at <> old.queued_at BEGIN
  SELECT RAISE (ABORT, 'a mail that has ended is never changed, nor what it is of');
END;
CREATE TRIGGER outgoing_mail_stays BEFORE DELETE ON outgoing_mail BEGIN
  SELECT RAISE (ABORT, 'mails are never deleted');
END;
`,
} as const;
