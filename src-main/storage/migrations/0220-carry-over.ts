/**
 * A payment in doubt can be carried over: it goes on being asked about, holds its receipt no longer, and is a task from that moment. The
 * task says `open` while nobody knows whether it was paid, then `paid`, which makes it late money like any other, or `nothing`, which
 * ends it.
 */
export const carryOver = {
  version: 220,
  name: 'carry-over',
  sql: `
ALTER TABLE payment_attempt ADD COLUMN carried_over_at TEXT;
DROP INDEX payment_attempt_one_unfinished;
CREATE UNIQUE INDEX payment_attempt_one_unfinished ON payment_attempt (receipt_id) WHERE carried_over_at IS NULL AND state NOT IN
  ('paid', 'cancelled', 'declined', 'expired', 'released', 'reversed', 'not-started');
DROP INDEX payment_attempt_provider;
CREATE UNIQUE INDEX payment_attempt_provider ON payment_attempt (tender_kind, provider_reference)
  WHERE provider_reference <> '' AND state = 'paid' AND proof_released_at IS NULL AND carried_over_at IS NULL;

ALTER TABLE task ADD COLUMN doubt TEXT CHECK (doubt IN ('open', 'paid', 'nothing'));
DROP INDEX task_reference;
CREATE UNIQUE INDEX task_reference ON task (provider, reference) WHERE reference <> '';
CREATE UNIQUE INDEX task_doubt ON task (attempt_id) WHERE doubt IS NOT NULL;

CREATE TRIGGER payment_attempt_carried_over BEFORE UPDATE ON payment_attempt WHEN new.carried_over_at IS NOT old.carried_over_at AND (
  old.carried_over_at IS NOT NULL OR NOT EXISTS (SELECT 1 FROM task WHERE attempt_id = new.id AND doubt = 'open')) BEGIN
  SELECT RAISE (ABORT, 'a payment is carried over once, together with its task');
END;
CREATE TRIGGER payment_attempt_begins_here BEFORE INSERT ON payment_attempt WHEN new.carried_over_at IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM payment_attempt WHERE id = new.id) BEGIN
  SELECT RAISE (ABORT, 'no payment begins carried over');
END;
CREATE TRIGGER transaction_post_carried_over BEFORE INSERT ON transaction_post
WHEN (SELECT carried_over_at FROM payment_attempt WHERE id = new.attempt_id) IS NOT NULL BEGIN
  SELECT RAISE (ABORT, 'what was carried over is late money and pays no receipt by itself');
END;
CREATE TRIGGER task_begins_in_doubt BEFORE INSERT ON task
WHEN (new.doubt IS NOT NULL AND (new.doubt <> 'open' OR new.attempt_id IS NULL)) OR (new.doubt IS NULL AND new.reference = '') BEGIN
  SELECT RAISE (ABORT, 'a task begins as late money with a reference, or in doubt about one payment');
END;
CREATE TRIGGER task_in_doubt BEFORE UPDATE ON task
WHEN (new.doubt IS NOT old.doubt AND old.doubt IS NOT 'open')
  OR (new.doubt = 'open' AND (new.reference <> '' OR new.state NOT IN ('open', 'handed-over')))
  OR (new.doubt = 'paid' AND new.reference = '')
  OR (new.doubt = 'nothing' AND (new.reference <> '' OR new.state <> 'closed')) BEGIN
  SELECT RAISE (ABORT, 'a doubt ends once: with the money that was paid, or with nothing');
END;
DROP TRIGGER task_final;
CREATE TRIGGER task_final BEFORE UPDATE ON task
WHEN old.ended_at IS NOT NULL OR new.provider <> old.provider OR new.own_reference <> old.own_reference OR new.register_id <> old.register_id
  OR new.opened_at <> old.opened_at OR new.receipt_id IS NOT old.receipt_id OR new.attempt_id IS NOT old.attempt_id
  OR (NOT (old.doubt IS 'open' AND new.doubt = 'paid')
    AND (new.reference <> old.reference OR new.amount_minor <> old.amount_minor OR new.currency <> old.currency)) BEGIN
  SELECT RAISE (ABORT, 'what a task is about never changes, nor how it ended');
END;
CREATE TRIGGER refund_not_in_doubt BEFORE INSERT ON refund
WHEN new.task_id IS NOT NULL AND (SELECT doubt FROM task WHERE id = new.task_id) IS 'open' BEGIN
  SELECT RAISE (ABORT, 'nobody knows yet whether there is anything to give back');
END;
DROP TRIGGER payment_attempt_waits_for_refund;
CREATE TRIGGER payment_attempt_waits_for_refund BEFORE INSERT ON payment_attempt
WHEN EXISTS (SELECT 1 FROM refund WHERE receipt_id = new.receipt_id AND state NOT IN ('refunded', 'refused'))
  AND NOT EXISTS (SELECT 1 FROM payment_attempt WHERE id = new.id AND carried_over_at IS NOT NULL) BEGIN
  SELECT RAISE (ABORT, 'a payment of this receipt is on its way back');
END;
DROP TRIGGER refund_of_whole_part;
CREATE TRIGGER refund_of_whole_part BEFORE INSERT ON refund
WHEN new.post_id IS NOT NULL AND (SELECT state FROM receipt WHERE id = new.receipt_id) <> 'completed' AND (
  new.amount_minor <> (SELECT amount_minor FROM transaction_post WHERE id = new.post_id)
  OR EXISTS (SELECT 1 FROM payment_attempt WHERE receipt_id = new.receipt_id AND carried_over_at IS NULL AND state NOT IN
    ('paid', 'cancelled', 'declined', 'expired', 'released', 'reversed', 'not-started'))
) BEGIN
  SELECT RAISE (ABORT, 'a part payment goes back whole, and while no other payment is under way');
END;
`,
} as const;
