/** Upper half of PC858: PC850 with the euro at D5 (IBM code page 858). */
const cp858 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈ€ÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00ad±‗¾¶§÷¸°¨·¹³²■\u00a0';

const standard = (name: string) => (byte: number): string => new TextDecoder(name).decode(Uint8Array.of(byte));
const page858 = (byte: number): string => (byte < 0x80 ? String.fromCharCode(byte) : (cp858[byte - 0x80] ?? '\ufffd'));

/** Code pages by the numbers of each language, as the makers' tables have them; made apart from the encoder's. */
const pages = {
  'esc-pos': new Map([[16, standard('windows-1252')], [45, standard('windows-1250')], [51, standard('windows-1257')], [19, page858]]),
  'star-prnt': new Map([[32, standard('windows-1252')], [33, standard('windows-1250')], [4, page858]]),
} as const;

export type Language = keyof typeof pages;

/** The letter of a byte in a code page; a page that the printer does not have prints boxes. */
export const letterOf = (language: Language, page: number, byte: number): string => pages[language].get(page)?.(byte) ?? (byte < 0x80 ? String.fromCharCode(byte) : '\ufffd');
