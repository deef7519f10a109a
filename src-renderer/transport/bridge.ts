import type { Result } from '../../src-main/contract/errors.ts';

/** What a host gives a window: untyped messages, checked on the main side. */
export type Bridge = {
  call(name: string, input: unknown): Promise<Result<unknown>>;
  subscribe(listener: (event: string, payload: unknown) => void): () => void;
};

/** Whether the window can reach the till. In Electron it always can. */
export type Connection = 'connecting' | 'open' | 'lost';
