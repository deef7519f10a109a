import { join } from 'node:path';
import type { PaymentProvider, Settings } from '../../core/payments/provider.ts';
import type { Stores } from '../../core/ports/stores.ts';
import type { Ids, Secrets } from '../../core/ports/world.ts';

/** Where a running sandbox is spoken to; `phone` is the page of the customer's phone. */
export type SandboxAddresses = { readonly baseUrl: string; readonly control: string; readonly phone: string };

export type DemoSandboxes = { readonly addresses: Readonly<Record<string, SandboxAddresses>>; close(): Promise<void> };

type Tools = { readonly ids: Ids; readonly secrets: Secrets };

/** Lets the demo's account speak with its sandbox: the address is a new one at each start, the credentials stay. */
async function connect(stores: Stores, { ids, secrets }: Tools, provider: PaymentProvider, { baseUrl, control }: SandboxAddresses): Promise<void> {
  const { kind } = provider.capabilities;
  const { credentials } = (await (await fetch(`${control}/state`)).json()) as { readonly credentials: unknown };
  const account = provider.demoAccount(baseUrl, credentials);
  if (!account) throw new Error(`demo: the credentials of the sandbox ${kind} can't be read`);
  const before = stores.providers.accounts().find((one) => one.provider === kind);
  const sealed = (plain: Settings): Settings => Object.fromEntries(Object.entries(plain).map(([name, text]) => [name, secrets.seal(text)]));
  const choices = provider.description.fields.filter(({ kind: field }) => field === 'choice').map(({ name }) => name);
  const chosen = Object.fromEntries(Object.entries(before?.settings ?? {}).filter(([name]) => choices.includes(name)));
  const accountId = before?.id ?? ids.next();
  stores.providers.saveAccount({
    id: accountId,
    provider: kind,
    name: before?.name ?? provider.description.name,
    // What somebody has chosen to try out in the demo stays; where the sandbox is and what it knows the shop by are its own.
    settings: { ...before?.settings, ...account.settings, ...chosen },
    sealedSecrets: { ...before?.sealedSecrets, ...sealed(account.secrets) },
  });
  const register = stores.shop.thisRegister();
  if (before || !account.terminal || !register) return;
  const { externalId, settings, secrets: plain } = account.terminal;
  stores.providers.saveTerminal({ id: ids.next(), accountId, provider: kind, registerId: register.id, externalId, shared: !provider.capabilities.oneActivePayment, settings, sealedSecrets: sealed(plain) });
}

/** Starts the providers' sandboxes of a demo shop; what they know is kept beside the shop's own data. */
export async function startDemoSandboxes(dataDir: string, stores: Stores, tools: Tools, providers: readonly PaymentProvider[], elsewhere: Readonly<Record<string, SandboxAddresses>>): Promise<DemoSandboxes> {
  // Loaded here only: a real shop has no use for them in its memory.
  const { sandboxes } = await import('../../sandboxes/index.ts');
  const started = await Promise.all(
    Object.entries(sandboxes).filter(([name]) => !elsewhere[name]).map(async ([name, start]) => [name, await start({ stateFile: join(dataDir, `sandbox-${name}.json`) })] as const),
  );
  const addresses: Readonly<Record<string, SandboxAddresses>> = { ...elsewhere, ...Object.fromEntries(started.map(([name, { baseUrl, control, phone }]) => [name, { baseUrl, control, phone }])) };
  for (const provider of providers) {
    const own = addresses[provider.capabilities.kind];
    if (own) await connect(stores, tools, provider, own);
  }
  return {
    addresses,
    async close() {
      await Promise.all(started.map(([, sandbox]) => sandbox.close()));
    },
  };
}
