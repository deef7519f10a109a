/** How a country's programs read numbers: all five write a decimal comma, so fields are kept apart by semicolons. */
const quoted = (text: string): string => (/[";\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** A cell of text. What a spreadsheet would take for a formula is no formula any more. */
export const cell = (text: string): string => quoted(/^[=+\-@\t]/.test(text) ? `'${text}` : text);

/** An amount with two decimals and a comma, exact. */
export function amountCell(minor: number): string {
  const digits = String(Math.abs(minor)).padStart(3, '0');
  return `${minor < 0 ? '-' : ''}${digits.slice(0, -2)},${digits.slice(-2)}`;
}

/** Thousandths, with as many decimals as they need. */
export function quantityCell(milli: number): string {
  const digits = String(Math.abs(milli)).padStart(4, '0');
  const fraction = digits.slice(-3).replace(/0+$/, '');
  return `${milli < 0 ? '-' : ''}${digits.slice(0, -3)}${fraction === '' ? '' : `,${fraction}`}`;
}

/** 2550 is 25,5. */
export const percentCell = (basisPoints: number): string => amountCell(basisPoints).replace(/,?0+$/, '');

/** With the mark by which spreadsheets know UTF-8. */
export const csvOf = (rows: readonly (readonly string[])[]): string => `\uFEFF${rows.map((row) => row.join(';')).join('\r\n')}\r\n`;
