import type { Currency } from '../../contract/basics.ts';
import type { ProviderProblem } from '../../contract/payment.ts';
import type { PaymentProvider, ProviderLink, Settings } from '../../core/payments/provider.ts';
import type { ProviderAccount, ProviderTerminal } from '../../core/ports/stores.ts';
import type { ShopContext } from '../context.ts';

/** The providers that are built in, with this shop's accounts and this register's terminals. */
export type Links = {
  provider(kind: string): PaymentProvider | null;
  all(): readonly PaymentProvider[];
  account(kind: string): ProviderAccount | null;
  terminal(kind: string): ProviderTerminal | null;
  /** With the secrets open, for the adapter only. Null without an account, or where its secrets can't be opened. */
  link(kind: string, terminalId?: string | null): ProviderLink | null;
  /** What is missing before it can take a payment. */
  missing(kind: string): 'account' | 'terminal' | 'terminal-number' | null;
  /** An account or a terminal was written: both are read again when they are next asked for. */
  changed(): void;
};

export const notConfigured: ProviderProblem = { code: 'not-configured' };

export function createLinks(context: ShopContext, providers: readonly PaymentProvider[]): Links {
  const { stores, secrets } = context;
  /** Null where they were sealed with another folder's key, as after a restore on another machine: they have to be entered again. */
  function opened(sealed: Settings): Settings | null {
    try {
      return Object.fromEntries(Object.entries(sealed).map(([name, text]) => [name, secrets.open(text)]));
    } catch {
      return null;
    }
  }
  // Each drawn receipt asks whether its tenders are ready: what changes once a year is not read at every scan.
  let accounts: readonly ProviderAccount[] | null = null;
  let terminals: readonly ProviderTerminal[] | null = null;
  const readables = new Map<string, boolean>();
  const readable = ({ id, sealedSecrets }: ProviderAccount | ProviderTerminal): boolean => {
    const known = readables.get(id) ?? opened(sealedSecrets) !== null;
    readables.set(id, known);
    return known;
  };
  const account = (kind: string): ProviderAccount | null => {
    accounts ??= stores.providers.accounts();
    return accounts.find((one) => one.provider === kind) ?? null;
  };
  const terminal = (kind: string): ProviderTerminal | null => {
    terminals ??= stores.providers.terminals();
    return terminals.find((one) => one.provider === kind && one.registerId === context.register.id) ?? null;
  };
  /** Each provider as its account uses it; made anew when the account is another one or the shop has another currency. */
  const variants = new Map<string, { readonly owner: ProviderAccount; readonly currency: Currency; readonly provider: PaymentProvider }>();
  function provider(kind: string): PaymentProvider | null {
    const base = providers.find((one) => one.capabilities.kind === kind);
    const owner = base?.forAccount ? account(kind) : null;
    if (!base?.forAccount || !owner) return base ?? null;
    const { currency } = context.shop();
    const known = variants.get(kind);
    if (known?.owner === owner && known.currency === currency) return known.provider;
    const made = base.forAccount(owner.settings, currency);
    variants.set(kind, { owner, currency, provider: made });
    return made;
  }

  return {
    provider,
    all: () => providers.map((one) => provider(one.capabilities.kind) ?? one),
    account,
    terminal,
    link(kind, terminalId) {
      const owner = account(kind);
      if (!owner) return null;
      const known = terminalId ? stores.providers.terminal(terminalId) : terminal(kind);
      const ownerSecrets = opened(owner.sealedSecrets);
      if (!ownerSecrets) return null;
      const knownSecrets = known ? opened(known.sealedSecrets) : null;
      return {
        account: { id: owner.id, settings: owner.settings, secrets: ownerSecrets },
        terminal: known && knownSecrets ? { id: known.id, externalId: known.externalId, settings: known.settings, secrets: knownSecrets } : null,
        register: { number: context.register.number, name: context.register.name },
        shopName: context.shop().name,
        currency: context.shop().currency,
      };
    },
    missing(kind) {
      const owner = account(kind);
      if (!owner || !readable(owner)) return 'account';
      if (provider(kind)?.capabilities.needsTerminal !== true) return null;
      const known = terminal(kind);
      if (!known || !readable(known)) return 'terminal';
      return known.externalId === '' ? 'terminal-number' : null;
    },
    changed() {
      accounts = null;
      terminals = null;
      readables.clear();
    },
  };
}
