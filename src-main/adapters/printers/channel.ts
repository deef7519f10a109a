import type { PrinterProblem } from '../../core/ports/world.ts';

/** Bytes to a printer and back, whatever they go over. What goes wrong on the way closes it. */
export type Channel = {
  /** Sends in order, as fast as the printer takes it. */
  write(bytes: Uint8Array): void;
  /** Throws away what was not sent yet, as far as this way can still tell. */
  drop(): void;
  onData(listener: (bytes: Uint8Array) => void): void;
  /** Calls once, when nothing comes or goes any more. */
  onClosed(listener: () => void): void;
  closed(): boolean;
  /** Ends when what was sent is gone, or after a second. */
  end(): Promise<void>;
};

/** Why there is no channel. */
export type NoChannel = Extract<PrinterProblem, 'unreachable' | 'denied'>;

/** Makes a channel to a printer within so many milliseconds. */
export type OpenChannel = (withinMs: number) => Promise<Channel | NoChannel>;
