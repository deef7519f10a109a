/** One address, as mail servers take it: nothing that could end a header or name a second recipient. */
const pattern = /^[^\s<>()[\]\\,;:@"\p{Cc}]{1,64}@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+[\p{L}\p{N}-]{2,63}$/u;

export const isMailAddress = (text: string): boolean => text.length <= 254 && pattern.test(text) && !text.includes('..') && !text.startsWith('.') && !text.includes('.@');
