import { join } from 'node:path';
import type { Stores } from '../../core/ports/stores.ts';
import type { Ids, Secrets } from '../../core/ports/world.ts';

/** Where a running sandbox is spoken to; `phone` is the page of the customer's phone. */
export type SandboxAddresses = { readonly baseUrl: string; readonly control: string; readonly phone: string };

export type DemoSandboxes = { readonly addresses: Readonly<Record<string, SandboxAddresses>>; close(): Promise<void> };

type Credentials = { readonly credentials: { readonly reseller: { readonly id: string; readonly userId: string; readonly password: string } } };

/** Lets the demo's account speak with its sandbox: the address is a new one at each start, the credentials stay. */
async function connectSeqr(stores: Stores, tools: { readonly ids: Ids; readonly secrets: Secrets }, { baseUrl, control }: SandboxAddresses): Promise<void> {
  const { credentials } = (await (await fetch(`${control}/state`)).json()) as Credentials;
  const before = stores.providers.accounts().find((one) => one.provider === 'seqr');
  stores.providers.saveAccount({
    id: before?.id ?? tools.ids.next(),
    provider: 'seqr',
    name: before?.name ?? 'SEQR',
    settings: { ...before?.settings, baseUrl, resellerId: credentials.reseller.id, userId: credentials.reseller.userId },
    sealedSecrets: { ...before?.sealedSecrets, resellerPassword: tools.secrets.seal(credentials.reseller.password) },
  });
}

/** Starts the providers' sandboxes of a demo shop; what they know is kept beside the shop's own data. */
export async function startDemoSandboxes(dataDir: string, stores: Stores, tools: { readonly ids: Ids; readonly secrets: Secrets }): Promise<DemoSandboxes> {
  // Loaded here only: a real shop has no use for them in its memory.
  const { sandboxes } = await import('../../sandboxes/index.ts');
  const started = await Promise.all(
    Object.entries(sandboxes).map(async ([name, start]) => [name, await start({ stateFile: join(dataDir, `sandbox-${name}.json`) })] as const),
  );
  const running = new Map(started);
  const seqr = running.get('seqr');
  if (seqr) await connectSeqr(stores, tools, seqr);
  return {
    addresses: Object.fromEntries(started.map(([name, { baseUrl, control, phone }]) => [name, { baseUrl, control, phone }])),
    async close() {
      await Promise.all(started.map(([, sandbox]) => sandbox.close()));
    },
  };
}
