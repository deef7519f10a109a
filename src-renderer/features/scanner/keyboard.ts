import { doubledMs, type ScannerSettings } from '../../../src-main/contract/scanner.ts';
import { useTill } from '../till/store.ts';
import { deliver, refuse } from './targets.ts';
import { meant } from './typed-scan.ts';

const usual: ScannerSettings = { layout: 'as-typed', prefix: '' };
let last = { code: '', atMs: Number.NEGATIVE_INFINITY };

/** Hands what was typed by a scanner to the screen; the same again sooner than a hand puts it down and takes it up is refused aloud. */
export function deliverKeys(asTyped: string, us: string, atMs: number): void {
  const scan = { asTyped, us };
  const code = meant(scan, useTill.getState().hello?.scanner ?? usual);
  const doubled = code === last.code && atMs - last.atMs < doubledMs;
  // Each repetition starts the wait anew; what nothing waited for may be scanned again at once.
  if (doubled) refuse('doubled');
  if (doubled || deliver(code, '', scan)) last = { code, atMs };
}
