import type { PaymentProvider, ProviderAnswer, ProviderLink, Settings } from '../../core/payments/provider.ts';
import type { SandboxAddresses } from '../demo/sandboxes.ts';

/** Sandboxes that run for one time of training; nothing of them is kept. */
export type TrainingSandboxes = { readonly addresses: Readonly<Record<string, SandboxAddresses>>; close(): Promise<void> };

export async function startTrainingSandboxes(): Promise<TrainingSandboxes> {
  // Loaded here only: a shop that trains nobody has no use for them in its memory.
  const { sandboxes } = await import('../../sandboxes/index.ts');
  const started = await Promise.all(Object.entries(sandboxes).map(async ([name, start]) => [name, await start({})] as const));
  return {
    addresses: Object.fromEntries(started.map(([name, { baseUrl, control, phone }]) => [name, { baseUrl, control, phone }])),
    async close() {
      await Promise.all(started.map(([, sandbox]) => sandbox.close()));
    },
  };
}

type Around = Pick<ProviderLink, 'register' | 'shopName' | 'currency'> & { readonly randomHex: (bytes: number) => string };

/** An account at a provider's sandbox, and a terminal where it needs one: what an admin does by hand, done with made-up numbers. */
export async function trainingLink(provider: PaymentProvider, { baseUrl, control }: SandboxAddresses, around: Around): Promise<ProviderLink | null> {
  const { credentials } = (await (await fetch(`${control}/state`)).json()) as { readonly credentials: unknown };
  const account = provider.demoAccount(baseUrl, credentials);
  if (!account) return null;
  const { randomHex, ...rest } = around;
  let link: ProviderLink = { ...rest, account: { id: 'training', ...account }, terminal: null };
  if (!provider.capabilities.needsTerminal) return link;
  const actions = provider.description.actions.filter(({ confirm, needs }) => confirm === undefined && needs !== null);
  for (const needs of ['no-terminal', 'terminal'] as const) {
    const action = actions.find((one) => one.needs === needs);
    if (!action) continue;
    const values: Settings = Object.fromEntries(action.asks.filter(({ required }) => required).map(({ name }) => [name, `9${randomHex(5)}`]));
    const done = await provider.terminalAction(link, action.id, values);
    if (!done.ok || !done.terminal) return null;
    link = { ...link, terminal: { id: 'training', ...done.terminal } };
  }
  return link;
}

/** A provider whose payments are exercises: their references are no real payment's, and what it tells of other payments is nobody's money. */
export function trainingProvider(provider: PaymentProvider, session: string): PaymentProvider {
  function marked(answer: ProviderAnswer): ProviderAnswer {
    if (answer.kind === 'paid' || answer.kind === 'approved') return { ...answer, reference: `training-${session}-${answer.reference}` };
    return answer.kind === 'refused' ? { kind: 'refused', problem: answer.problem } : answer;
  }
  const asks = (name: 'ready' | 'capture' | 'release') => {
    const real = provider[name]?.bind(provider);
    return real && (async (...args: Parameters<PaymentProvider['poll']>) => marked(await real(...args)));
  };
  const [ready, capture, release] = [asks('ready'), asks('capture'), asks('release')];
  return {
    ...provider,
    start: async (link, order, told) => marked(await provider.start(link, order, told)),
    poll: async (link, order, data) => marked(await provider.poll(link, order, data)),
    cancel: async (link, order, data) => marked(await provider.cancel(link, order, data)),
    ...(ready ? { ready } : {}),
    ...(capture ? { capture } : {}),
    ...(release ? { release } : {}),
  };
}
