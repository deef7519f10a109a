/*
 * A scanner in keyboard mode sends keys, not signs, and most are made for an American keyboard: on a machine set to another one a hyphen comes out as
 * another sign. Which key it was is known, so what was meant can be too.
 */
const shifted: Readonly<Record<string, readonly [string, string]>> = {
  Backquote: ['`', '~'],
  Minus: ['-', '_'],
  Equal: ['=', '+'],
  BracketLeft: ['[', '{'],
  BracketRight: [']', '}'],
  Backslash: ['\\', '|'],
  Semicolon: [';', ':'],
  Quote: ["'", '"'],
  Comma: [',', '<'],
  Period: ['.', '>'],
  Slash: ['/', '?'],
  Space: [' ', ' '],
};
const aboveDigits = ')!@#$%^&*(';

/** What the key at a place (`KeyboardEvent.code`) types on an American keyboard; null for keys that type nothing, and for those whose signs all keyboards share. */
export function usSign(place: string, shift: boolean): string | null {
  const pair = shifted[place];
  if (pair) return pair[shift ? 1 : 0];
  const letter = /^Key([A-Z])$/.exec(place)?.[1];
  if (letter !== undefined) return shift ? letter : letter.toLowerCase();
  const digit = /^Digit(\d)$/.exec(place)?.[1];
  if (digit === undefined) return null;
  return shift ? (aboveDigits[Number(digit)] ?? null) : digit;
}
