import type { Sandbox, SandboxOptions } from './shared/server.ts';
import { startSeqrSandbox } from './seqr/index.ts';
import { startVippsSandbox } from './vipps/index.ts';

/** Every sandbox by its provider's name. */
export const sandboxes: Readonly<Record<string, (options: SandboxOptions) => Promise<Sandbox>>> = { seqr: startSeqrSandbox, vipps: startVippsSandbox };
