import { checked, type Element, type Elements } from './gs1-elements.ts';
import { identifiers } from './gs1-table.ts';

/** Keys of a Digital Link with the qualifiers that may follow, in this order (GS1 Digital Link: URI Syntax 1.6, 4.8). */
const keys: Readonly<Record<string, readonly (readonly string[])[]>> = {
  '00': [],
  '01': [['22', '10', '21'], ['235']],
  '253': [],
  '255': [],
  '401': [],
  '402': [],
  '414': [['254'], ['7040']],
  '415': [['8020']],
  '417': [['7040']],
  '8003': [],
  '8004': [['7040']],
  '8006': [['22', '10', '21']],
  '8010': [['8011']],
  '8013': [],
  '8017': [['8019']],
  '8018': [['8019']],
};
/** Words that the first edition used in place of numbers. */
const oldWords: Readonly<Record<string, string>> = { gtin: '01', cpv: '22', lot: '10', ser: '21' };

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

const numberOf = (segment: string): string => oldWords[segment] ?? segment;

/** Shorter GTINs were allowed in the first edition; they mean the same with zeros in front. */
const padded = (ai: string, data: string): string => (ai === '01' && /^(\d{8}|\d{12,13})$/.test(data) ? data.padStart(14, '0') : data);

/** A key at the beginning of these segments and nothing but its own qualifiers behind it; null when it is not so. */
function keyAndQualifiers(segments: readonly string[]): readonly Element[] | null {
  if (segments.length % 2 !== 0) return null;
  const elements: Element[] = [];
  for (let at = 0; at < segments.length; at += 2) {
    const [ai, data] = [numberOf(segments[at] ?? ''), segments[at + 1] ?? ''];
    elements.push({ ai, data: padded(ai, data) });
  }
  const [key, ...qualifiers] = elements.map(({ ai }) => ai);
  const orders = Object.hasOwn(keys, key ?? '') ? keys[key ?? ''] : undefined;
  if (orders === undefined) return null;
  const follows = (order: readonly string[]): boolean => {
    const places = qualifiers.map((ai) => order.indexOf(ai));
    return places.every((place, index) => place >= 0 && place > (places[index - 1] ?? -1));
  };
  return qualifiers.length === 0 || orders.some(follows) ? elements : null;
}

/** Numbers among the names of a query are identifiers, all else is the owner's own. */
function queryElements(query: string): readonly Element[] | null {
  const elements: Element[] = [];
  for (const pair of query.split(/[&;]/)) {
    const [name = '', ...rest] = pair.split('=');
    if (!/^\d+$/.test(name)) continue;
    const data = decoded(rest.join('='));
    if (data === null || !identifiers.has(name)) return null;
    elements.push({ ai: name, data });
  }
  return elements;
}

/** Reads a GS1 Digital Link without compression, of any domain: `https://…/01/GTIN/10/LOT?3103=000742`; null when it is another address. */
export function readLink(text: string): Elements | null {
  const address = /^https?:\/\/[^/?#\s]+((?:\/[^/?#\s]*)*)(?:\?([^#\s]*))?(?:#\S*)?$/iu.exec(text);
  if (!address) return null;
  const segments = (address[1] ?? '').replace(/\/$/u, '').split('/').slice(1).map(decoded);
  if (segments.includes(null)) return null;
  const names = segments.map((segment) => segment ?? '');
  for (let at = 0; at < names.length; at += 1) {
    const path = keyAndQualifiers(names.slice(at));
    if (path === null) continue;
    const query = queryElements(address[2] ?? '');
    return query ? checked([...path, ...query]) : { problem: 'gs1-broken' };
  }
  return null;
}
