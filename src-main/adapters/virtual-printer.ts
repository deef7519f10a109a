import type { DevView } from '../contract/dev.ts';
import type { Clock, Ids, Printer } from '../core/ports/world.ts';

const papersKept = 10;

/** A printer that is not there. */
export const absentPrinter: Printer = {
  state: () => 'absent',
  print: () => Promise.resolve({ ok: false, problem: 'absent' }),
};

/** The demo's printer: keeps the newest papers to look at, and can run out of paper. */
export type VirtualPrinter = Printer & {
  setPaper(state: DevView['printer']): void;
  paperState(): DevView['printer'];
  /** Newest first. */
  papers(): DevView['papers'];
};

export function createVirtualPrinter(clock: Clock, ids: Ids): VirtualPrinter {
  let paper: DevView['printer'] = 'ready';
  const printed: DevView['papers'][number][] = [];
  return {
    state: () => (paper === 'ready' ? 'ready' : 'failed'),
    print(content) {
      if (paper === 'out-of-paper') return Promise.resolve({ ok: false, problem: 'out-of-paper' });
      printed.unshift({ id: ids.next(), at: new Date(clock.nowMs()).toISOString(), paper: content });
      printed.length = Math.min(printed.length, papersKept);
      return Promise.resolve({ ok: true });
    },
    setPaper: (state) => {
      paper = state;
    },
    paperState: () => paper,
    papers: () => [...printed],
  };
}
