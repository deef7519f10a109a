import type { AttemptState, ProviderProblem } from '../contract/payment.ts';
import type { PaymentOrder } from '../core/payments/order.ts';
import type { Deeds } from '../core/payments/provider.ts';
import type { ProviderAccount, ProviderCheck, ProviderStore, ProviderTerminal } from '../core/ports/stores.ts';
import { flag, integer, json, jsonOrNull, text, type Row, type Statements } from './database.ts';

const accountOf = (row: Row): ProviderAccount => ({
  id: text(row, 'id'),
  provider: text(row, 'provider'),
  name: text(row, 'name'),
  settings: json<Record<string, string>>(row, 'settings'),
  sealedSecrets: json<Record<string, string>>(row, 'sealed_secrets'),
});

const terminalOf = (row: Row): ProviderTerminal => ({
  id: text(row, 'id'),
  accountId: text(row, 'account_id'),
  provider: text(row, 'provider'),
  registerId: text(row, 'register_id'),
  externalId: text(row, 'external_id'),
  shared: flag(row, 'shared'),
  settings: json<Record<string, string>>(row, 'settings'),
  sealedSecrets: json<Record<string, string>>(row, 'sealed_secrets'),
});

const checkOf = (row: Row): ProviderCheck => ({
  id: text(row, 'id'),
  provider: text(row, 'provider'),
  registerId: text(row, 'register_id'),
  check: text(row, 'check_name'),
  at: text(row, 'at'),
  problem: jsonOrNull<ProviderProblem>(row, 'problem'),
  facts: json<Record<string, string>>(row, 'facts'),
});

function paymentOf(row: Row): Deeds['payments'][number] {
  const order = jsonOrNull<PaymentOrder>(row, 'payment_order');
  return {
    reference: text(row, 'reference'),
    state: text(row, 'state') as AttemptState,
    way: order?.way ?? '',
    distance: order?.distance === true,
    data: json<Record<string, string>>(row, 'provider_data'),
    receiptSent: flag(row, 'receipt_sent'),
    at: text(row, 'updated_at'),
  };
}

/** Accounts at providers and the terminals by which they know the registers. */
export const providerStore = (sql: Statements): ProviderStore => ({
  accounts: () => (sql('SELECT * FROM provider_account ORDER BY provider, name').all() as Row[]).map(accountOf),
  terminals: () => (sql('SELECT * FROM provider_terminal WHERE removed_at IS NULL ORDER BY provider, external_id').all() as Row[]).map(terminalOf),
  saveAccount(account) {
    sql(
      `INSERT INTO provider_account (id, provider, name, settings, sealed_secrets) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET name = excluded.name, settings = excluded.settings, sealed_secrets = excluded.sealed_secrets`,
    ).run(account.id, account.provider, account.name, JSON.stringify(account.settings), JSON.stringify(account.sealedSecrets));
  },
  saveTerminal(terminal) {
    sql(
      `INSERT INTO provider_terminal (id, account_id, provider, register_id, external_id, settings, sealed_secrets, shared) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET account_id = excluded.account_id, register_id = excluded.register_id,
        external_id = excluded.external_id, settings = excluded.settings, sealed_secrets = excluded.sealed_secrets, shared = excluded.shared`,
    ).run(
      terminal.id,
      terminal.accountId,
      terminal.provider,
      terminal.registerId,
      terminal.externalId,
      JSON.stringify(terminal.settings),
      JSON.stringify(terminal.sealedSecrets),
      terminal.shared ? 1 : 0,
    );
  },
  removeTerminal(terminalId, at) {
    sql('UPDATE provider_terminal SET removed_at = ? WHERE id = ?').run(at, terminalId);
  },
  terminal(terminalId) {
    const row = sql('SELECT * FROM provider_terminal WHERE id = ?').get(terminalId) as Row | undefined;
    return row ? terminalOf(row) : null;
  },
  saveCheck({ id, provider, registerId, check, at, problem, facts }) {
    sql('INSERT INTO provider_check (id, provider, register_id, check_name, at, problem, facts) VALUES (?, ?, ?, ?, ?, ?, ?)').run(id, provider, registerId, check, at, problem === null ? null : JSON.stringify(problem), JSON.stringify(facts));
  },
  deeds(provider, registerId, limit) {
    const payments = sql(
      `SELECT attempt.reference, attempt.state, attempt.payment_order, attempt.provider_data, attempt.updated_at,
        EXISTS (SELECT 1 FROM provider_receipt AS kept WHERE kept.attempt_id = attempt.id AND kept.state = 'sent') AS receipt_sent FROM payment_attempt AS attempt
       JOIN receipt ON receipt.id = attempt.receipt_id
       WHERE attempt.tender_kind = ? AND receipt.register_id = ? AND receipt.kind <> 'training' ORDER BY attempt.id DESC LIMIT ?`,
    ).all(provider, registerId, limit) as Row[];
    const refunds = sql(
      `SELECT refund.reference, refund.amount_minor, attempt.paid_minor, attempt.provider_data, refund.updated_at FROM refund
       JOIN payment_attempt AS attempt ON attempt.id = refund.attempt_id JOIN receipt ON receipt.id = attempt.receipt_id
       WHERE refund.tender_kind = ? AND receipt.register_id = ? AND refund.state = 'refunded' ORDER BY refund.id DESC LIMIT ?`,
    ).all(provider, registerId, limit) as Row[];
    return {
      checks: (sql('SELECT * FROM provider_check WHERE provider = ? AND register_id = ? ORDER BY id DESC LIMIT ?').all(provider, registerId, limit) as Row[]).map(checkOf),
      payments: payments.map(paymentOf),
      refunds: refunds.map((row) => ({ reference: text(row, 'reference'), whole: integer(row, 'amount_minor') === integer(row, 'paid_minor'), data: json<Record<string, string>>(row, 'provider_data'), at: text(row, 'updated_at') })),
    };
  },
});
