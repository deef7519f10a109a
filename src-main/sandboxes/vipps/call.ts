import type { WireRequest } from '../shared/types.ts';
import type { Caller } from './gateway.ts';
import type { State } from './state.ts';

/** A call that has passed the gateway. `reference` is what the path names. */
export type Call = { readonly state: State; readonly request: WireRequest; readonly operation: string; readonly reference: string; readonly body: unknown; readonly caller: Caller; readonly nowMs: number };
