import { XMLParser, XMLValidator } from 'fast-xml-parser';

/** An element with its prefix, its attributes and its children in their order. */
export type Element = { readonly prefix: string; readonly name: string; readonly attributes: Readonly<Record<string, string>>; readonly children: readonly Element[]; readonly text: string };

const parser = new XMLParser({ preserveOrder: true, ignoreAttributes: false, attributeNamePrefix: '', parseTagValue: false, parseAttributeValue: false, trimValues: true });

type Raw = { readonly [name: string]: unknown };

function elementOf(raw: Raw): Element | null {
  const tag = Object.keys(raw).find((name) => name !== ':@' && name !== '#text');
  if (tag === undefined || tag.startsWith('?')) return null;
  const inner = (raw[tag] as readonly Raw[] | undefined) ?? [];
  const [prefix, name] = tag.includes(':') ? (tag.split(':', 2) as [string, string]) : ['', tag];
  return {
    prefix,
    name,
    attributes: (raw[':@'] as Record<string, string> | undefined) ?? {},
    children: inner.map(elementOf).filter((one) => one !== null),
    text: inner.map((one) => (typeof one['#text'] === 'string' || typeof one['#text'] === 'number' ? String(one['#text']) : '')).join(''),
  };
}

/** The root element; null when the text is not well-formed XML. */
export function parseXml(text: string): Element | null {
  if (XMLValidator.validate(text) !== true) return null;
  const roots = (parser.parse(text) as readonly Raw[]).map(elementOf).filter((one) => one !== null);
  return roots.length === 1 ? (roots[0] ?? null) : null;
}

/** The namespace of an element, by the declarations on it and on those around it, innermost first. */
export function namespaceOf(element: Element, around: readonly Element[]): string {
  const attribute = element.prefix === '' ? 'xmlns' : `xmlns:${element.prefix}`;
  for (const one of [element, ...around]) {
    const found = one.attributes[attribute];
    if (found !== undefined) return found;
  }
  return '';
}

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
export const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => escapes[sign] ?? sign);

/** An element as text; parts that are null are left out. */
export const xml = (name: string, ...parts: readonly (string | null)[]): string => `<${name}>${parts.filter((part) => part !== null).join('')}</${name}>`;
/** A text element; null when there is no value. */
export const leaf = (name: string, value: string | number | null): string | null => (value === null ? null : xml(name, escaped(String(value))));
