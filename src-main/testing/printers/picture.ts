import { createBarcodes } from '../../adapters/barcodes.ts';
import type { PrintedCode, PrintedImage, PrintedLine, PrintedPaper } from './machine.ts';

/** Width and height of a letter of the normal font, in dots. */
const letter = { wide: 12, tall: 24 } as const;
const gap = 6;

const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** Each letter in its own place, as the head puts it: a wrong one or a shifted column is seen. */
function lineSvg({ text, wide, tall, bold }: PrintedLine, top: number): string {
  const place = (index: number): string => `translate(${index * letter.wide * wide} ${top + letter.tall * tall * 0.8}) scale(${wide} ${tall})`;
  return [...text].map((sign, index) => (sign === ' ' ? '' : `<text transform="${place(index)}"${bold ? ' font-weight="bold"' : ''}>${escape(sign)}</text>`)).join('');
}

function codeSvg({ symbology, text }: PrintedCode, top: number, dots: number): { readonly svg: string; readonly height: number } {
  const qr = symbology === 'qr';
  const [width, height] = qr ? [150, 150] : [Math.min(dots, 330), 80];
  const drawn = qr ? createBarcodes().qr(text) : createBarcodes().code128(text);
  const placed = drawn.replace('<svg', `<svg x="${(dots - width) / 2}" y="${top}" width="${width}" height="${height}" preserveAspectRatio="none"`);
  return { svg: placed, height: height + gap };
}

/** Each run of black dots in a row is one stroke. */
function imageSvg({ rows }: PrintedImage, top: number): { readonly svg: string; readonly height: number } {
  const path = rows.flatMap((row, y) => [...row.matchAll(/1+/g)].map((run) => `M${run.index} ${top + y}h${run[0].length}v1h-${run[0].length}z`)).join('');
  return { svg: `<path d="${path}"/>`, height: rows.length + gap };
}

/** A paper that came out, as a picture of so many dots. */
export function paperPicture(paper: PrintedPaper, dots: number): string {
  let top = 0;
  let inside = '';
  for (const item of paper.items) {
    const drawn = 'rows' in item ? imageSvg(item, top) : 'symbology' in item ? codeSvg(item, top, dots) : { svg: lineSvg(item, top), height: letter.tall * item.tall + gap };
    inside += drawn.svg;
    top += drawn.height;
  }
  const style = 'font-family="DejaVu Sans Mono, monospace" font-size="19.5"';
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="-20 -20 ${dots + 40} ${top + 40}" width="${dots + 40}" height="${top + 40}"><rect x="-20" y="-20" width="100%" height="100%" fill="#fff"/><g ${style}>${inside}</g></svg>`;
}
