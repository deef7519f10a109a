import { useLayoutEffect, useRef } from 'react';
import { subscribe } from '../../transport/index.ts';
import { play } from '../sounds/index.ts';

/** `aim` is what a scanner says of the kind of code; scanners in keyboard mode say nothing. */
type Target = (code: string, aim: string) => void;

/** What waits for a scan, the newest last: a dialog in front of a screen takes it from the screen. */
const targets: { readonly take: Target | null }[] = [];

/** Hands a code to what the screen waits for; where nothing waits, it is refused aloud. */
export function deliver(code: string, aim = ''): void {
  const target = targets.at(-1);
  if (target?.take) target.take(code, aim);
  else play('refused');
}

/** While mounted, scans come here. Null refuses them: a dialog that waits for no scan. */
export function useScanTarget(take: Target | null): void {
  const latest = useRef(take);
  latest.current = take;
  const refuses = take === null;
  // What is seen listens already: an effect after the paint would lose a scan on a busy machine.
  useLayoutEffect(() => {
    const target = { take: refuses ? null : (code: string, aim: string) => latest.current?.(code, aim) };
    targets.push(target);
    return () => {
      targets.splice(targets.indexOf(target), 1);
    };
  }, [refuses]);
}

/** Scanners that the main side owns send their codes as events. What was scanned twice or in pieces is refused aloud. */
export function listenToMain(): () => void {
  const stops = [subscribe('scan.received', ({ code, aim }) => deliver(code, aim)), subscribe('scan.refused', () => play('refused'))];
  return () => {
    for (const stop of stops) stop();
  };
}
