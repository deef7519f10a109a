/**
 * Refunds with each of their transitions, never above what is left of the payment; and the head of each register's journal,
 * kept outside the journal so that a tail that was cut off is missed.
 */
export const refunds = {
  version: 90,
  name: 'refunds',
  sql: `
CREATE TABLE refund (
  id TEXT PRIMARY KEY,
  request_id TEXT NOT NULL UNIQUE,
  receipt_id TEXT NOT NULL REFERENCES receipt (id),
  post_id TEXT NOT NULL REFERENCES transaction_post (id),
  attempt_id TEXT NOT NULL REFERENCES payment_attempt (id),
  tender_kind TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('intended', 'sending', 'outcome-unknown', 'refunded', 'refused')),
  amount_minor INTEGER NOT NULL CHECK (amount_minor > 0),
  currency TEXT NOT NULL,
  reference TEXT NOT NULL UNIQUE,
  provider_reference TEXT NOT NULL,
  problem TEXT CHECK (problem IS NULL OR json_valid(problem)),
  staff_id TEXT NOT NULL REFERENCES staff (id),
  reason TEXT NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX refund_of ON refund (post_id);
CREATE UNIQUE INDEX refund_one_unfinished ON refund (post_id) WHERE state NOT IN ('refunded', 'refused');
CREATE INDEX refund_of_receipt ON refund (receipt_id, created_at);

CREATE TABLE refund_transition (
  seq INTEGER PRIMARY KEY,
  refund_id TEXT NOT NULL REFERENCES refund (id),
  from_state TEXT,
  to_state TEXT NOT NULL,
  at TEXT NOT NULL
) STRICT;
CREATE INDEX refund_transition_of ON refund_transition (refund_id, seq);

CREATE TRIGGER refund_within_post BEFORE INSERT ON refund
WHEN new.amount_minor + coalesce((SELECT sum(amount_minor) FROM refund WHERE post_id = new.post_id AND state <> 'refused'), 0)
  > (SELECT amount_minor FROM transaction_post WHERE id = new.post_id AND kind = 'payment') BEGIN
  SELECT RAISE (ABORT, 'refunds never exceed their payment');
END;
CREATE TRIGGER refund_amount_stays BEFORE UPDATE ON refund
WHEN new.amount_minor <> old.amount_minor OR new.post_id <> old.post_id OR new.reference <> old.reference
  OR (old.state IN ('refunded', 'refused') AND new.state <> old.state) BEGIN
  SELECT RAISE (ABORT, 'what a refund is for never changes, nor how it ended');
END;
CREATE TRIGGER refund_stays BEFORE DELETE ON refund BEGIN
  SELECT RAISE (ABORT, 'refunds are never deleted');
END;

CREATE INDEX payment_attempt_reference ON payment_attempt (reference) WHERE reference <> '';

CREATE TABLE journal_head (
  register_id TEXT PRIMARY KEY,
  seq INTEGER NOT NULL,
  hash TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO journal_head (register_id, seq, hash)
  SELECT register_id, seq, hash FROM journal AS one WHERE seq = (SELECT max(seq) FROM journal WHERE register_id = one.register_id);
CREATE TRIGGER journal_head_rises BEFORE UPDATE ON journal_head WHEN new.seq <= old.seq BEGIN
  SELECT RAISE (ABORT, 'the head of the journal only rises');
END;
CREATE TRIGGER journal_head_stays BEFORE DELETE ON journal_head BEGIN
  SELECT RAISE (ABORT, 'the head of the journal is never deleted');
END;
`,
} as const;
