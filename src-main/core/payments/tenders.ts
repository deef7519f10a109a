import type { TenderReason, TenderView } from '../../contract/sale.ts';
import type { Currency } from '../../contract/basics.ts';
import type { TenderConfig } from '../ports/stores.ts';
import type { Minor } from '../money.ts';
import { roundCash } from './cash.ts';
import { waysFor, type ProviderCapabilities } from './provider.ts';

/** How a kind of tender behaves. Cash and manual card are the till's own; every other kind is a provider's. */
export type TenderKind = {
  readonly kind: string;
  /** `cash` rounds and gives change; `manual` is the cashier's word; `provider` is proved by the
   * provider, `scanned` by what the customer shows of a payment that was made before. */
  readonly proof: 'cash' | 'manual' | 'provider' | 'scanned';
  readonly provider: ProviderCapabilities | null;
  /** A provider's own name; empty for the till's own kinds, which are named in the language of the screen. */
  readonly name: string;
};

const ownKinds: readonly TenderKind[] = [
  { kind: 'cash', proof: 'cash', provider: null, name: '' },
  { kind: 'manual-card', proof: 'manual', provider: null, name: '' },
];

/** All kinds of tender that this application can take, by kind. */
export type TenderRegistry = ReadonlyMap<string, TenderKind>;

/** Builds the registry from the till's own kinds and the providers that are built in; a kind used twice is a bug. */
export function tenderRegistry(providers: readonly { readonly capabilities: ProviderCapabilities; readonly description: { readonly name: string } }[]): TenderRegistry {
  const kinds = new Map<string, TenderKind>();
  const all = [
    ...ownKinds,
    ...providers.map(({ capabilities, description }): TenderKind => ({ kind: capabilities.kind, proof: capabilities.proof === 'scanned' ? 'scanned' : 'provider', provider: capabilities, name: description.name })),
  ];
  for (const kind of all) {
    if (kinds.has(kind.kind)) throw new Error(`tenders: the kind "${kind.kind}" is used twice`);
    kinds.set(kind.kind, kind);
  }
  return kinds;
}

/** What decides whether a tender can be used now. */
export type TenderSituation = {
  readonly dueMinor: Minor;
  /** Whether there is anything to complete: a receipt of free articles is settled with nothing. */
  readonly hasLines: boolean;
  readonly currency: Currency;
  readonly cashStepMinor: number;
  readonly online: boolean;
  /** What a provider's kind still lacks on this register. */
  readonly missing: (kind: string) => 'account' | 'terminal' | 'terminal-number' | null;
  /** Whether the provider's terminal is taken by another payment. */
  readonly busy: (kind: string) => boolean;
  /** What a provider can do as its account uses it. */
  readonly capabilities: (kind: string) => ProviderCapabilities | null;
  /** The customer is somewhere else. */
  readonly distance: boolean;
  /** Whether a payment of the receipt is on its way back: what is due is not known until it has ended. */
  readonly goingBack: boolean;
};

const abilityOf = (kind: TenderKind, now: TenderSituation): ProviderCapabilities | null => kind.provider && (now.capabilities(kind.kind) ?? kind.provider);

/** Whether it can ask a customer who is not here. A card that is read at another terminal may be typed in from a phone call: the cashier knows. */
function reaches(kind: TenderKind, now: TenderSituation): boolean {
  if (kind.proof === 'cash' || kind.proof === 'scanned') return false;
  const can = abilityOf(kind, now);
  return !can || waysFor(can, true).length > 0;
}

function reasonAgainst(kind: TenderKind | undefined, now: TenderSituation): TenderReason | null {
  if (!kind) return 'not-registered';
  if (now.goingBack) return 'payment-going-back';
  if (kind.provider) {
    const missing = now.missing(kind.kind);
    if (missing) return missing === 'terminal-number' ? 'no-terminal-number' : 'not-registered';
  }
  if (now.distance && !reaches(kind, now)) return 'not-at-distance';
  if (!now.hasLines) return 'nothing-to-pay';
  if (kind.proof === 'cash') return null;
  if (now.dueMinor === 0) return 'nothing-to-pay';
  if (now.dueMinor < 0) return 'refund-only-cash';
  const limits = abilityOf(kind, now);
  if (!limits) return null;
  if (!limits.currencies.includes(now.currency)) return 'not-registered';
  if (limits.needsNetwork && !now.online) return 'no-network';
  if (now.busy(kind.kind)) return 'payment-active';
  if (now.dueMinor < limits.minimumMinor) return 'below-minimum';
  return now.dueMinor > limits.maximumMinor ? 'above-maximum' : null;
}

/** The shop's own name of a tender, else its provider's; empty where the screen's language names it. */
export const tenderName = (tender: Pick<TenderConfig, 'kind' | 'name'>, registry: TenderRegistry): string => tender.name || (registry.get(tender.kind)?.name ?? '');

/** A register's tender button as it stands now: usable, or the reason why not. */
export function tenderView(config: TenderConfig, registry: TenderRegistry, now: TenderSituation): TenderView {
  const kind = registry.get(config.kind);
  const reason = reasonAgainst(kind, now);
  const can = kind ? abilityOf(kind, now) : null;
  const ways = can ? waysFor(can, now.distance) : [];
  return {
    id: config.id,
    kind: config.kind,
    name: tenderName(config, registry),
    colour: config.colour,
    usable: reason === null,
    reason,
    amountMinor: kind?.proof === 'cash' ? roundCash(now.dueMinor, now.cashStepMinor) : now.dueMinor,
    asksReference: kind?.proof === 'manual',
    givesChange: kind?.proof === 'cash',
    asksProof: kind?.proof === 'scanned',
    byProvider: kind?.provider != null,
    customerAct: ways[0]?.customerAct ?? can?.customerAct ?? null,
    ways: ways.map(({ id, label, customerAct, asks }) => ({ id, label, customerAct, asks })),
    lessThanDue: can?.lessThanDue ?? true,
    moreThanDue: can?.moreThanDue ?? false,
  };
}
