/**
 * Late money has a life of its own (open, handed over, and one of three ends), and refunds are of a post or of a task, go in
 * steps, and may need what the customer told. A part payment is given back before its receipt is completed only by a refund that
 * went through. The tables are built again because a CHECK can't be changed. A provider's payment is one paid attempt's: where it
 * was late, the attempt that had come to nothing may name it too.
 */
export const lateMoney = {
  version: 120,
  name: 'late-money',
  sql: `
DROP INDEX payment_attempt_provider;
CREATE UNIQUE INDEX payment_attempt_provider ON payment_attempt (tender_kind, provider_reference) WHERE provider_reference <> '' AND state = 'paid' AND proof_released_at IS NULL;

CREATE TABLE task_120 (
  id TEXT PRIMARY KEY,
  register_id TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('late-money')),
  state TEXT NOT NULL CHECK (state IN ('open', 'handed-over', 'attached', 'refunded', 'closed')),
  provider TEXT NOT NULL,
  reference TEXT NOT NULL,
  own_reference TEXT NOT NULL,
  amount_minor INTEGER NOT NULL CHECK (amount_minor >= 0),
  currency TEXT NOT NULL,
  receipt_id TEXT REFERENCES receipt (id),
  attempt_id TEXT REFERENCES payment_attempt (id),
  detail TEXT NOT NULL CHECK (json_valid(detail)),
  note TEXT NOT NULL,
  staff_id TEXT REFERENCES staff (id),
  post_id TEXT REFERENCES transaction_post (id),
  opened_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  ended_at TEXT,
  CHECK ((state IN ('attached', 'refunded', 'closed')) = (ended_at IS NOT NULL)),
  CHECK ((state = 'attached') = (post_id IS NOT NULL))
) STRICT, WITHOUT ROWID;
INSERT INTO task_120 (id, register_id, kind, state, provider, reference, own_reference, amount_minor, currency, receipt_id, attempt_id,
    detail, note, staff_id, post_id, opened_at, updated_at, ended_at)
  SELECT id, register_id, kind, CASE WHEN closed_at IS NULL THEN 'open' ELSE 'closed' END,
    coalesce(json_extract(detail, '$.provider'), ''), coalesce(json_extract(detail, '$.reference'), ''), coalesce(json_extract(detail, '$.ownReference'), ''),
    coalesce(json_extract(detail, '$.amountMinor'), 0), coalesce(json_extract(detail, '$.currency'), ''), receipt_id,
    (SELECT id FROM payment_attempt WHERE id = json_extract(detail, '$.attempt')), detail, '', (SELECT id FROM staff WHERE id = closed_by), NULL,
    opened_at, coalesce(closed_at, opened_at), closed_at
  FROM task;
DROP TABLE task;
ALTER TABLE task_120 RENAME TO task;
CREATE INDEX task_open ON task (register_id, opened_at) WHERE ended_at IS NULL;
CREATE INDEX task_ended ON task (ended_at) WHERE ended_at IS NOT NULL;
CREATE UNIQUE INDEX task_reference ON task (provider, reference);

CREATE TABLE refund_120 (
  id TEXT PRIMARY KEY,
  request_id TEXT NOT NULL UNIQUE,
  receipt_id TEXT REFERENCES receipt (id),
  post_id TEXT REFERENCES transaction_post (id),
  task_id TEXT REFERENCES task (id),
  attempt_id TEXT REFERENCES payment_attempt (id),
  tender_kind TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('intended', 'sending', 'waiting', 'outcome-unknown', 'refunded', 'refused')),
  amount_minor INTEGER NOT NULL CHECK (amount_minor > 0),
  currency TEXT NOT NULL,
  reference TEXT NOT NULL UNIQUE,
  provider_reference TEXT NOT NULL,
  provider_data TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(provider_data)),
  sealed_identifier TEXT NOT NULL DEFAULT '',
  problem TEXT CHECK (problem IS NULL OR json_valid(problem)),
  staff_id TEXT NOT NULL REFERENCES staff (id),
  reason TEXT NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  CHECK ((post_id IS NULL) <> (task_id IS NULL)),
  CHECK ((post_id IS NULL) = (receipt_id IS NULL)),
  CHECK (sealed_identifier = '' OR state NOT IN ('refunded', 'refused'))
) STRICT, WITHOUT ROWID;
INSERT INTO refund_120 (id, request_id, receipt_id, post_id, task_id, attempt_id, tender_kind, state, amount_minor, currency, reference,
    provider_reference, problem, staff_id, reason, created_at, updated_at)
  SELECT id, request_id, receipt_id, post_id, NULL, attempt_id, tender_kind, state, amount_minor, currency, reference,
    provider_reference, problem, staff_id, reason, created_at, updated_at FROM refund;

CREATE TABLE refund_transition_120 (
  seq INTEGER PRIMARY KEY,
  refund_id TEXT NOT NULL REFERENCES refund_120 (id),
  from_state TEXT,
  to_state TEXT NOT NULL,
  at TEXT NOT NULL
) STRICT;
INSERT INTO refund_transition_120 SELECT seq, refund_id, from_state, to_state, at FROM refund_transition;
DROP TABLE refund_transition;
DROP TABLE refund;
ALTER TABLE refund_120 RENAME TO refund;
ALTER TABLE refund_transition_120 RENAME TO refund_transition;

CREATE INDEX refund_of ON refund (post_id) WHERE post_id IS NOT NULL;
CREATE INDEX refund_of_task ON refund (task_id) WHERE task_id IS NOT NULL;
CREATE INDEX refund_of_receipt ON refund (receipt_id, created_at) WHERE receipt_id IS NOT NULL;
CREATE UNIQUE INDEX refund_one_unfinished ON refund (post_id) WHERE post_id IS NOT NULL AND state NOT IN ('refunded', 'refused');
CREATE UNIQUE INDEX refund_one_unfinished_of_task ON refund (task_id) WHERE task_id IS NOT NULL AND state NOT IN ('refunded', 'refused');
CREATE INDEX refund_transition_of ON refund_transition (refund_id, seq);

CREATE TRIGGER refund_within_post BEFORE INSERT ON refund
WHEN new.post_id IS NOT NULL AND new.amount_minor + coalesce((SELECT sum(amount_minor) FROM refund WHERE post_id = new.post_id AND state <> 'refused'), 0)
  > coalesce((SELECT amount_minor FROM transaction_post WHERE id = new.post_id AND kind = 'payment'), 0) BEGIN
  SELECT RAISE (ABORT, 'refunds never exceed their payment');
END;
CREATE TRIGGER refund_within_task BEFORE INSERT ON refund
WHEN new.task_id IS NOT NULL AND new.amount_minor + coalesce((SELECT sum(amount_minor) FROM refund WHERE task_id = new.task_id AND state <> 'refused'), 0)
  > coalesce((SELECT amount_minor FROM task WHERE id = new.task_id AND ended_at IS NULL), 0) BEGIN
  SELECT RAISE (ABORT, 'refunds never exceed their late money, which waits for them');
END;
CREATE TRIGGER refund_of_whole_part BEFORE INSERT ON refund
WHEN new.post_id IS NOT NULL AND (SELECT state FROM receipt WHERE id = new.receipt_id) <> 'completed' AND (
  new.amount_minor <> (SELECT amount_minor FROM transaction_post WHERE id = new.post_id)
  OR EXISTS (SELECT 1 FROM payment_attempt WHERE receipt_id = new.receipt_id AND state NOT IN
    ('paid', 'cancelled', 'declined', 'expired', 'released', 'reversed', 'not-started'))
) BEGIN
  SELECT RAISE (ABORT, 'a part payment goes back whole, and while no other payment is under way');
END;
CREATE TRIGGER refund_amount_stays BEFORE UPDATE ON refund
WHEN new.amount_minor <> old.amount_minor OR new.post_id IS NOT old.post_id OR new.task_id IS NOT old.task_id OR new.reference <> old.reference
  OR (old.state IN ('refunded', 'refused') AND new.state <> old.state) BEGIN
  SELECT RAISE (ABORT, 'what a refund is for never changes, nor how it ended');
END;
CREATE TRIGGER refund_stays BEFORE DELETE ON refund BEGIN
  SELECT RAISE (ABORT, 'refunds are never deleted');
END;

CREATE TRIGGER task_begins BEFORE INSERT ON task WHEN new.state <> 'open' BEGIN
  SELECT RAISE (ABORT, 'a task begins open');
END;
CREATE TRIGGER task_final BEFORE UPDATE ON task
WHEN old.ended_at IS NOT NULL OR new.provider <> old.provider OR new.reference <> old.reference OR new.own_reference <> old.own_reference
  OR new.amount_minor <> old.amount_minor OR new.currency <> old.currency OR new.register_id <> old.register_id OR new.opened_at <> old.opened_at
  OR new.receipt_id IS NOT old.receipt_id OR new.attempt_id IS NOT old.attempt_id BEGIN
  SELECT RAISE (ABORT, 'what a task is about never changes, nor how it ended');
END;
CREATE TRIGGER task_attached BEFORE UPDATE ON task
WHEN new.state = 'attached' AND NOT EXISTS (SELECT 1 FROM transaction_post WHERE id = new.post_id AND kind = 'payment'
  AND tender_kind = new.provider AND reference = new.reference AND amount_minor = new.amount_minor) BEGIN
  SELECT RAISE (ABORT, 'late money is attached by the post that it leaves');
END;
CREATE TRIGGER task_given_back BEFORE UPDATE ON task
WHEN (new.state = 'refunded') <> EXISTS (SELECT 1 FROM refund WHERE task_id = new.id AND state = 'refunded')
  OR (new.ended_at IS NOT NULL AND EXISTS (SELECT 1 FROM refund WHERE task_id = new.id AND state NOT IN ('refunded', 'refused'))) BEGIN
  SELECT RAISE (ABORT, 'late money is refunded when its refund is, and nothing else meanwhile');
END;
CREATE TRIGGER task_stays BEFORE DELETE ON task BEGIN
  SELECT RAISE (ABORT, 'tasks are never deleted');
END;

CREATE TRIGGER receipt_waits_for_refund BEFORE UPDATE OF state ON receipt
WHEN new.state <> old.state AND new.state IN ('completed', 'parked', 'voided')
  AND EXISTS (SELECT 1 FROM refund WHERE receipt_id = new.id AND state NOT IN ('refunded', 'refused')) BEGIN
  SELECT RAISE (ABORT, 'a payment of this receipt is on its way back');
END;
CREATE TRIGGER payment_attempt_waits_for_refund BEFORE INSERT ON payment_attempt
WHEN EXISTS (SELECT 1 FROM refund WHERE receipt_id = new.receipt_id AND state NOT IN ('refunded', 'refused')) BEGIN
  SELECT RAISE (ABORT, 'a payment of this receipt is on its way back');
END;
CREATE TRIGGER transaction_post_returned BEFORE INSERT ON transaction_post
WHEN new.kind = 'taken-back' AND EXISTS (SELECT 1 FROM payment_attempt WHERE id = new.attempt_id AND payment_order IS NOT NULL AND reference <> '')
  AND NOT EXISTS (SELECT 1 FROM refund JOIN transaction_post AS paid ON paid.id = refund.post_id
    WHERE paid.attempt_id = new.attempt_id AND refund.state = 'refunded' AND refund.amount_minor = -new.amount_minor) BEGIN
  SELECT RAISE (ABORT, 'a provider''s payment is taken back by a refund only');
END;
`,
} as const;
