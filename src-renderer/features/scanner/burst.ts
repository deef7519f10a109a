/*
 * Tells scanners that pretend to be keyboards from people. Keys that come faster than a person types and end with Enter
 * are a scan. Nothing that might become one is acted on before that is known, so a scan never presses a button, and
 * what turns out to be typed is handed back, so nothing typed is lost.
 */

/** Keys closer together than this are a machine's (the command surface fixes it). */
export const fastMs = 30;
/** Fewer keys than this ended by Enter are a person's. */
const shortestScan = 3;

/** A key as the window sees it. `text` is one printable sign, or null for Enter, Escape, F2 and their like. */
export type Key = { readonly name: string; readonly text: string | null; readonly atMs: number };

/** What is kept of the keys so far: those held back, oldest first, and when the last one came. */
export type Burst = { readonly held: readonly Key[]; readonly lastMs: number; readonly endedMs: number };

export type Verdict =
  /** Not ours to hold: goes on to the page. */
  | { readonly kind: 'pass' }
  /** Held back until the next key or the end of the wait tells what it was. */
  | { readonly kind: 'hold' }
  /** Part of a scan that has ended, or of nothing: never seen by the page. */
  | { readonly kind: 'swallow' }
  | { readonly kind: 'scan'; readonly code: string };

export type Step = {
  readonly burst: Burst;
  readonly verdict: Verdict;
  /** Keys that were held and turned out to be typed: handed to the page, in their order, before this key. */
  readonly release: readonly Key[];
};

export const noBurst: Burst = { held: [], lastMs: Number.NEGATIVE_INFINITY, endedMs: Number.NEGATIVE_INFINITY };

/** GS1 scanners send the group separator as Ctrl+] or as F8; the main side knows it as this sign. */
const groupSeparator = '\u001d';

const codeOf = (held: readonly Key[]): string =>
  held.map((key) => (key.name === 'F8' ? groupSeparator : (key.text ?? ''))).join('');

/** What a key means after those before it. `holds` says whether the page wants a first key held back at all. */
export function step(burst: Burst, key: Key, holds: boolean): Step {
  const fast = key.atMs - burst.lastMs < fastMs;
  const inBurst = fast && burst.held.length > 0;
  const release = inBurst ? [] : burst.held;
  const kept: Burst = { ...burst, held: inBurst ? burst.held : [], lastMs: key.atMs };
  if (key.name === 'Enter') {
    const code = codeOf(kept.held);
    if (inBurst && code.length >= shortestScan) {
      return { burst: { held: [], lastMs: key.atMs, endedMs: key.atMs }, verdict: { kind: 'scan', code }, release: [] };
    }
    // A scanner's second line ending belongs to the scan before it.
    const echo = key.atMs - burst.endedMs < fastMs;
    return { burst: { ...kept, held: [] }, verdict: { kind: echo ? 'swallow' : 'pass' }, release: burst.held };
  }
  if (!inBurst && !holds) return { burst: { ...kept, held: [] }, verdict: { kind: 'pass' }, release };
  return { burst: { ...kept, held: [...kept.held, key] }, verdict: { kind: 'hold' }, release };
}

/** The wait is over: what is still held was typed. */
export const expire = (burst: Burst): Step => ({ burst: { ...burst, held: [] }, verdict: { kind: 'pass' }, release: burst.held });
