/**
 * Returns of receipts of other stores of the chain. `return_origin` names the store and its receipt, `store_line` and `store_payment` are
 * what was sold and paid there, as far as it comes back here; a line and a refund of such a return name them instead of the register's own. The
 * table of refunds is built again because a CHECK can't be changed; rows that name it are looked at again at the end of the transaction.
 */
export const returnsOfStores = {
  version: 300,
  name: 'returns-of-stores',
  sql: `
PRAGMA defer_foreign_keys = ON;

CREATE TABLE return_origin (
  return_id TEXT PRIMARY KEY REFERENCES receipt (id),
  store_id TEXT NOT NULL CHECK (store_id <> ''),
  store_name TEXT NOT NULL CHECK (store_name <> ''),
  receipt_id TEXT NOT NULL,
  number INTEGER NOT NULL CHECK (number > 0),
  register_number INTEGER NOT NULL,
  at TEXT NOT NULL,
  known TEXT NOT NULL CHECK (json_valid(known))
) STRICT, WITHOUT ROWID;
CREATE INDEX return_origin_of ON return_origin (store_id, receipt_id);

CREATE TABLE store_line (
  id TEXT PRIMARY KEY,
  store_id TEXT NOT NULL,
  receipt_id TEXT NOT NULL,
  quantity_milli INTEGER NOT NULL CHECK (quantity_milli > 0),
  payable_minor INTEGER NOT NULL,
  vat_minor INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE store_payment (
  id TEXT PRIMARY KEY,
  store_id TEXT NOT NULL,
  receipt_id TEXT NOT NULL,
  tender_kind TEXT NOT NULL,
  reference TEXT NOT NULL,
  amount_minor INTEGER NOT NULL CHECK (amount_minor > 0),
  currency TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TRIGGER store_line_final BEFORE UPDATE ON store_line BEGIN
  SELECT RAISE (ABORT, 'what another store has sold is never changed');
END;
CREATE TRIGGER store_line_stays BEFORE DELETE ON store_line BEGIN
  SELECT RAISE (ABORT, 'what another store has sold is never deleted');
END;
CREATE TRIGGER store_payment_final BEFORE UPDATE ON store_payment BEGIN
  SELECT RAISE (ABORT, 'a payment of another store is never changed');
END;
CREATE TRIGGER store_payment_stays BEFORE DELETE ON store_payment BEGIN
  SELECT RAISE (ABORT, 'a payment of another store is never deleted');
END;

CREATE TRIGGER return_origin_begins BEFORE INSERT ON return_origin
WHEN NOT EXISTS (SELECT 1 FROM receipt WHERE id = new.return_id AND kind = 'return' AND state = 'open' AND of_receipt_id IS NULL AND return_purpose = 'goods')
  OR EXISTS (SELECT 1 FROM receipt_line WHERE receipt_id = new.return_id) BEGIN
  SELECT RAISE (ABORT, 'a return is of a receipt of another store from its beginning, and of no other');
END;
CREATE TRIGGER return_origin_one BEFORE INSERT ON return_origin
WHEN EXISTS (SELECT 1 FROM return_origin AS other JOIN receipt ON receipt.id = other.return_id
  WHERE other.store_id = new.store_id AND other.receipt_id = new.receipt_id AND receipt.state IN ('open', 'paying')) BEGIN
  SELECT RAISE (ABORT, 'a receipt has one unfinished return');
END;
CREATE TRIGGER return_origin_final BEFORE UPDATE ON return_origin
WHEN new.return_id <> old.return_id OR new.store_id <> old.store_id OR new.store_name <> old.store_name OR new.receipt_id <> old.receipt_id
  OR new.number <> old.number OR new.register_number <> old.register_number OR new.at <> old.at
  OR (SELECT state FROM receipt WHERE id = old.return_id) IN ('completed', 'voided') BEGIN
  SELECT RAISE (ABORT, 'what a return is of never changes');
END;
CREATE TRIGGER return_origin_stays BEFORE DELETE ON return_origin BEGIN
  SELECT RAISE (ABORT, 'what a return is of is never deleted');
END;

ALTER TABLE receipt_line ADD COLUMN of_store_line_id TEXT REFERENCES store_line (id);
CREATE INDEX receipt_line_of_store ON receipt_line (of_store_line_id) WHERE of_store_line_id IS NOT NULL;
CREATE TRIGGER receipt_line_of_store_begins BEFORE INSERT ON receipt_line
WHEN new.of_store_line_id IS NOT NULL AND (new.of_line_id IS NOT NULL OR NOT EXISTS (SELECT 1 FROM return_origin JOIN store_line AS sold
  ON sold.store_id = return_origin.store_id AND sold.receipt_id = return_origin.receipt_id
  WHERE return_origin.return_id = new.receipt_id AND sold.id = new.of_store_line_id)) BEGIN
  SELECT RAISE (ABORT, 'a return takes back lines of its own receipt');
END;
CREATE TRIGGER receipt_line_of_store_needed BEFORE INSERT ON receipt_line
WHEN new.of_store_line_id IS NULL AND EXISTS (SELECT 1 FROM return_origin WHERE return_id = new.receipt_id) BEGIN
  SELECT RAISE (ABORT, 'a return of another store takes back lines of its receipt only');
END;
CREATE TRIGGER receipt_line_of_store_stays BEFORE UPDATE ON receipt_line WHEN new.of_store_line_id IS NOT old.of_store_line_id BEGIN
  SELECT RAISE (ABORT, 'what a line takes back never changes');
END;
CREATE TRIGGER receipt_line_of_store_within AFTER INSERT ON receipt_line
WHEN new.of_store_line_id IS NOT NULL AND (SELECT sum(line.quantity_milli) FROM receipt_line AS line JOIN receipt ON receipt.id = line.receipt_id
    WHERE line.of_store_line_id = new.of_store_line_id AND line.state = 'active' AND receipt.state <> 'voided')
  > (SELECT quantity_milli FROM store_line WHERE id = new.of_store_line_id) BEGIN
  SELECT RAISE (ABORT, 'no more comes back than was sold');
END;
CREATE TRIGGER receipt_line_of_store_within_later AFTER UPDATE ON receipt_line
WHEN new.of_store_line_id IS NOT NULL AND (SELECT sum(line.quantity_milli) FROM receipt_line AS line JOIN receipt ON receipt.id = line.receipt_id
    WHERE line.of_store_line_id = new.of_store_line_id AND line.state = 'active' AND receipt.state <> 'voided')
  > (SELECT quantity_milli FROM store_line WHERE id = new.of_store_line_id) BEGIN
  SELECT RAISE (ABORT, 'no more comes back than was sold');
END;

CREATE TABLE refund_300 AS SELECT * FROM refund;
DROP TABLE refund;
CREATE TABLE refund (
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
  return_id TEXT REFERENCES receipt (id),
  payment_id TEXT REFERENCES store_payment (id),
  CHECK ((post_id IS NOT NULL) + (task_id IS NOT NULL) + (payment_id IS NOT NULL) = 1),
  CHECK ((post_id IS NULL) = (receipt_id IS NULL)),
  CHECK (payment_id IS NULL OR (return_id IS NOT NULL AND attempt_id IS NULL)),
  CHECK (sealed_identifier = '' OR state NOT IN ('refunded', 'refused'))
) STRICT, WITHOUT ROWID;
INSERT INTO refund (id, request_id, receipt_id, post_id, task_id, attempt_id, tender_kind, state, amount_minor, currency, reference, provider_reference,
    provider_data, sealed_identifier, problem, staff_id, reason, created_at, updated_at, return_id)
  SELECT id, request_id, receipt_id, post_id, task_id, attempt_id, tender_kind, state, amount_minor, currency, reference, provider_reference,
    provider_data, sealed_identifier, problem, staff_id, reason, created_at, updated_at, return_id FROM refund_300;
DROP TABLE refund_300;

CREATE INDEX refund_of ON refund (post_id) WHERE post_id IS NOT NULL;
CREATE INDEX refund_of_task ON refund (task_id) WHERE task_id IS NOT NULL;
CREATE INDEX refund_of_payment ON refund (payment_id) WHERE payment_id IS NOT NULL;
CREATE INDEX refund_of_receipt ON refund (receipt_id, created_at) WHERE receipt_id IS NOT NULL;
CREATE INDEX refund_of_return ON refund (return_id) WHERE return_id IS NOT NULL;
CREATE INDEX refund_by_day ON refund (tender_kind, updated_at) WHERE state = 'refunded';
CREATE UNIQUE INDEX refund_one_unfinished ON refund (post_id) WHERE post_id IS NOT NULL AND state NOT IN ('refunded', 'refused');
CREATE UNIQUE INDEX refund_one_unfinished_of_task ON refund (task_id) WHERE task_id IS NOT NULL AND state NOT IN ('refunded', 'refused');
CREATE UNIQUE INDEX refund_one_unfinished_of_payment ON refund (payment_id) WHERE payment_id IS NOT NULL AND state NOT IN ('refunded', 'refused');

CREATE TRIGGER refund_within_post BEFORE INSERT ON refund
WHEN new.post_id IS NOT NULL AND new.amount_minor + coalesce((SELECT sum(amount_minor) FROM refund WHERE post_id = new.post_id AND state <> 'refused'), 0)
  > coalesce((SELECT amount_minor FROM transaction_post WHERE id = new.post_id AND kind = 'payment'), 0) BEGIN
  SELECT RAISE (ABORT, 'refunds never exceed their payment');
END;
CREATE TRIGGER refund_within_payment BEFORE INSERT ON refund
WHEN new.payment_id IS NOT NULL AND new.amount_minor + coalesce((SELECT sum(amount_minor) FROM refund WHERE payment_id = new.payment_id AND state <> 'refused'), 0)
  > coalesce((SELECT amount_minor FROM store_payment WHERE id = new.payment_id AND currency = new.currency AND tender_kind = new.tender_kind), 0) BEGIN
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
  OR EXISTS (SELECT 1 FROM payment_attempt WHERE receipt_id = new.receipt_id AND carried_over_at IS NULL AND state NOT IN
    ('paid', 'cancelled', 'declined', 'expired', 'released', 'reversed', 'not-started'))
) BEGIN
  SELECT RAISE (ABORT, 'a part payment goes back whole, and while no other payment is under way');
END;
CREATE TRIGGER refund_not_in_doubt BEFORE INSERT ON refund
WHEN new.task_id IS NOT NULL AND (SELECT doubt FROM task WHERE id = new.task_id) IS 'open' BEGIN
  SELECT RAISE (ABORT, 'nobody knows yet whether there is anything to give back');
END;
CREATE TRIGGER refund_of_return_begins BEFORE INSERT ON refund
WHEN new.return_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM receipt WHERE id = new.return_id AND kind = 'return' AND state = 'paying'
  AND ((new.payment_id IS NULL AND of_receipt_id = new.receipt_id) OR EXISTS (SELECT 1 FROM return_origin JOIN store_payment AS paid
    ON paid.store_id = return_origin.store_id AND paid.receipt_id = return_origin.receipt_id WHERE return_origin.return_id = new.return_id AND paid.id = new.payment_id))
  AND new.amount_minor + coalesce((SELECT sum(amount_minor) FROM refund WHERE return_id = new.return_id AND state NOT IN ('refunded', 'refused')), 0)
    - coalesce((SELECT sum(amount_minor) FROM transaction_post WHERE receipt_id = new.return_id), 0) <= -total_minor) BEGIN
  SELECT RAISE (ABORT, 'a refund is of a return of its own receipt, and no more than it owes');
END;
CREATE TRIGGER refund_of_return_stays BEFORE UPDATE ON refund WHEN new.return_id IS NOT old.return_id BEGIN
  SELECT RAISE (ABORT, 'what a refund is of never changes');
END;
CREATE TRIGGER refund_amount_stays BEFORE UPDATE ON refund
WHEN new.amount_minor <> old.amount_minor OR new.post_id IS NOT old.post_id OR new.task_id IS NOT old.task_id OR new.payment_id IS NOT old.payment_id
  OR new.reference <> old.reference OR (old.state IN ('refunded', 'refused') AND new.state <> old.state) BEGIN
  SELECT RAISE (ABORT, 'what a refund is for never changes, nor how it ended');
END;
CREATE TRIGGER refund_stays BEFORE DELETE ON refund BEGIN
  SELECT RAISE (ABORT, 'refunds are never deleted');
END;
`,
} as const;
