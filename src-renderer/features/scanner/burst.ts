/*
 * Tells scanners that pretend to be keyboards from people. Keys that come faster than a person types and end with Enter
 * or Tab are a scan. Nothing that might become one is acted on before that is known, so a scan never presses a button, and
 * what turns out to be typed is handed back, so nothing typed is lost.
 */

/** Keys closer together than this are a machine's (the command surface fixes it). */
export const fastMs = 30;
/** Fewer keys than this before the end are a person's. */
const shortestScan = 3;

/** A key as the window sees it. `text` is what it types here, or null for Enter, Escape, F2 and their like; `us` is what it types on an American keyboard. */
export type Key = { readonly name: string; readonly text: string | null; readonly us?: string | null; readonly atMs: number };

/**
 * What is kept of the keys so far: those held back, oldest first, and when the last one came. `late` are keys that the page has, since
 * the next one was not there in time; the time at which that one was pressed may still prove that all of them are a scan's.
 */
export type Burst = { readonly held: readonly Key[]; readonly late: readonly Key[]; readonly lastMs: number; readonly endedMs: number };

export type Verdict =
  /** Not ours to hold: goes on to the page. */
  | { readonly kind: 'pass' }
  /** Held back until the next key or the end of the wait tells what it was. */
  | { readonly kind: 'hold' }
  /** Part of a scan that has ended, or of nothing: never seen by the page. */
  | { readonly kind: 'swallow' }
  /** `late`: the page has taken the first keys of it for typing, and has to give them back. */
  | { readonly kind: 'scan'; readonly code: string; readonly keys: readonly Key[]; readonly late: boolean };

export type Step = {
  readonly burst: Burst;
  readonly verdict: Verdict;
  /** Keys that were held and turned out to be typed: handed to the page, in their order, before this key. */
  readonly release: readonly Key[];
};

export const noBurst: Burst = { held: [], late: [], lastMs: Number.NEGATIVE_INFINITY, endedMs: Number.NEGATIVE_INFINITY };

/** GS1 scanners send the group separator as Ctrl+] or as F8; the main side knows it as this sign. */
const groupSeparator = '\u001d';

const codeOf = (keys: readonly Key[]): string => keys.map((key) => (key.name === 'F8' ? groupSeparator : (key.text ?? ''))).join('');

/** The same keys as the scanner meant them that thinks it is an American keyboard. */
export const usCodeOf = (keys: readonly Key[]): string => keys.map((key) => (key.name === 'F8' ? groupSeparator : (key.us ?? key.text ?? ''))).join('');

/** What scanners end a code with. Tab moves a person on, and is an end only behind keys that no hand is fast enough for. */
const ends: ReadonlySet<string> = new Set(['Enter', 'Tab']);

/** What a key means after those before it. `holds` says whether the page wants a first key held back at all. */
export function step(burst: Burst, key: Key, holds: boolean): Step {
  const inBurst = key.atMs - burst.lastMs < fastMs && burst.held.length + burst.late.length > 0;
  const kept: Burst = inBurst ? { ...burst, lastMs: key.atMs } : { ...burst, held: [], late: [], lastMs: key.atMs };
  if (ends.has(key.name)) {
    const keys = [...kept.late, ...kept.held];
    const code = codeOf(keys);
    if (inBurst && code.length >= shortestScan) {
      return { burst: { held: [], late: [], lastMs: key.atMs, endedMs: key.atMs }, verdict: { kind: 'scan', code, keys, late: kept.late.length > 0 }, release: [] };
    }
    // A scanner's second line ending belongs to the scan before it.
    const echo = key.atMs - burst.endedMs < fastMs;
    return { burst: { ...kept, held: [], late: [] }, verdict: { kind: echo ? 'swallow' : 'pass' }, release: burst.held };
  }
  const release = inBurst ? [] : burst.held;
  if (!inBurst && !holds) return { burst: kept, verdict: { kind: 'pass' }, release };
  return { burst: { ...kept, held: [...kept.held, key] }, verdict: { kind: 'hold' }, release };
}

/** The wait is over: what is still held goes to the page as typed, unless a key that is still under way proves otherwise. */
export const expire = (burst: Burst): Step => ({
  burst: { ...burst, held: [], late: [...burst.late, ...burst.held] },
  verdict: { kind: 'pass' },
  release: burst.held,
});
