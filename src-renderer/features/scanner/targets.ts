import { useLayoutEffect, useRef } from 'react';
import i18next from 'i18next';
import type { EventPayload } from '../../../src-main/contract/index.ts';
import { subscribe } from '../../transport/index.ts';
import { notify } from '../notices/store.ts';
import { play } from '../sounds/index.ts';
import type { TypedScan } from './typed-scan.ts';

/** Why a scan counts for nothing; each has a sentence. */
type Refusal = EventPayload<'scan.refused'>['reason'] | 'nothing-waits';

/** `aim` is what a scanner says of the kind of code; scanners in keyboard mode say nothing, and what they typed is `typed`. */
type Target = (code: string, aim: string, typed: TypedScan | null) => void;

/** What waits for a scan, the newest last: a dialog in front of a screen takes it from the screen. */
const targets: { readonly take: Target | null }[] = [];

/** Says aloud and in words that what was scanned counts for nothing. */
export function refuse(reason: Refusal): void {
  play('refused');
  notify(i18next.t(`scan.refused.${reason}`), { tone: 'bad' });
}

/** Hands a code to what the screen waits for; where nothing waits it is refused, and the answer is false. */
export function deliver(code: string, aim: string, typed: TypedScan | null): boolean {
  const target = targets.at(-1);
  if (target?.take) target.take(code, aim, typed);
  else refuse('nothing-waits');
  return target?.take != null;
}

/** While mounted, scans come here. Null refuses them: a dialog that waits for no scan. */
export function useScanTarget(take: Target | null): void {
  const latest = useRef(take);
  latest.current = take;
  const refuses = take === null;
  // What is seen listens already: an effect after the paint would lose a scan on a busy machine.
  useLayoutEffect(() => {
    const target = { take: refuses ? null : (...scan: Parameters<Target>) => latest.current?.(...scan) };
    targets.push(target);
    return () => {
      targets.splice(targets.indexOf(target), 1);
    };
  }, [refuses]);
}

/** Scanners that the main side owns send their codes as events. What was scanned twice or in pieces is refused aloud. */
export function listenToMain(): () => void {
  const stops = [subscribe('scan.received', ({ code, aim }) => void deliver(code, aim, null)), subscribe('scan.refused', ({ reason }) => refuse(reason))];
  return () => {
    for (const stop of stops) stop();
  };
}
