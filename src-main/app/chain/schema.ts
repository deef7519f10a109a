import { z } from 'zod';
import { providerKind } from '../provisioning/schema.ts';
import { doubled, type Said } from '../provisioning/places.ts';

const settings = z.record(z.string(), z.string()).default({}).describe('Not secret: addresses, merchant numbers');
const secrets = z.record(z.string(), z.string()).default({}).describe('Keys and passwords as they were given out; sealed when a register first reads the file, and never plain again');
const sealed = z.record(z.string(), z.string()).default({}).describe('What became of the secrets; written by Kassa');

const storeProvider = z.strictObject({
  terminal: z.string().trim().max(100).default('').describe("The store's number at the provider, such as a Vipps merchant serial number"),
  prefix: z.string().trim().regex(/^[A-Za-z0-9-]{0,20}$/).default('').describe('With a shared number: what names the store in references'),
  settings,
  secrets,
  sealed,
});

const chainProvider = z.strictObject({
  way: z.enum(['partner', 'own', 'shared']).describe("partner: the chain's keys with each store's number; own: each store's own keys; shared: one number for all stores"),
  terminal: z.string().trim().max(100).default('').describe('With a shared number: that number'),
  settings,
  secrets,
  sealed,
});

const name = z.string().trim().min(1).max(60);

/** The chain's file: its stores, and by what keys their payments are given back. Unknown names are refused. */
export const chainFile = z.strictObject({
  $schema: z.string().optional(),
  version: z.literal(1).describe('Version of this format'),
  stores: z
    .array(
      z.strictObject({
        id: z.string().regex(/^[a-z0-9-]{1,40}$/).describe('Name of the store for programs; it never changes'),
        name: name.describe('As people and papers call it'),
        folder: z.string().regex(/^[A-Za-z0-9._-]{1,100}$/).describe('Its data folder, beside the folder of this file'),
        providers: z.partialRecord(providerKind, storeProvider).default({}),
      }),
    )
    .min(1)
    .max(200),
  providers: z.partialRecord(providerKind, chainProvider).default({}),
});
export type ChainFile = z.output<typeof chainFile>;
type Provider = z.output<typeof chainProvider>;
type StoreProvider = z.output<typeof storeProvider>;

const has = (values: Readonly<Record<string, string>>): boolean => Object.keys(values).length > 0;

/** What of a store's entry does not go with the way of its provider: the field, and what to do. */
function misfits({ way }: Provider, entry: StoreProvider): readonly (readonly [string, string])[] {
  const keys = has(entry.secrets) || has(entry.sealed);
  switch (way) {
    case 'partner':
      return [
        ...(entry.terminal === '' ? [['terminal', "With partner keys each store needs its number at the provider. Add it as \"terminal\"."] as const] : []),
        ...(keys ? [['secrets', 'With partner keys a store has no keys of its own. Take them away, or choose the way "own".'] as const] : []),
      ];
    case 'own':
      return [
        ...(entry.terminal === '' ? [['terminal', 'Each store needs its number at the provider. Add it as "terminal".'] as const] : []),
        ...(keys ? [] : [['secrets', "With the way \"own\" each store needs its own keys. Add them as \"secrets\"."] as const]),
      ];
    case 'shared':
      return [
        ...(entry.terminal === '' ? [] : [['terminal', 'With the way "shared" all stores have one number, at the provider of the chain. Take this one away.'] as const]),
        ...(entry.prefix === '' ? [['prefix', 'With one number for all stores each needs a prefix of its own. Add it as "prefix".'] as const] : []),
        ...(keys ? [['secrets', 'With the way "shared" a store has no keys of its own. Take them away.'] as const] : []),
      ];
    default:
      return [];
  }
}

function ofProvider(file: ChainFile, kind: keyof ChainFile['providers'], provider: Provider): readonly Said[] {
  const entries = file.stores.flatMap((store, index) => {
    const entry = store.providers[kind];
    return entry ? [{ entry, index }] : [];
  });
  const said = entries.flatMap(({ entry, index }) => misfits(provider, entry).map(([field, what]): Said => ({ path: ['stores', index, 'providers', kind, field], what })));
  const field = provider.way === 'shared' ? 'prefix' : 'terminal';
  const twice = entries.flatMap(({ entry, index }, at): readonly Said[] => {
    const first = entries.slice(0, at).find((one) => one.entry[field] === entry[field] && entry[field] !== '');
    return first ? [{ path: ['stores', index, 'providers', kind, field], what: `This ${field} is already that of ${file.stores[first.index]?.name ?? ''} (/stores/${first.index}). Each store has its own.` }] : [];
  });
  const chainKeys = has(provider.secrets) || has(provider.sealed);
  const whole: readonly Said[] = [
    ...(provider.way === 'shared' && provider.terminal === '' ? [{ path: ['providers', kind, 'terminal'], what: 'With the way "shared" the one number of all stores is needed. Add it as "terminal".' }] : []),
    ...(provider.way !== 'own' && !chainKeys ? [{ path: ['providers', kind, 'secrets'], what: `With the way "${provider.way}" the chain's keys are needed. Add them as "secrets".` }] : []),
    ...(provider.way === 'own' && chainKeys ? [{ path: ['providers', kind, 'secrets'], what: 'With the way "own" the chain has no keys. Put them into the stores.' }] : []),
  ];
  return [...whole, ...said, ...twice];
}

/** What the schema can't say. */
export function chainFindings(file: ChainFile): readonly Said[] {
  const stranger = file.stores.flatMap((store, index) =>
    Object.keys(store.providers).filter((kind) => !(kind in file.providers)).map((kind): Said => ({ path: ['stores', index, 'providers', kind], what: `The chain says nothing of ${kind}. Add it under /providers, with its way.` })),
  );
  return [
    ...doubled(file.stores, 'stores', (one) => one.id, (one, first) => `The store "${one.id}" is already /stores/${first}.`, 'id'),
    ...doubled(file.stores, 'stores', (one) => one.folder, (one, first) => `The folder "${one.folder}" is already that of /stores/${first}.`, 'folder'),
    ...doubled(file.stores, 'stores', (one) => one.name.toLowerCase(), (one, first) => `${one.name} is already the name of /stores/${first}: people could not tell them apart.`, 'name'),
    ...stranger,
    ...Object.entries(file.providers).flatMap(([kind, provider]) => ofProvider(file, kind as keyof ChainFile['providers'], provider)),
  ];
}

/** The format as JSON Schema, for editors. */
export const chainSchema = (): object => z.toJSONSchema(chainFile, { io: 'input' });

/** A complete example that passes the check: two stores, refunds by the chain's partner keys. */
export const chainExample = (): z.input<typeof chainFile> => ({
  version: 1,
  stores: [
    { id: 'bergen', name: 'Bergen', folder: 'store-a', providers: { vipps: { terminal: '123456' } } },
    { id: 'oslo', name: 'Oslo', folder: 'store-b', providers: { vipps: { terminal: '123457' } } },
  ],
  providers: { vipps: { way: 'partner', settings: { clientId: 'put the real one here' }, secrets: { clientSecret: 'put the real one here', subscriptionKey: 'put the real one here' } } },
});
