import type { ScannerSettings } from '../../../src-main/contract/scanner.ts';
import { useTill } from '../till/store.ts';
import { deliver, refuse } from './targets.ts';
import { meant } from './typed-scan.ts';

/**
 * The same code again sooner than this (ms) is an echo: a scanner that is plugged in twice, or types what it has sent already. Which scanner typed is not
 * known here, and two may be used in turn, so this is far less than what is asked of a scanner that is known (core/scanner/arbiter.ts).
 */
const echoMs = 50;
const usual: ScannerSettings = { layout: 'as-typed', prefix: '' };
let last = { code: '', atMs: Number.NEGATIVE_INFINITY };

/** Hands what was typed by a scanner to the screen; an echo is refused aloud. */
export function deliverKeys(asTyped: string, us: string, atMs: number): void {
  const scan = { asTyped, us };
  const code = meant(scan, useTill.getState().hello?.scanner ?? usual);
  const doubled = code === last.code && atMs - last.atMs < echoMs;
  // Each repetition starts the wait anew; what nothing waited for may be scanned again at once.
  if (doubled) refuse('doubled');
  if (doubled || deliver(code, '', scan)) last = { code, atMs };
}
