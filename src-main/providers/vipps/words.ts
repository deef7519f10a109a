import type { Words } from '../../contract/basics.ts';

/** One text in all languages, in the order in which they are read aloud here. */
export const words = (en: string, sv: string, nb: string, da: string, fi: string, nl: string): Words => ({ en, sv, nb, da, fi, nl });

export const same = (text: string): Words => words(text, text, text, text, text, text);
