import type { ScannerSettings } from '../../../src-main/contract/scanner.ts';

/** What a scanner in keyboard mode typed, as it came and as it would have come from an American keyboard. */
export type TypedScan = { readonly asTyped: string; readonly us: string };

/** The code that was meant: read by the layout of the scanner, without the signs that it puts in front of every code. */
export function meant({ asTyped, us }: TypedScan, { layout, prefix }: ScannerSettings): string {
  const whole = layout === 'us' ? us : asTyped;
  return prefix !== '' && whole.startsWith(prefix) ? whole.slice(prefix.length) : whole;
}

/** How scanners have to be read so that they give the test code; null when neither way gives it. */
export function settingsFrom(scan: TypedScan, testCode: string): ScannerSettings | null {
  for (const layout of ['as-typed', 'us'] as const) {
    const whole = layout === 'us' ? scan.us : scan.asTyped;
    // What stands in front may be the mark of the kind of code (AIM), which is read and not taken off.
    if (whole.endsWith(testCode)) return { layout, prefix: whole.slice(0, -testCode.length).replace(/\](?:[A-Za-z]\d)$/, '') };
  }
  return null;
}
