import { dotsIn, fixed, latin, widthIn, type Command, type Commands } from './command.ts';
import type { Machine } from './machine.ts';

/** ESC b n1 n2 n3 n4 text RS: 6 is Code 128. */
const barcode: Command = {
  size: (rest) => {
    const end = rest.indexOf(0x1e, 4);
    return end < 0 ? null : end + 1;
  },
  run: (machine, [kind, , , , ...data]) => {
    if (kind !== 6) machine.problem(`barcode ${kind}`);
    machine.code({ symbology: 'code128', text: latin(data.slice(0, -1)) });
  },
};

/** ESC GS: pictures (S), code page, place, and QR codes by their settings (S), data (D) and print (P). */
const wide: Command = {
  size: (rest) => {
    const [kind, second] = rest;
    if (kind === undefined || (kind === 0x79 && second === undefined)) return null;
    if (kind === 0x53) return rest.length < 7 ? null : 7 + dotsIn(rest, 2);
    if (kind !== 0x79) return 2;
    if (second === 0x50) return 2;
    if (second !== 0x44) return 4;
    return rest.length < 6 ? null : 6 + (rest[4] ?? 0) + 256 * (rest[5] ?? 0);
  },
  run: (machine, args) => {
    const [kind, second = 0, , , , , ...data] = args;
    if (kind === 0x53) return machine.image(widthIn(args, 2), args.slice(7));
    if (kind === 0x74) machine.set({ page: second });
    else if (kind === 0x79 && second === 0x44) machine.qrData(latin(data));
    else if (kind === 0x79 && second === 0x50) machine.qrPrint();
    else if (kind !== 0x79 && kind !== 0x61) machine.problem(`ESC GS ${kind}`);
  },
};

/** StarPRNT by Star's command specification, as far as the till uses it. */
export const starCommands: Commands = {
  '0a': fixed(0, (machine) => machine.lineFeed()),
  '0d': fixed(0),
  '18': fixed(0),
  '07': fixed(0, (machine) => machine.pulse()),
  '17': fixed(0, (machine) => {
    machine.etb();
    machine.answer(starReport(machine));
  }),
  '1b40': fixed(0, (machine) => machine.reset()),
  '1b1e': fixed(2),
  '1b45': fixed(0, (machine) => machine.set({ bold: true })),
  '1b46': fixed(0, (machine) => machine.set({ bold: false })),
  '1b69': fixed(2, (machine, [tall = 0, across = 0]) => machine.set({ tall: tall + 1, wide: across + 1 })),
  '1b1d': wide,
  '1b62': barcode,
  '1b07': fixed(2),
  '1b64': fixed(1, (machine) => machine.cut()),
};

/** The automatic status, of nine bytes. */
export function starReport({ hands, blocked, etbCounter }: Machine): readonly number[] {
  const count = etbCounter();
  return [
    0x23, 0x86,
    (blocked() ? 0x08 : 0) | (hands.coverOpen ? 0x20 : 0) | (hands.drawerOpen ? 0 : 0x04),
    0, 0,
    hands.paper === 'out' ? 0x0c : hands.paper === 'near-end' ? 0x04 : 0,
    0,
    ((count & 0x18) << 2) | ((count & 0x07) << 1),
    0,
  ];
}
