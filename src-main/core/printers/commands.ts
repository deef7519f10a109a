import type { PrinterModel } from './models.ts';

/** Commands of the two languages that are no text: from Epson's ESC/POS reference and Star's StarPRNT command specification. */
type Commands = {
  /** The printer forgets styles and pages of what came before (ESC @). */
  readonly begin: readonly number[];
  /** Feeds what was printed past the knife and cuts, leaving a bridge (GS V 66, ESC d 3). */
  readonly cut: readonly number[];
  /** 100 ms of current on the first drawer's coil, longer than any usual lock needs (ESC p; ESC BEL sets the pulse, BEL fires it). */
  readonly openDrawer: readonly number[];
  /** Asks how the printer is; carried out at once, even by one that is offline (DLE EOT 1, 2 and 4; ESC ACK SOH). */
  readonly ask: readonly number[];
  /** Throws away what waits in the printer's buffer, at once (DLE DC4 8; ESC ACK CAN): nothing comes out later unasked. */
  readonly forget: readonly number[];
};

const commands: Readonly<Record<PrinterModel['language'], Commands>> = {
  'esc-pos': {
    begin: [0x1b, 0x40],
    cut: [0x1d, 0x56, 66, 0],
    openDrawer: [0x1b, 0x70, 0, 50, 50],
    ask: [0x10, 0x04, 1, 0x10, 0x04, 2, 0x10, 0x04, 4],
    forget: [0x10, 0x14, 8, 1, 3, 20, 1, 6, 2, 8],
  },
  'star-prnt': {
    begin: [0x1b, 0x40],
    cut: [0x1b, 0x64, 3],
    openDrawer: [0x1b, 0x07, 10, 50, 0x07],
    ask: [0x1b, 0x06, 0x01],
    forget: [0x1b, 0x06, 0x18],
  },
};

/** Rows of dots, a picture or a part of one; the width is in whole bytes (GS v 0; ESC GS S). */
export function rasterCommand({ language }: Pick<PrinterModel, 'language'>, widthBytes: number, rows: number): readonly number[] {
  const size = [widthBytes & 0xff, widthBytes >> 8, rows & 0xff, rows >> 8];
  return language === 'star-prnt' ? [0x1b, 0x1d, 0x53, 1, ...size, 0] : [0x1d, 0x76, 0x30, 0, ...size];
}

export const commandsOf = ({ language }: Pick<PrinterModel, 'language'>): Commands => commands[language];

/** What is put behind a paper so that the printer says when all of it has come out. `mark` tells one paper from the next, 0 to 9999. */
export function confirmCommand({ confirms }: Pick<PrinterModel, 'confirms'>, mark: number): readonly number[] {
  switch (confirms) {
    case 'process-id':
      return [0x1d, 0x28, 0x48, 6, 0, 48, 48, ...markBytes(mark)];
    case 'sensor':
      return [0x1d, 0x72, 1];
    case 'etb':
      return [0x17];
    default:
      return unknownWay(confirms);
  }
}

/** Four digits as letters, as GS ( H wants them. */
export const markBytes = (mark: number): readonly number[] => [...String(mark % 10_000).padStart(4, '0')].map((digit) => digit.charCodeAt(0));

function unknownWay(way: never): never {
  throw new Error(`no such way to confirm: ${String(way)}`);
}
