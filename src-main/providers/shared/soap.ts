import { XMLBuilder, XMLParser } from 'fast-xml-parser';
import type { Http, HttpAnswer } from '../../core/ports/http.ts';

/*
 * SOAP 1.1, document/literal: one element in the body. What a value is called decides its place, so bodies are plain
 * objects whose keys stand in the order of the provider's schema.
 */
const soapNamespace = 'http://schemas.xmlsoap.org/soap/envelope/';

/** A tree of text: elements by name in their order, lists for repeated ones. Undefined values are left out. */
export type XmlTree = { readonly [name: string]: string | XmlTree | readonly XmlTree[] | undefined };

const builder = new XMLBuilder({ ignoreAttributes: false, attributeNamePrefix: '@_', suppressEmptyNode: false });
const parser = new XMLParser({ removeNSPrefix: true, ignoreAttributes: true, parseTagValue: false, trimValues: true });

/** An envelope around one operation; only the operation's own element is in the service's namespace. */
export function envelope(namespace: string, operation: string, content: XmlTree): string {
  const tree = {
    '?xml': { '@_version': '1.0', '@_encoding': 'UTF-8' },
    'soapenv:Envelope': {
      '@_xmlns:soapenv': soapNamespace,
      '@_xmlns:ext': namespace,
      'soapenv:Header': '',
      'soapenv:Body': { [`ext:${operation}`]: content },
    },
  };
  return builder.build(tree);
}

/** What came back for an operation: its element, a fault, or something that is neither. */
export type SoapAnswer =
  | { readonly kind: 'answer'; readonly content: XmlNode }
  | { readonly kind: 'fault'; readonly code: string; readonly text: string }
  | { readonly kind: 'broken'; readonly why: string };

/** A parsed element. Readers below ask it for what they expect and get null for everything else. */
export type XmlNode = { readonly [name: string]: unknown };

const isNode = (value: unknown): value is XmlNode => typeof value === 'object' && value !== null && !Array.isArray(value);

/** An element below; null when it is not there. */
export const child = (node: XmlNode | null, name: string): XmlNode | null => {
  const found = node?.[name];
  return isNode(found) ? found : null;
};

/** The text of an element below; null when it is absent or holds elements. */
export const textOf = (node: XmlNode | null, name: string): string | null => {
  const found = node?.[name];
  return typeof found === 'string' ? found : null;
};

/** Reads an envelope whatever its prefixes; elements are told apart by their local names. */
export function readEnvelope(xml: string, wrapper: string): SoapAnswer {
  let tree: unknown;
  try {
    tree = parser.parse(xml, true);
  } catch {
    return { kind: 'broken', why: 'not XML' };
  }
  const body = isNode(tree) ? child(child(tree, 'Envelope'), 'Body') : null;
  if (!body) return { kind: 'broken', why: 'no SOAP envelope' };
  const fault = child(body, 'Fault');
  if (fault) return { kind: 'fault', code: textOf(fault, 'faultcode') ?? '', text: textOf(fault, 'faultstring') ?? '' };
  const content = child(body, wrapper);
  return content ? { kind: 'answer', content } : { kind: 'broken', why: `no ${wrapper}` };
}

/** Posts an envelope. `SOAPAction` is sent empty, as the services here want it. */
export const postSoap = (http: Http, url: string, xml: string, timeoutMs: number): Promise<HttpAnswer> =>
  http.send({ method: 'POST', url, headers: { 'Content-Type': 'text/xml; charset=utf-8', SOAPAction: '""' }, body: xml, timeoutMs });
