import type { ShopContext } from '../context.ts';

/** What a round of work asks before it goes on, and before it writes. */
export type Life = {
  /** Nothing more is begun. */
  readonly ending: () => boolean;
  /** Nothing is written any more: the database may be closed. */
  readonly closed: () => boolean;
};

/** Work that waits for its time and is done beside the sale, one round after the other. */
export type Background = {
  /** Something may be due. */
  wake(): void;
  close(): Promise<void>;
};

type Work = {
  /** What it is, for the log. */
  readonly name: string;
  /** When something is due next, ms since 1970 UTC; null: nothing waits. */
  readonly nextAtMs: () => number | null;
  readonly round: (life: Life) => Promise<void>;
};

/** The longest that nobody looks, whatever the clock says. */
const lookAtLeastMs = 10 * 60_000;
/** A disk that takes nothing is not asked again at once. */
const afterTroubleMs = 60_000;
/** How long an orderly end waits for an answer; what was asked is asked again after the next start. */
const endWaitMs = 1_500;

export function startBackground({ clock, log }: Pick<ShopContext, 'clock' | 'log'>, { name, nextAtMs, round }: Work): Background {
  let running: Promise<void> | null = null;
  let ending = false;
  let closed = false;
  let stop = (): void => undefined;
  const life: Life = { ending: () => ending, closed: () => closed };

  function look(atLeastMs: number): void {
    if (ending) return;
    const atMs = nextAtMs();
    if (atMs === null) return;
    stop();
    stop = clock.after(Math.max(atLeastMs, Math.min(lookAtLeastMs, atMs - clock.nowMs())), wake);
  }

  async function run(): Promise<number> {
    try {
      await round(life);
      return 0;
    } catch (error) {
      if (!closed) log.error('work in the background failed', { name, error: error instanceof Error ? error.stack : String(error) });
      return afterTroubleMs;
    }
  }

  function wake(): void {
    if (running || ending) return;
    stop();
    running = run().then((atLeastMs) => {
      running = null;
      look(atLeastMs);
    });
  }
  look(0);

  return {
    wake,
    async close() {
      ending = true;
      stop();
      if (running) {
        let stopWaiting = (): void => undefined;
        const late = new Promise<void>((resolve) => {
          stopWaiting = clock.after(endWaitMs, resolve);
        });
        await Promise.race([running, late]);
        stopWaiting();
      }
      closed = true;
    },
  };
}
