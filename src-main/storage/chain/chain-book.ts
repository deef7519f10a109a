import type { Currency } from '../../contract/basics.ts';
import type { ProviderProblem } from '../../contract/payment.ts';
import { minor, type Minor } from '../../core/money.ts';
import type { PartOtherwise, ReceiptOf, ReturnHold } from '../../core/ports/chain-refunds.ts';
import { integer, json, jsonOrNull, openDatabase, statementsOf, text, textOrNull, type Row, type Statements } from '../database.ts';
import { migrate } from '../migrate.ts';
import { chainMigrations } from './schema.ts';

/** A refund of any store as the chain's book has it. `sending`: it may have reached the provider. */
export type StoredClaim = {
  readonly reference: string;
  readonly byStore: string;
  readonly epoch: string;
  readonly ofStore: string;
  readonly paymentId: string;
  readonly returnId: string | null;
  readonly paidMinor: Minor;
  readonly amountMinor: Minor;
  readonly currency: Currency;
  readonly state: 'reserved' | 'sending' | 'given' | 'released';
  readonly providerReference: string;
  /** What the adapter wrote down in its steps. */
  readonly data: Readonly<Record<string, string>>;
  readonly problem: ProviderProblem | null;
};

export type StoredHold = Pick<ReturnHold, 'returnId' | 'epoch' | 'lines'> & {
  readonly byStore: string;
  readonly of: ReceiptOf;
  readonly state: 'open' | 'completed' | 'dropped';
  readonly parts: readonly PartOtherwise[];
};

/** The chain's own book, which several registers of one machine write. Every write is durable when it returns. */
export type ChainBook = {
  /** All of it or nothing, and nobody else writes meanwhile. */
  transaction<T>(work: () => T): T;
  claim(reference: string): StoredClaim | null;
  claimsOf(ofStore: string, paymentId: string): readonly StoredClaim[];
  /** What other stores gave back of a store's payments, from an instant until before another. */
  givenFor(ofStore: string, from: string, to: string): readonly (StoredClaim & { readonly at: string })[];
  /** Reserved or sending, by a store. */
  running(byStore: string): readonly StoredClaim[];
  insertClaim(claim: StoredClaim, at: string): void;
  updateClaim(claim: StoredClaim, at: string): void;
  hold(returnId: string): StoredHold | null;
  holdsOf(of: ReceiptOf): readonly StoredHold[];
  openHolds(byStore: string): readonly StoredHold[];
  saveHold(hold: StoredHold, at: string): void;
  close(): void;
};

const claimOf = (row: Row): StoredClaim => ({
  reference: text(row, 'reference'),
  byStore: text(row, 'by_store'),
  epoch: text(row, 'epoch'),
  ofStore: text(row, 'of_store'),
  paymentId: text(row, 'payment_id'),
  returnId: textOrNull(row, 'return_id'),
  paidMinor: minor(integer(row, 'paid_minor')),
  amountMinor: minor(integer(row, 'amount_minor')),
  currency: text(row, 'currency') as Currency,
  state: text(row, 'state') as StoredClaim['state'],
  providerReference: text(row, 'provider_reference'),
  data: json<StoredClaim['data']>(row, 'data'),
  problem: jsonOrNull<ProviderProblem>(row, 'problem'),
});

const holdOf = (row: Row): StoredHold => ({
  returnId: text(row, 'return_id'),
  byStore: text(row, 'by_store'),
  epoch: text(row, 'epoch'),
  of: { storeId: text(row, 'of_store'), receiptId: text(row, 'receipt_id') },
  state: text(row, 'state') as StoredHold['state'],
  lines: json<StoredHold['lines']>(row, 'lines'),
  parts: json<StoredHold['parts']>(row, 'parts'),
});

const problemText = ({ problem }: StoredClaim): string | null => (problem === null ? null : JSON.stringify(problem));

function claims(sql: Statements): Pick<ChainBook, 'claim' | 'claimsOf' | 'givenFor' | 'running' | 'insertClaim' | 'updateClaim'> {
  return {
    claim(reference) {
      const row = sql('SELECT * FROM claim WHERE reference = ?').get(reference) as Row | undefined;
      return row ? claimOf(row) : null;
    },
    claimsOf: (ofStore, paymentId) => (sql('SELECT * FROM claim WHERE of_store = ? AND payment_id = ? ORDER BY at, reference').all(ofStore, paymentId) as Row[]).map(claimOf),
    givenFor: (ofStore, from, to) =>
      (sql("SELECT * FROM claim WHERE of_store = ? AND by_store <> of_store AND state = 'given' AND updated_at >= ? AND updated_at < ? ORDER BY updated_at, reference").all(ofStore, from, to) as Row[]).map((row) => ({ ...claimOf(row), at: text(row, 'updated_at') })),
    running: (byStore) => (sql("SELECT * FROM claim WHERE by_store = ? AND state IN ('reserved', 'sending') ORDER BY at, reference").all(byStore) as Row[]).map(claimOf),
    insertClaim(claim, at) {
      sql(
        `INSERT INTO claim (reference, by_store, epoch, of_store, payment_id, return_id, paid_minor, amount_minor, currency, state, at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      ).run(claim.reference, claim.byStore, claim.epoch, claim.ofStore, claim.paymentId, claim.returnId, claim.paidMinor, claim.amountMinor, claim.currency, claim.state, at, at);
    },
    updateClaim(claim, at) {
      sql('UPDATE claim SET state = ?, provider_reference = ?, data = ?, problem = ?, updated_at = ? WHERE reference = ?').run(claim.state, claim.providerReference, JSON.stringify(claim.data), problemText(claim), at, claim.reference);
    },
  };
}

function holds(sql: Statements): Pick<ChainBook, 'hold' | 'holdsOf' | 'openHolds' | 'saveHold'> {
  return {
    hold(returnId) {
      const row = sql('SELECT * FROM hold WHERE return_id = ?').get(returnId) as Row | undefined;
      return row ? holdOf(row) : null;
    },
    holdsOf: ({ storeId, receiptId }) => (sql("SELECT * FROM hold WHERE of_store = ? AND receipt_id = ? AND state <> 'dropped' ORDER BY at, return_id").all(storeId, receiptId) as Row[]).map(holdOf),
    openHolds: (byStore) => (sql("SELECT * FROM hold WHERE by_store = ? AND state = 'open' ORDER BY at, return_id").all(byStore) as Row[]).map(holdOf),
    saveHold({ returnId, byStore, epoch, of, state, lines, parts }, at) {
      sql(
        `INSERT INTO hold (return_id, by_store, epoch, of_store, receipt_id, state, lines, parts, at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (return_id) DO UPDATE SET state = excluded.state, lines = excluded.lines, parts = excluded.parts, updated_at = excluded.updated_at`,
      ).run(returnId, byStore, epoch, of.storeId, of.receiptId, state, JSON.stringify(lines), JSON.stringify(parts), at, at);
    },
  };
}

/** All claims at one moment, beside registers that write. Throws SQLite's own errors. */
export function readClaims(file: string): readonly StoredClaim[] {
  const db = openDatabase(file, { readonly: true });
  try {
    return (db.prepare('SELECT * FROM claim ORDER BY at, reference').all() as Row[]).map(claimOf);
  } finally {
    db.close();
  }
}

/** Opens (and where needed makes) the chain's book. Throws SQLite's own errors, and NewerDatabaseError. */
export function openChainBook(file: string, nativeBinding?: string): ChainBook {
  const db = openDatabase(file, { nativeBinding });
  try {
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = FULL');
    migrate(db, chainMigrations, null, 0);
  } catch (error) {
    db.close();
    throw error;
  }
  const sql = statementsOf(db);
  return {
    transaction: (work) => (db.inTransaction ? work() : db.transaction(work).immediate()),
    ...claims(sql),
    ...holds(sql),
    close: () => {
      db.close();
    },
  };
}
