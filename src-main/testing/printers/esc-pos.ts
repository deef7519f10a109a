import { dotsIn, fixed, latin, widthIn, type Command, type Commands } from './command.ts';
import type { Machine } from './machine.ts';

/** GS k m n: only the Code 128 of the newer form, whose text begins with its code set. */
const barcode: Command = {
  size: (rest) => (rest.length < 2 ? null : 2 + (rest[1] ?? 0)),
  run: (machine, [kind, , ...data]) => {
    const text = latin(data);
    if (kind !== 73 || !text.startsWith('{B')) machine.problem(`barcode ${kind} ${text}`);
    machine.code({ symbology: 'code128', text: text.slice(2) });
  },
};

function extended(machine: Machine, [kind, , , ...data]: readonly number[]): void {
  const [first, fn] = data;
  // GS ( H 48: the answer to a numbered question, when all before it is done.
  if (kind === 0x48 && first === 48) machine.answer([0x37, 0x22, ...data.slice(2, 6), 0x00]);
  else if (kind === 0x6b && fn === 0x50) machine.qrData(latin(data.slice(3)));
  else if (kind === 0x6b && fn === 0x51) machine.qrPrint();
  else if (kind !== 0x6b) machine.problem(`GS ( ${kind}`);
}

/** ESC/POS by Epson's reference, as far as the till uses it. */
export const escPosCommands: Commands = {
  '0a': fixed(0, (machine) => machine.lineFeed()),
  '0d': fixed(0),
  '1b40': fixed(0, (machine) => machine.reset()),
  '1c2e': fixed(0),
  '1b4d': fixed(1),
  '1b74': fixed(1, (machine, [page = 0]) => machine.set({ page })),
  '1b45': fixed(1, (machine, [on = 0]) => machine.set({ bold: (on & 1) === 1 })),
  '1d21': fixed(1, (machine, [size = 0]) => machine.set({ wide: (size >> 4) + 1, tall: (size & 15) + 1 })),
  '1b61': fixed(1),
  '1d68': fixed(1),
  '1d77': fixed(1),
  '1d48': fixed(1),
  '1d66': fixed(1),
  '1d6b': barcode,
  '1d28': { size: (rest) => (rest.length < 3 ? null : 3 + (rest[1] ?? 0) + 256 * (rest[2] ?? 0)), run: extended },
  '1d76': {
    size: (rest) => (rest.length < 6 ? null : 6 + dotsIn(rest, 2)),
    run: (machine, args) => {
      if (args[0] !== 0x30 || args[1] !== 0) machine.problem(`GS v ${args[0]} ${args[1]}`);
      machine.image(widthIn(args, 2), args.slice(6));
    },
  },
  '1d72': fixed(1, (machine) => machine.answer([machine.hands.paper === 'near-end' ? 0x03 : 0x00])),
  '1d56': { size: ([kind]) => (kind === undefined ? null : kind === 65 || kind === 66 ? 2 : 1), run: (machine) => machine.cut() },
  '1b70': fixed(3, (machine) => machine.pulse()),
};

/** DLE EOT n: answered at once, whatever stands in the buffer. */
export function escPosRealTime({ hands, blocked }: Machine, question: number): number {
  const fixedBits = 0x12;
  if (question === 1) return fixedBits | (hands.drawerOpen ? 0x04 : 0) | (blocked() ? 0x08 : 0);
  if (question === 2) return fixedBits | (hands.coverOpen ? 0x04 : 0) | (hands.paper === 'out' ? 0x20 : 0);
  if (question === 4) return fixedBits | (hands.paper === 'out' ? 0x6c : hands.paper === 'near-end' ? 0x0c : 0);
  return fixedBits;
}
