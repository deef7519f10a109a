import { letterOf, type Language } from './letters.ts';

export type PrintedLine = { readonly text: string; readonly wide: number; readonly tall: number; readonly bold: boolean };
/** A picture, or a band of one; bands that follow one another are one. */
export type PrintedImage = { readonly widthDots: number; readonly rows: readonly string[] };
export type PrintedCode = { readonly symbology: 'code128' | 'qr'; readonly text: string };

/** What came out until the knife, or until now; `items` are lines and codes in their order. */
export type PrintedPaper = { readonly lines: PrintedLine[]; readonly codes: PrintedCode[]; readonly items: (PrintedLine | PrintedCode | PrintedImage)[]; cut: boolean };

/** What somebody does to the printer by hand. */
export type Hands = { paper: 'enough' | 'near-end' | 'out'; coverOpen: boolean; drawerOpen: boolean; /** Lines until the roll ends. */ linesLeft: number };

/** The print head and what it has done: commands of both languages come down to these. */
export type Machine = ReturnType<typeof createMachine>;

export function createMachine(language: Language, answer: (bytes: readonly number[]) => void) {
  const papers: PrintedPaper[] = [];
  const problems: string[] = [];
  const hands: Hands = { paper: 'enough', coverOpen: false, drawerOpen: false, linesLeft: Number.POSITIVE_INFINITY };
  let style = { wide: 1, tall: 1, bold: false, page: 0 };
  let text = '';
  let lineStyle = style;
  let pulses = 0;
  let etbCounter = 0;
  let qr = '';

  function paper(): PrintedPaper {
    const last = papers.at(-1);
    if (last && !last.cut) return last;
    const fresh: PrintedPaper = { lines: [], codes: [], items: [], cut: false };
    papers.push(fresh);
    return fresh;
  }

  function code(printed: PrintedCode): void {
    paper().codes.push(printed);
    paper().items.push(printed);
  }

  return {
    language, papers, problems, hands, answer,
    pulses: () => pulses,
    etbCounter: () => etbCounter,
    blocked: () => hands.coverOpen || hands.paper === 'out',
    reset() {
      style = { wide: 1, tall: 1, bold: false, page: 0 };
      text = '';
    },
    letter(byte: number) {
      if (text === '') lineStyle = style;
      text += letterOf(language, style.page, byte);
    },
    lineFeed() {
      const { wide, tall, bold } = text === '' ? style : lineStyle;
      const line = { text: text.trimEnd(), wide, tall, bold };
      paper().lines.push(line);
      paper().items.push(line);
      text = '';
      hands.linesLeft -= 1;
      if (hands.linesLeft <= 0) hands.paper = 'out';
    },
    set(changes: Partial<typeof style>) {
      style = { ...style, ...changes };
    },
    code,
    /** Rows of bits as text of 0 and 1. */
    image(widthBytes: number, bytes: readonly number[]) {
      const rows = Array.from({ length: bytes.length / widthBytes }, (_, row) => bytes.slice(row * widthBytes, (row + 1) * widthBytes).map((byte) => byte.toString(2).padStart(8, '0')).join(''));
      const { items } = paper();
      const last = items.at(-1);
      if (last && 'rows' in last && last.widthDots === widthBytes * 8) items.splice(-1, 1, { ...last, rows: [...last.rows, ...rows] });
      else items.push({ widthDots: widthBytes * 8, rows });
    },
    qrData(data: string) {
      qr = data;
    },
    qrPrint() {
      code({ symbology: 'qr', text: qr });
    },
    cut() {
      paper().cut = true;
    },
    pulse() {
      pulses += 1;
      hands.drawerOpen = true;
    },
    etb() {
      etbCounter = (etbCounter + 1) % 32;
    },
    problem: (what: string) => void problems.push(what),
  };
}
