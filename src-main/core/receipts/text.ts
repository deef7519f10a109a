import type { Paper, PaperBlock } from '../../contract/receipts.ts';

/** Most bytes of a QR code that a phone reads from a screen at arm's length: version 22 with the lowest correction. */
const largestQrBytes = 1003;

function lineOf(block: PaperBlock): string | null {
  switch (block.kind) {
    case 'text':
      return block.text.trimEnd();
    case 'row':
      return `${block.left}  ${block.right}`;
    case 'columns':
      return block.cells.join('  ');
    case 'rule':
      return '--------';
    case 'space':
      return '';
    case 'barcode':
    case 'image':
      return null;
    default:
      return unknownBlock(block);
  }
}

function unknownBlock(block: never): never {
  throw new Error(`paper: unknown block ${JSON.stringify(block)}`);
}

/** Spaces that only widen a line are worth nothing in a QR code, nor are typographic ones. */
const plain = (line: string): string => line.replaceAll(/[\u00a0\u202f]/g, ' ').replaceAll('−', '-').replaceAll(/ {2,}/g, ' ').trim();

/** A paper as plain text, one block to a line: the body of a mail. */
export const paperText = (paper: Paper): string =>
  `${paper.blocks.flatMap((block) => lineOf(block) ?? []).join('\n').replaceAll('\u00a0', ' ').replaceAll('\u202f', ' ')}\n`;

const closeText = (paper: Paper): string =>
  paper.blocks
    .filter((block) => block.kind !== 'rule' && block.kind !== 'space')
    .flatMap((block) => lineOf(block) ?? [])
    .map(plain)
    .filter((line) => line !== '')
    .join('\n');

const fits = (text: string): boolean => new TextEncoder().encode(text).length <= largestQrBytes;

/** The receipt itself as the text of a QR code: whole if there is room, else in few words; null where even those are too many. */
export function qrText(whole: () => Paper, brief: () => Paper): string | null {
  const all = closeText(whole());
  if (fits(all)) return all;
  const short = closeText(brief());
  return fits(short) ? short : null;
}
