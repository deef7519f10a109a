import type { ProviderAccount, ProviderStore, ProviderTerminal } from '../core/ports/stores.ts';
import { json, text, type Row, type Statements } from './database.ts';

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
  settings: json<Record<string, string>>(row, 'settings'),
  sealedSecrets: json<Record<string, string>>(row, 'sealed_secrets'),
});

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
      `INSERT INTO provider_terminal (id, account_id, provider, register_id, external_id, settings, sealed_secrets) VALUES (?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET account_id = excluded.account_id, register_id = excluded.register_id,
        external_id = excluded.external_id, settings = excluded.settings, sealed_secrets = excluded.sealed_secrets`,
    ).run(
      terminal.id,
      terminal.accountId,
      terminal.provider,
      terminal.registerId,
      terminal.externalId,
      JSON.stringify(terminal.settings),
      JSON.stringify(terminal.sealedSecrets),
    );
  },
  removeTerminal(terminalId, at) {
    sql('UPDATE provider_terminal SET removed_at = ? WHERE id = ?').run(at, terminalId);
  },
  terminal(terminalId) {
    const row = sql('SELECT * FROM provider_terminal WHERE id = ?').get(terminalId) as Row | undefined;
    return row ? terminalOf(row) : null;
  },
});
