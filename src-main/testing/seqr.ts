import { signInAs, type AnyTill } from './till.ts';

/** Registers the till as an admin and gives it its sticker. */
export async function registerSeqr(till: AnyTill, seqrId: string): Promise<void> {
  await signInAs(till, 'Sofie Dahl');
  await till.call('provider.terminal', { kind: 'seqr', action: 'register', values: {} });
  await till.call('provider.terminal', { kind: 'seqr', action: 'assign', values: { seqrId } });
}
