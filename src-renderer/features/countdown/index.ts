import { useEffect, useState } from 'react';

const everyMs = 250;

/**
 * What is left of a window of waiting, in whole seconds and as a share of it; both screens reckon it alike. `view` is what
 * came from the main side with `leftMs`: a new one starts the count anew, by a clock that nobody sets.
 */
export function useCountdown(view: object, leftMs: number, windowMs: number): { readonly seconds: number; readonly share: number } {
  const [goneMs, setGoneMs] = useState(0);
  useEffect(() => {
    const startedMs = performance.now();
    setGoneMs(0);
    const timer = setInterval(() => setGoneMs(performance.now() - startedMs), everyMs);
    return () => clearInterval(timer);
  }, [view]);
  const left = Math.max(0, Math.min(windowMs, leftMs - goneMs));
  return { seconds: Math.ceil(left / 1000), share: left / windowMs };
}
