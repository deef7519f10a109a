/**
 * A text as a printer's code pages may have it: letters with their marks in one sign, and typographic spaces and the
 * minus sign (which no code page has) as the plain ones. Other signs without ink become spaces.
 */
export const spelled = (text: string): string =>
  text
    .normalize('NFC')
    .replaceAll('\r\n', '\n')
    .replaceAll('\u2212', '-')
    .replaceAll(/[\u00ad\u200b-\u200f\u2060\ufeff]/g, '')
    .replaceAll(/[\p{Zs}\u2028\u2029]/gu, ' ')
    .replaceAll(/(?!\n)\p{Cc}/gu, ' ');

/** A text in lines of at most so many letters, broken between words, and inside one that is longer than a line. */
export function wrapped(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let rest = text.trimEnd();
  while (rest.length > width) {
    const space = rest.lastIndexOf(' ', width);
    const broken = space > 0 && rest.slice(0, space).trim() !== '' ? space : width;
    lines.push(rest.slice(0, broken).trimEnd());
    rest = rest.slice(broken).trimStart();
  }
  return [...lines, rest];
}

/** Signs that a DOS code page keeps where others have commands: a printer would carry them out instead of printing them. */
const drawnCommands = /[☺☻♥♦♣♠•◘○◙♂♀♪♫☼►◄↕‼¶§▬↨↑↓→←∟↔▲▼⌂]/g;

/** A text for a DOS code page, letter for letter: typographic dashes and quotes as the plain ones it has, and no sign that is a command. */
export const plainer = (text: string): string =>
  text.replaceAll(/[–—]/g, '-').replaceAll(/[‘’]/g, "'").replaceAll(/[“”„]/g, '"').replaceAll(drawnCommands, '?');
