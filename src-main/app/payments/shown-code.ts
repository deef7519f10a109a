import type { ShownCode } from '../../contract/payment.ts';
import type { Shown } from '../../core/payments/provider.ts';
import type { Clock } from '../../core/ports/world.ts';

/** The code that the customer's screen shows for one payment: as long as it is valid, however the shop's clock is set, and not a moment longer. */
export type CodeOnScreen = {
  /** Takes the place of another one. `ended` is called when it is no longer valid. */
  show(shown: Shown, ended: () => void): void;
  now(): ShownCode | null;
  stop(): void;
};

export function createCodeOnScreen(clock: Clock): CodeOnScreen {
  let current: { readonly code: Shown['code']; readonly endsMs: number } | null = null;
  let stop: (() => void) | null = null;
  return {
    show({ code, untilMs }, ended) {
      stop?.();
      const leftMs = Math.max(0, untilMs - clock.nowMs());
      current = { code, endsMs: clock.monotonicMs() + leftMs };
      stop = clock.after(leftMs, () => {
        current = null;
        ended();
      });
    },
    now() {
      const leftMs = current ? current.endsMs - clock.monotonicMs() : 0;
      return current && leftMs > 0 ? { code: current.code, leftMs: Math.ceil(leftMs) } : null;
    },
    stop: () => stop?.(),
  };
}
