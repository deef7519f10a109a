import type { State } from './state.ts';

/** Pages below `/phone`. */
export const phonePage = (_state: State, path: string): Promise<{ readonly type: string; readonly body: string } | null> =>
  Promise.resolve(path === '/' ? { type: 'text/html', body: '<!doctype html><title>Phone</title>' } : null);
