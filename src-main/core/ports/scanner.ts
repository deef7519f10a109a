/** What a device sends until it is closed. */
export type HidListener = {
  /** One input report, with its id in front where the device has ids. */
  report(bytes: Uint8Array): void;
  /** The device was pulled out or cannot be read any more. */
  gone(): void;
};

/** The bar code scanners at this machine's USB ports (HID usage page 0x8C). */
export interface HidScanners {
  /** Paths of the scanners that are plugged in; null where this machine has no USB support for them. */
  paths(): Promise<readonly string[] | null>;
  /** What the scanner at a path calls itself, as it was seen last; empty where it says nothing. */
  nameOf(path: string): string;
  /** Opens one; `descriptor` is its report descriptor, null where the system does not show it. Rejects when it cannot be opened. */
  open(path: string, listener: HidListener): Promise<{ readonly descriptor: Uint8Array | null; close(): Promise<void> }>;
}
