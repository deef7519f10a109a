import { z } from 'zod';
import { call, event, nothing } from './define.ts';
import { id, instant, words } from './basics.ts';
import { right } from './rights.ts';
import { providerProblem } from './payment.ts';

/** One setting of a provider account or one answer that a terminal action asks for. */
export const providerField = z.strictObject({
  name: z.string().regex(/^[a-zA-Z][a-zA-Z0-9]{0,39}$/),
  /** A `secret` is written, never read back. A `code` may be scanned as well as typed. A `choice` is one of `options`; empty is the first. */
  kind: z.enum(['text', 'address', 'secret', 'code', 'choice', 'phone']),
  options: z.array(z.strictObject({ value: z.string().max(60), label: words })).min(2).optional(),
  label: words,
  help: words,
  /** How the customer is asked, where they type it themselves; absent: the label. */
  ask: words.optional(),
  /** Asked for only where another field has one of these values. */
  when: z.strictObject({ field: z.string(), is: z.array(z.string()).min(1) }).optional(),
  required: z.boolean(),
  /** What a value has to look like, as the text of a regular expression over all of it. */
  pattern: z.string().optional(),
  maxLength: z.int().min(1).max(500),
});
export type ProviderField = z.infer<typeof providerField>;

/** Something a person does with this register's terminal: register it, give it its number, take it away. */
export const terminalAction = z.strictObject({
  id: z.string(),
  label: words,
  /** When it is offered. */
  needs: z.enum(['no-terminal', 'terminal']),
  right,
  /** Asked for before it is done; empty does it at once. */
  asks: z.array(providerField),
  /** Asked first where something is lost. */
  confirm: words.optional(),
});
export type TerminalAction = z.infer<typeof terminalAction>;

/** How an adapter describes itself: the admin's page is drawn from it. */
export const providerDescription = z.strictObject({
  kind: z.string(),
  name: z.string(),
  about: words,
  fields: z.array(providerField),
  /** What the terminal's own number is called (SEQR ID, ...). */
  terminalNumber: words,
  actions: z.array(terminalAction),
  /** What the admin can have looked at, besides "Test connection"; each may take some seconds. */
  checks: z.array(z.strictObject({ id: z.string(), label: words, help: words })).optional(),
  /** What the facts are called that checks find. */
  facts: z.record(z.string(), words).optional(),
  /** Better sentences for the provider's own codes than `problem.<code>` has. */
  sayings: z.record(z.string(), words).optional(),
  /** Pages of the provider that an admin needs. */
  links: z.array(z.strictObject({ label: words, address: z.url() })).optional(),
});
export type ProviderDescription = z.infer<typeof providerDescription>;

/** A provider with this shop's account and this register's terminal. Secrets are told only as there or not. */
export const providerView = z.strictObject({
  description: providerDescription,
  account: z
    .strictObject({ id, name: z.string(), settings: z.record(z.string(), z.string()), secretsSet: z.array(z.string()) })
    .nullable(),
  terminal: z.strictObject({ id, externalId: z.string(), settings: z.record(z.string(), z.string()) }).nullable(),
  /** Whether it can take a payment now, and what is missing if not. */
  missing: z.enum(['account', 'terminal', 'terminal-number']).nullable(),
});
export type ProviderView = z.infer<typeof providerView>;

/** What was found last, and when. */
const checkView = z.strictObject({ check: z.string(), at: instant, problem: providerProblem.nullable(), facts: z.record(z.string(), z.string()) });
export type CheckView = z.infer<typeof checkView>;

/** One point of a provider's list before real customers pay; done by what this register has really done, with its references. */
const goLiveItem = z.strictObject({ id: z.string(), label: words, help: words, done: z.strictObject({ at: instant, references: z.array(z.string()) }).nullable() });
export type GoLiveItemView = z.infer<typeof goLiveItem>;

const kind = z.string().min(1).max(40);
const values = z.record(z.string().max(40), z.string().max(500));
const outcome = z.strictObject({ problem: providerProblem.nullable() });

export const providerCalls = {
  'provider.list': call(nothing, z.array(providerView)),
  /** Empty secrets keep what is stored. Right: shop-edit. Errors: setting-invalid {field}, payment-active. */
  'provider.save-account': call(z.strictObject({ kind, settings: values, secrets: values }), providerView),
  /** Calls the provider with the saved settings. Right: shop-edit. */
  'provider.test': call(z.strictObject({ kind }), outcome),
  /** Carries out one of the description's checks; what it finds is kept. Right: shop-edit. */
  'provider.check': call(z.strictObject({ kind, check: z.string().max(40) }), checkView),
  /** What has been found by checks so far, and the list before real customers pay; an empty list where the provider has none. Right: shop-edit. */
  'provider.go-live': call(z.strictObject({ kind }), z.strictObject({ checks: z.array(checkView), items: z.array(goLiveItem) })),
  /** One of the description's actions for this register's terminal. Its right is the action's own. */
  'provider.terminal': call(
    z.strictObject({ kind, action: z.string().max(40), values, approval: id.optional() }),
    z.strictObject({ problem: providerProblem.nullable(), provider: providerView }),
  ),
};

export const providerEvents = {
  'providers.changed': event(nothing),
};
