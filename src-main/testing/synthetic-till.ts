import type { CustomerAnswer } from '../sandboxes/shared/types.ts';
import { serveSandbox } from '../sandboxes/shared/server.ts';
import { createSynthetic } from './synthetic/adapter.ts';
import { syntheticModel } from './synthetic/model.ts';
import { shapes } from './synthetic/shapes.ts';
import { openTill, type TestTill } from './till.ts';

type Kind = keyof typeof shapes;

/** A real till with synthetic providers behind real HTTP, each assigned a terminal of its own name. */
export type SyntheticTill = {
  readonly till: TestTill;
  customer(kind: Kind, action: string, more?: object): Promise<CustomerAnswer>;
  control(kind: Kind): string;
  /** Addresses that another application was opened with. */
  readonly opened: readonly string[];
  close(): Promise<void>;
};

export async function openSyntheticTill(...kinds: readonly Kind[]): Promise<SyntheticTill> {
  const served = await Promise.all(kinds.map(async (kind) => [kind, await serveSandbox(syntheticModel(shapes[kind]), {})] as const));
  const sandboxes = Object.fromEntries(served);
  const opened: string[] = [];
  const till = await openTill({
    sandboxes,
    moreProviders: (world) => kinds.map((kind) => createSynthetic(shapes[kind], world, null)),
    openAddress: (address) => void opened.push(address),
  });
  await till.signIn('Sofie Dahl');
  for (const kind of kinds) await till.call('provider.terminal', { kind, action: 'assign', values: { number: kind } });
  const control = (kind: Kind): string => sandboxes[kind]?.control ?? '';
  return {
    till,
    control,
    opened,
    async customer(kind, action, more = {}) {
      const answer = await fetch(`${control(kind)}/customer`, { method: 'POST', body: JSON.stringify({ action, ref: kind, ...more }) });
      return (await answer.json()) as CustomerAnswer;
    },
    async close() {
      await till.close();
      await Promise.all(served.map(([, sandbox]) => sandbox.close()));
    },
  };
}
