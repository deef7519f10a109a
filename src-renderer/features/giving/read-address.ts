const oneAddress = /[^\s<>()[\]\\,;:@"]+@[^\s<>()[\]\\,;:@"?]+\.[^\s<>()[\]\\,;:@"?&]+/;

/** Where an address stands in a code that a customer shows: `mailto:`, MATMSG, MeCard, vCard, or the address alone. */
const places = [/^mailto:([^?]+)/i, /^MATMSG:.*?TO:([^;]+)/is, /^SMTP:([^:]+)/i, /^MECARD:.*?EMAIL:([^;]+)/is, /^EMAIL[^:\r\n]*:(\S+)/im, /^(\S+)$/];

/** The e-mail address in a scanned code; null where there is none. */
export function addressIn(code: string): string | null {
  for (const place of places) {
    const found = place.exec(code.trim())?.[1];
    if (found === undefined) continue;
    const address = oneAddress.exec(readable(found))?.[0];
    if (address !== undefined) return address;
  }
  return null;
}

function readable(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Whether a text may be an address; the till looks closer. */
export const looksLikeAddress = (text: string): boolean => oneAddress.exec(text.trim())?.[0] === text.trim();
