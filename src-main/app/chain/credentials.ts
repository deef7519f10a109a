import type { Currency } from '../../contract/basics.ts';
import type { ProviderLink, Settings } from '../../core/payments/provider.ts';
import type { Secrets } from '../../core/ports/world.ts';
import type { ChainFile } from './schema.ts';

/** What an origin's shop is called by its provider's adapter. */
export type OriginShop = { readonly name: string; readonly currency: Currency; readonly register: { readonly number: number; readonly name: string } };

export type Credentials = {
  /** Whether a store's payments by a provider can be given back by the chain at all. */
  has(storeId: string, kind: string): boolean;
  /**
   * With the keys open, for the adapter only: the chain's keys and the store's number (partner), the store's own keys (own), one number and
   * the store's prefix (shared). Null where the chain has none, or can't open them.
   */
  link(storeId: string, kind: string, shop: OriginShop): ProviderLink | null;
  /** The providers' numbers of stores, and prefixes: what no answer for a register may carry. */
  numbers(): readonly string[];
};

type Kind = keyof ChainFile['providers'];
const lookUp = <T>(entries: Partial<Readonly<Record<Kind, T>>>, kind: string): T | undefined => (Object.entries(entries) as readonly [string, T][]).find(([name]) => name === kind)?.[1];

export function createCredentials(file: ChainFile, secrets: Secrets): Credentials {
  const opened = (sealed: Settings): Settings => Object.fromEntries(Object.entries(sealed).map(([name, text]) => [name, secrets.open(text)]));

  function found(storeId: string, kind: string) {
    const chain = lookUp(file.providers, kind);
    const store = file.stores.find((one) => one.id === storeId);
    const own = store ? lookUp(store.providers, kind) : undefined;
    return chain && own ? { chain, own } : null;
  }

  return {
    has: (storeId, kind) => found(storeId, kind) !== null,
    link(storeId, kind, { name, currency, register }) {
      const entry = found(storeId, kind);
      if (!entry) return null;
      const { chain, own } = entry;
      const each = chain.way === 'own';
      const terminal = chain.way === 'shared' ? chain.terminal : own.terminal;
      try {
        return {
          account: {
            id: each ? `chain-${kind}-${storeId}` : `chain-${kind}`,
            settings: { ...chain.settings, ...own.settings, ...(own.prefix === '' ? {} : { prefix: own.prefix }) },
            secrets: opened(each ? own.sealed : chain.sealed),
          },
          terminal: { id: `chain-${kind}-${storeId}`, externalId: terminal, settings: {}, secrets: {} },
          register,
          shopName: name,
          currency,
        };
      } catch {
        // Sealed by another key: the file came without it.
        return null;
      }
    },
    numbers: () => [...Object.values(file.providers), ...file.stores.flatMap((store) => Object.values(store.providers))].flatMap((one) => [one.terminal]).filter((one) => one !== ''),
  };
}
