/**
 * Returns: receipts of their own that name the receipt and the lines that they take back, and the refunds by which money goes back. A return
 * is never on the counter: it lives beside it. No more of a line comes back than was sold, over all returns that were not given up.
 * `set_off` pairs what a return is settled by with what it pays on the sale that it is exchanged for.
 */
export const returns = {
  version: 200,
  name: 'returns',
  sql: `
ALTER TABLE receipt ADD COLUMN of_receipt_id TEXT REFERENCES receipt (id);
ALTER TABLE receipt ADD COLUMN return_reason TEXT NOT NULL DEFAULT '';
ALTER TABLE receipt ADD COLUMN return_purpose TEXT NOT NULL DEFAULT '' CHECK (return_purpose IN ('', 'goods', 'tender'));
ALTER TABLE receipt ADD COLUMN in_exchange INTEGER NOT NULL DEFAULT 0 CHECK (in_exchange IN (0, 1));
ALTER TABLE receipt ADD COLUMN follows_receipt_id TEXT REFERENCES receipt (id);
ALTER TABLE receipt_line ADD COLUMN of_line_id TEXT REFERENCES receipt_line (id);
ALTER TABLE receipt_line ADD COLUMN back_gross_minor INTEGER;
ALTER TABLE receipt_line ADD COLUMN back_vat_minor INTEGER;
ALTER TABLE refund ADD COLUMN return_id TEXT REFERENCES receipt (id);

DROP INDEX receipt_on_counter;
DROP INDEX receipt_aside;
CREATE UNIQUE INDEX receipt_on_counter ON receipt (register_id) WHERE state IN ('open', 'paying') AND aside = 0 AND kind <> 'return';
CREATE INDEX receipt_aside ON receipt (register_id, opened_at) WHERE state IN ('open', 'paying') AND aside = 1 AND kind <> 'return';
CREATE INDEX receipt_return_unfinished ON receipt (register_id, opened_at) WHERE state IN ('open', 'paying') AND kind = 'return';
CREATE UNIQUE INDEX receipt_one_exchange ON receipt (register_id) WHERE in_exchange = 1 AND state IN ('open', 'paying');
CREATE INDEX receipt_return_of ON receipt (of_receipt_id) WHERE of_receipt_id IS NOT NULL;
CREATE INDEX receipt_follows ON receipt (follows_receipt_id) WHERE follows_receipt_id IS NOT NULL;
CREATE INDEX receipt_line_return_of ON receipt_line (of_line_id) WHERE of_line_id IS NOT NULL;
CREATE INDEX refund_of_return ON refund (return_id) WHERE return_id IS NOT NULL;

CREATE TRIGGER receipt_return_begins BEFORE INSERT ON receipt
WHEN (new.kind <> 'return' AND (new.of_receipt_id IS NOT NULL OR new.return_reason <> '' OR new.return_purpose <> '' OR new.in_exchange <> 0))
  OR (new.of_receipt_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM receipt WHERE id = new.of_receipt_id AND kind = 'sale' AND state = 'completed')) BEGIN
  SELECT RAISE (ABORT, 'a return is of a completed sale');
END;
CREATE TRIGGER receipt_return_stays BEFORE UPDATE ON receipt
WHEN new.of_receipt_id IS NOT old.of_receipt_id OR new.return_purpose <> old.return_purpose OR new.follows_receipt_id IS NOT old.follows_receipt_id
  OR (old.state IN ('completed', 'voided') AND (new.return_reason <> old.return_reason OR new.in_exchange <> old.in_exchange)) BEGIN
  SELECT RAISE (ABORT, 'what a return is of never changes');
END;
CREATE TRIGGER receipt_return_waits BEFORE UPDATE OF state ON receipt
WHEN new.kind = 'return' AND new.state <> old.state AND new.state IN ('completed', 'voided', 'open')
  AND EXISTS (SELECT 1 FROM refund WHERE return_id = new.id AND state NOT IN ('refunded', 'refused')) BEGIN
  SELECT RAISE (ABORT, 'money of this return is on its way back');
END;
CREATE TRIGGER receipt_return_paid BEFORE UPDATE OF state ON receipt
WHEN new.kind = 'return' AND new.state = 'voided'
  AND coalesce((SELECT sum(amount_minor) FROM transaction_post WHERE receipt_id = new.id), 0) <> 0 BEGIN
  SELECT RAISE (ABORT, 'money of this return has gone back');
END;
CREATE TRIGGER receipt_return_parked BEFORE UPDATE OF state ON receipt WHEN new.kind = 'return' AND new.state = 'parked' BEGIN
  SELECT RAISE (ABORT, 'a return is not parked');
END;

CREATE TRIGGER receipt_line_returned BEFORE INSERT ON receipt_line
WHEN new.of_line_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM receipt_line AS sold JOIN receipt AS back ON back.id = new.receipt_id
  WHERE sold.id = new.of_line_id AND sold.state = 'active' AND back.kind = 'return' AND back.of_receipt_id = sold.receipt_id) BEGIN
  SELECT RAISE (ABORT, 'a return takes back lines of its own receipt');
END;
CREATE TRIGGER receipt_line_returned_stays BEFORE UPDATE ON receipt_line WHEN new.of_line_id IS NOT old.of_line_id BEGIN
  SELECT RAISE (ABORT, 'what a line takes back never changes');
END;
CREATE TRIGGER receipt_line_within_sold AFTER INSERT ON receipt_line
WHEN new.of_line_id IS NOT NULL AND (SELECT sum(line.quantity_milli) FROM receipt_line AS line JOIN receipt ON receipt.id = line.receipt_id
    WHERE line.of_line_id = new.of_line_id AND line.state = 'active' AND receipt.state <> 'voided')
  > (SELECT quantity_milli FROM receipt_line WHERE id = new.of_line_id) BEGIN
  SELECT RAISE (ABORT, 'no more comes back than was sold');
END;
CREATE TRIGGER receipt_line_within_sold_later AFTER UPDATE ON receipt_line
WHEN new.of_line_id IS NOT NULL AND (SELECT sum(line.quantity_milli) FROM receipt_line AS line JOIN receipt ON receipt.id = line.receipt_id
    WHERE line.of_line_id = new.of_line_id AND line.state = 'active' AND receipt.state <> 'voided')
  > (SELECT quantity_milli FROM receipt_line WHERE id = new.of_line_id) BEGIN
  SELECT RAISE (ABORT, 'no more comes back than was sold');
END;

CREATE TRIGGER refund_of_return_begins BEFORE INSERT ON refund
WHEN new.return_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM receipt WHERE id = new.return_id AND kind = 'return' AND state = 'paying' AND of_receipt_id = new.receipt_id
  AND new.amount_minor + coalesce((SELECT sum(amount_minor) FROM refund WHERE return_id = new.return_id AND state NOT IN ('refunded', 'refused')), 0)
    - coalesce((SELECT sum(amount_minor) FROM transaction_post WHERE receipt_id = new.return_id), 0) <= -total_minor) BEGIN
  SELECT RAISE (ABORT, 'a refund is of a return of its own receipt, and no more than it owes');
END;
CREATE TRIGGER refund_of_return_stays BEFORE UPDATE ON refund WHEN new.return_id IS NOT old.return_id BEGIN
  SELECT RAISE (ABORT, 'what a refund is of never changes');
END;

CREATE TABLE set_off (
  return_post_id TEXT PRIMARY KEY REFERENCES transaction_post (id),
  sale_post_id TEXT NOT NULL UNIQUE REFERENCES transaction_post (id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER set_off_pairs BEFORE INSERT ON set_off
WHEN NOT EXISTS (SELECT 1 FROM transaction_post AS back JOIN transaction_post AS paid ON paid.id = new.sale_post_id
  JOIN receipt AS returned ON returned.id = back.receipt_id JOIN receipt AS sold ON sold.id = paid.receipt_id
  WHERE back.id = new.return_post_id AND back.tender_kind = 'set-off' AND paid.tender_kind = 'set-off' AND back.amount_minor + paid.amount_minor = 0
    AND returned.kind = 'return' AND sold.kind = 'sale') BEGIN
  SELECT RAISE (ABORT, 'what is set off on a return is paid on a sale');
END;
CREATE TRIGGER set_off_final BEFORE UPDATE ON set_off BEGIN
  SELECT RAISE (ABORT, 'a set-off is never changed');
END;
CREATE TRIGGER set_off_stays BEFORE DELETE ON set_off BEGIN
  SELECT RAISE (ABORT, 'a set-off is never deleted');
END;
`,
} as const;
