import type { Language } from '../../contract/basics.ts';
import type { Paper } from '../../contract/receipts.ts';

/** What core asks of the world outside the database. */

export interface Clock {
  /** Now, in milliseconds since 1970 UTC; for records. Somebody may set it. */
  nowMs(): number;
  /** Milliseconds that only ever grow; for measuring how long. */
  monotonicMs(): number;
  /** Does something once, so many ms from now; answers how to take it back. It never keeps the program alive. */
  after(ms: number, work: () => void): () => void;
}

export interface Ids {
  /** A new identifier that sorts by time of making. */
  next(): string;
}

/** Slow hashing of PINs and plain hashing of the journal. */
export interface Crypto {
  hashPin(pin: string): Promise<string>;
  checkPin(pin: string, hash: string): Promise<boolean>;
  sha256(text: string): string;
}

/** Seals what must not be read from the database file. */
export interface Secrets {
  seal(plain: string): string;
  open(sealed: string): string;
}

export interface Log {
  info(message: string, fields?: Readonly<Record<string, unknown>>): void;
  warn(message: string, fields?: Readonly<Record<string, unknown>>): void;
  error(message: string, fields?: Readonly<Record<string, unknown>>): void;
}

/** Why a paper did not come out; each has a sentence `printer.<problem>` in every language. */
export type PrinterProblem = 'absent' | 'out-of-paper' | 'cover-open' | 'fault' | 'unreachable' | 'denied' | 'unknown';

export interface Printer {
  state(): 'ready' | 'absent' | 'failed';
  print(paper: Paper): Promise<{ readonly ok: true } | { readonly ok: false; readonly problem: PrinterProblem }>;
}

export interface Drawer {
  /** Asks the drawer to open. Whether it did is not known to most drawers. */
  open(): void;
  /** As far as it is known: most printers tell the level of the drawer's switch, when they were asked last. */
  state(): 'open' | 'closed' | 'unknown';
}

/** Turns a receipt's paper into PDF bytes; null when this machine has nothing to do it with. */
export interface Pdf {
  render(html: string): Promise<Uint8Array | null>;
}

/** Barcodes as SVG text. */
export interface Barcodes {
  code128(text: string): string;
  qr(text: string): string;
}

/** The words of papers and of the customer's screen, in a receipt's language. */
export interface Words {
  /** `key` as in adapters/words; `values` fill it. A missing key is a bug and throws. */
  text(language: Language, key: string, values?: Readonly<Record<string, string | number>>): string;
}

export interface Network {
  online(): boolean;
}
