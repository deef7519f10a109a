import { useEffect, useState } from 'react';

const everyMs = 250;

/** What is left of a window of waiting, in whole seconds and as a share of it; both screens reckon it alike. */
export function useCountdown(startedAt: string, windowMs: number): { readonly seconds: number; readonly share: number } {
  const [nowMs, setNowMs] = useState(() => Date.now());
  useEffect(() => {
    setNowMs(Date.now());
    const timer = setInterval(() => setNowMs(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [startedAt]);
  const leftMs = Math.max(0, Math.min(windowMs, Date.parse(startedAt) + windowMs - nowMs));
  return { seconds: Math.ceil(leftMs / 1000), share: leftMs / windowMs };
}
