/** What a printer says of itself. */
export type PrinterStatus = {
  readonly online: boolean;
  readonly coverOpen: boolean;
  readonly paperOut: boolean;
  readonly paperNearEnd: boolean;
  /** Level of the drawer's switch: `high` or `low`; null where the status has none. Which of them is open depends on the drawer. */
  readonly drawer: 'open' | 'closed' | null;
};

/**
 * Answers to DLE EOT 1, 2 and 4 (Epson ESC/POS reference). 1: bit 2 the drawer's pin 3, bit 3 offline. 2: bit 2 cover, bit 5 stopped
 * at the end of the paper, bit 6 error. 4: bits 2 and 3 near the end, bits 5 and 6 no paper. Pin 3 is low while a usual drawer is closed.
 */
export function escPosStatus(printer: number, offline: number, roll: number): PrinterStatus {
  return {
    online: (printer & 0x08) === 0 && (offline & 0x40) === 0,
    coverOpen: (offline & 0x04) !== 0,
    paperOut: (roll & 0x60) !== 0 || (offline & 0x20) !== 0,
    paperNearEnd: (roll & 0x0c) !== 0,
    drawer: (printer & 0x04) === 0 ? 'closed' : 'open',
  };
}

/** Bytes of an automatic status of Star's printers, told by its first one: bits 1 to 3 and 5 (StarPRNT command specification). */
export const starLength = (first: number): number => ((first >> 1) & 0x07) | ((first >> 2) & 0x08);

export type StarStatus = PrinterStatus & { /** Counts the ETB commands that were carried out, from 0 to 31. */ readonly etbCounter: number };

/** An automatic status of Star's printers. Byte 2: cover, offline, drawer's switch; 3 and 4: errors; 5: paper; 7: the ETB counter, with holes. */
export function starStatus(bytes: Uint8Array): StarStatus {
  const at = (index: number): number => bytes[index] ?? 0;
  const counter = at(7);
  return {
    online: (at(2) & 0x08) === 0,
    coverOpen: (at(2) & 0x20) !== 0,
    paperOut: (at(5) & 0x08) !== 0,
    paperNearEnd: (at(5) & 0x04) !== 0,
    drawer: (at(2) & 0x04) === 0 ? 'open' : 'closed',
    etbCounter: ((counter & 0x60) >> 2) | ((counter & 0x0e) >> 1),
  };
}
