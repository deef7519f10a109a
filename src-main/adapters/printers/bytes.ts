import ReceiptPrinterEncoder from '@point-of-sale/receipt-printer-encoder';
import type { PaperWidthMm } from '../../contract/printers.ts';
import type { Paper } from '../../contract/receipts.ts';
import { commandsOf, rasterCommand } from '../../core/printers/commands.ts';
import { layOut, type PrintStep } from '../../core/printers/layout.ts';
import { dotsOf, type CodePage, type PrinterModel } from '../../core/printers/models.ts';
import { centred } from '../../core/receipts/raster.ts';
import { plainer } from '../../core/printers/words.ts';

type Encoder = ReceiptPrinterEncoder;

/** The encoder knows some widths only; lines are broken before it gets them, so it is given the widest. */
const encoderColumns = 48;

const barcodeHeightDots = 80;

/** Widest bars (3 or 2 dots; the encoder calls them 2 and 1) with which the code still fits: 11 modules a letter, and 55 for start, check, stop and quiet zones. */
const barWidth = (text: string, dots: number): 1 | 2 => ((text.length * 11 + 55) * 3 <= dots ? 2 : 1);

/** Letters that a page certainly has; the others may have more than these in common with it. */
const lettersOf = { windows1252: /^[\x20-\x7e\u00a0-\u00ff€]*$/u, others: /^[\x20-\x7e]*$/u } as const;

/** The page that is tried first, where it has all letters of a line; else the encoder has to look for each of them. */
function pageOf(text: string, { codePages: [first] }: PrinterModel): CodePage | 'auto' {
  if (!first) return 'auto';
  return lettersOf[first.page === 'windows1252' ? 'windows1252' : 'others'].test(text) ? first.page : 'auto';
}

/** Rows of a picture that are sent with one command: cheap printers have little room for one. */
const rowsAtOnce = 64;

type Image = Extract<PrintStep, { kind: 'image' }>;
type Written = Exclude<PrintStep, Image>;

function imageBytes({ widthDots, heightDots, bits }: Image, model: PrinterModel, dots: number): readonly number[] {
  const raster = centred({ widthDots, heightDots, bits: Uint8Array.from(Buffer.from(bits, 'base64')) }, dots);
  const widthBytes = raster.widthDots / 8;
  const bands = Array.from({ length: Math.ceil(heightDots / rowsAtOnce) }, (_, index) => raster.bits.subarray(index * rowsAtOnce * widthBytes, (index + 1) * rowsAtOnce * widthBytes));
  return bands.flatMap((band) => [...rasterCommand(model, widthBytes, band.length / widthBytes), ...band]);
}

function encodeStep(encoder: Encoder, step: Written, dots: number, letters: (text: string) => string): void {
  if (step.kind === 'line') {
    encoder.bold(step.bold).size(step.wide, step.tall).line(letters(step.text)).size(1, 1).bold(false);
    return;
  }
  encoder.align('center');
  if (step.symbology === 'qr') encoder.qrcode(step.text, { model: 2, size: 6, errorlevel: 'm' });
  else encoder.barcode(step.text, 'code128', { height: barcodeHeightDots, width: barWidth(step.text, dots), text: true });
  encoder.align('left');
}

function writtenBytes(steps: readonly Written[], model: PrinterModel, dots: number): Uint8Array {
  const encoder = new ReceiptPrinterEncoder({
    language: model.language,
    columns: encoderColumns,
    newline: '\n',
    autoFlush: false,
    errors: 'relaxed',
    codepageMapping: Object.fromEntries(model.codePages.map(({ page, number }) => [page, number])),
    codepageCandidates: model.codePages.map(({ page }) => page),
  });
  encoder.initialize().codepage('auto');
  const plain = model.codePages.some(({ page }) => page === 'cp858') ? plainer : (text: string): string => text;
  // Where the encoder chooses a page for each letter it copies whole tables for each, some milliseconds a line: only lines that need several pages.
  const letters = (text: string): string => {
    const written = plain(text);
    encoder.codepage(pageOf(written, model));
    return written;
  };
  for (const step of steps) encodeStep(encoder, step, dots, letters);
  return encoder.encode();
}

/** Pictures, and what stands between them. */
function parts(steps: readonly PrintStep[]): readonly (Image | readonly Written[])[] {
  const found: (Image | Written[])[] = [];
  for (const step of steps) {
    const last = found.at(-1);
    if (step.kind === 'image') found.push(step);
    else if (Array.isArray(last)) last.push(step);
    else found.push([step]);
  }
  return found;
}

/** A paper as the commands of a model: pictures, text in its code pages, sizes, codes, and a cut at the end. A letter that no page has is a `?`. */
export function paperBytes(paper: Pick<Paper, 'blocks'>, model: PrinterModel, widthMm: PaperWidthMm): Uint8Array {
  const dots = dotsOf(model, widthMm);
  const made = parts(layOut(paper, model.columns[widthMm])).map((part) => ('kind' in part ? imageBytes(part, model, dots) : writtenBytes(part, model, dots)));
  // Whatever the printer was in the middle of, it begins anew.
  return Uint8Array.from([...commandsOf(model).begin, ...made.flatMap((bytes) => [...bytes]), ...commandsOf(model).cut]);
}
