import type { PaperWidthMm, PrinterModelId } from '../../contract/printers.ts';

/** Code pages that models have, by the names that the encoder knows them by. */
export type CodePage = 'windows1252' | 'windows1250' | 'windows1257' | 'cp858';

/** What a till has to know of a printer's model. */
export type PrinterModel = {
  readonly name: string;
  readonly language: 'esc-pos' | 'star-prnt';
  /** Letters of the normal font in a line, by the width of the roll; one letter is 12 dots wide. */
  readonly columns: Readonly<Record<PaperWidthMm, number>>;
  /** Code pages in the order in which they are tried for a letter, with the model's own numbers for them. */
  readonly codePages: readonly { readonly page: CodePage; readonly number: number }[];
  /**
   * How it says that all it was sent is on paper: Epson answers a numbered question when its turn has come (GS ( H),
   * Star counts (ETB), others answer for the paper sensor in turn (GS r).
   */
  readonly confirms: 'process-id' | 'sensor' | 'etb';
};

// Numbers of ESC t in Epson's "Character code tables": 16 WPC1252, 19 PC858, 45 WPC1250, 51 WPC1257.
const epsonPages = [
  { page: 'windows1252', number: 16 },
  { page: 'windows1257', number: 51 },
  { page: 'windows1250', number: 45 },
] as const;

// Numbers of ESC GS t in the StarPRNT command specification: 32 Windows-1252, 33 Windows-1250, 4 PC858.
const starPages = [
  { page: 'windows1252', number: 32 },
  { page: 'windows1250', number: 33 },
] as const;

const epson = { language: 'esc-pos', codePages: epsonPages, confirms: 'process-id' } as const;
const star = { language: 'star-prnt', codePages: starPages, confirms: 'etb' } as const;

/** Models by their ids. Widths are those of the makers' data sheets. */
export const printerModels: Readonly<Record<PrinterModelId, PrinterModel>> = {
  'epson-tm-t88': { ...epson, name: 'Epson TM-T88 (V, VI, VII)', columns: { 58: 30, 80: 42 } },
  'epson-tm-m30': { ...epson, name: 'Epson TM-m30', columns: { 58: 35, 80: 48 } },
  'star-tsp143': { ...star, name: 'Star TSP143IV', columns: { 58: 32, 80: 48 } },
  'star-mc-print3': { ...star, name: 'Star mC-Print', columns: { 58: 32, 80: 48 } },
  // PC858 is the one page with the Nordic letters and the euro that nearly every ESC/POS printer has.
  'generic-esc-pos': { language: 'esc-pos', codePages: [{ page: 'cp858', number: 19 }], confirms: 'sensor', name: 'ESC/POS', columns: { 58: 32, 80: 48 } },
};

/** Dots in a line: every letter of the normal font is 12 dots wide on these models. */
export const dotsOf = (model: PrinterModel, widthMm: PaperWidthMm): number => model.columns[widthMm] * 12;
