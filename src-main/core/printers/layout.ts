import type { Paper, PaperBlock } from '../../contract/receipts.ts';
import { tableLines, type Cells } from './table.ts';
import { spelled, wrapped } from './words.ts';

/** How many times as wide and as tall as the normal font. */
export type Scale = { readonly wide: 1 | 2; readonly tall: 1 | 2 | 3 | 4 };

/** One thing that a receipt printer does after another. */
export type PrintStep =
  | ({ readonly kind: 'line'; readonly text: string; readonly bold: boolean } & Scale)
  | { readonly kind: 'barcode'; readonly symbology: 'code128' | 'qr'; readonly text: string }
  | { readonly kind: 'image'; readonly widthDots: number; readonly heightDots: number; readonly bits: string };

type Size = Extract<PaperBlock, { kind: 'text' }>['size'];

/** Amounts are at most `large`: a heading is 1.5 times as tall and twice as wide (NO-8), `double` twice as both (SE-9). */
export const scales: Readonly<Record<Size, Scale>> = {
  small: { wide: 1, tall: 1 },
  normal: { wide: 1, tall: 1 },
  large: { wide: 1, tall: 2 },
  heading: { wide: 2, tall: 3 },
  double: { wide: 2, tall: 4 },
};

const line = (text: string, bold = false, scale: Scale = scales.normal): PrintStep => ({ kind: 'line', text, bold, ...scale });

function aligned(text: string, align: 'left' | 'center' | 'right', columns: number): string {
  const free = columns - text.length;
  return `${' '.repeat(align === 'left' ? 0 : align === 'right' ? free : Math.floor(free / 2))}${text}`;
}

function textLines({ text, align, size, bold }: Extract<PaperBlock, { kind: 'text' }>, columns: number): readonly PrintStep[] {
  const scale = scales[size];
  const width = Math.floor(columns / scale.wide);
  return spelled(text).split('\n').flatMap((part) => wrapped(part, width)).map((part) => line(aligned(part, align, width), bold, scale));
}

/** What stands on the right stands beside the last line of what is on the left, as an amount beside a long name. */
function rowLines({ left, right, size, bold }: Extract<PaperBlock, { kind: 'row' }>, columns: number): readonly PrintStep[] {
  const scale = scales[size];
  const rightText = spelled(right).replaceAll('\n', ' ');
  const leftWidth = columns - rightText.length - 1;
  const leftParts = wrapped(spelled(left).replaceAll('\n', ' '), Math.max(leftWidth, Math.ceil(columns / 2)));
  const last = leftParts.at(-1) ?? '';
  const beside = last.length <= leftWidth;
  const whole = beside ? [...leftParts.slice(0, -1), `${last}${rightText.padStart(columns - last.length)}`] : [...leftParts, ...wrapped(rightText, columns).map((part) => aligned(part, 'right', columns))];
  return whole.map((part) => line(part.trimEnd(), bold, scale));
}

function otherLines(block: Exclude<PaperBlock, { kind: 'columns' }>, columns: number): readonly PrintStep[] {
  switch (block.kind) {
    case 'text':
      return textLines(block, columns);
    case 'row':
      return rowLines(block, columns);
    case 'rule':
      return [line('-'.repeat(columns))];
    case 'space':
      return [line('')];
    case 'image':
      return [{ kind: 'image', widthDots: block.widthDots, heightDots: block.heightDots, bits: block.bits }];
    case 'barcode':
      return [{ kind: 'barcode', symbology: block.symbology, text: block.text }];
    default:
      return unknownBlock(block);
  }
}

function unknownBlock(block: never): never {
  throw new Error(`paper: unknown block ${JSON.stringify(block)}`);
}

/** A paper as the lines of a printer with so many letters to a line. Rows of columns that follow one another are one table. */
export function layOut({ blocks }: Pick<Paper, 'blocks'>, columns: number): readonly PrintStep[] {
  const steps: PrintStep[] = [];
  let table: Cells[] = [];
  const endTable = (): void => {
    steps.push(...tableLines(table, columns).map(({ text, bold }) => line(text, bold)));
    table = [];
  };
  for (const block of blocks) {
    if (block.kind === 'columns') {
      table.push({ bold: block.bold, cells: block.cells.map((cell) => spelled(cell).replaceAll('\n', ' ')) });
      continue;
    }
    endTable();
    steps.push(...otherLines(block, columns));
  }
  endTable();
  return steps;
}
