import { useLayoutEffect, useRef } from 'react';
import { subscribe } from '../../transport/index.ts';
import { play } from '../sounds/index.ts';

type Target = (code: string) => void;

/** What waits for a scan, the newest last: a dialog in front of a screen takes it from the screen. */
const targets: { readonly take: Target | null }[] = [];

/** Hands a code to what the screen waits for; where nothing waits, it is refused aloud. */
export function deliver(code: string): void {
  const target = targets.at(-1);
  if (target?.take) target.take(code);
  else play('refused');
}

/** While mounted, scans come here. Null refuses them: a dialog that waits for no scan. */
export function useScanTarget(take: Target | null): void {
  const latest = useRef(take);
  latest.current = take;
  const refuses = take === null;
  // What is seen listens already: an effect after the paint would lose a scan on a busy machine.
  useLayoutEffect(() => {
    const target = { take: refuses ? null : (code: string) => latest.current?.(code) };
    targets.push(target);
    return () => {
      targets.splice(targets.indexOf(target), 1);
    };
  }, [refuses]);
}

/** Scanners that the main side owns send their codes as events. */
export const listenToMain = (): (() => void) => subscribe('scan.received', ({ code }) => deliver(code));
