/** A value of an attribute with its kind (RFC 8010, 3.5.2). */
type Value = { readonly tag: number; readonly bytes: Buffer };

const tags = { operation: 0x01, end: 0x03, integer: 0x21, name: 0x42, keyword: 0x44, uri: 0x45, charset: 0x47, language: 0x48, format: 0x49 } as const;

/** An attribute to send: one kind, one or more values. */
export type Attribute = { readonly kind: Exclude<keyof typeof tags, 'operation' | 'end'>; readonly name: string; readonly values: readonly (string | number)[] };

export const attribute = (kind: Attribute['kind'], name: string, ...values: (string | number)[]): Attribute => ({ kind, name, values });

/** Names of the operations that a till asks for (RFC 8011; the last one is CUPS's own). */
export const operations = { 'Print-Job': 0x0002, 'Cancel-Job': 0x0008, 'Get-Job-Attributes': 0x0009, 'Get-Jobs': 0x000a, 'Get-Printer-Attributes': 0x000b, 'CUPS-Get-Printers': 0x4002 } as const;

function u16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(value);
  return bytes;
}

function encodedValue(value: string | number): Buffer {
  if (typeof value === 'string') return Buffer.from(value, 'utf8');
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}

/** Further values of an attribute have no name. */
const encoded = ({ kind, name, values }: Attribute): Buffer =>
  Buffer.concat(
    values.flatMap((value, index) => {
      const [nameBytes, valueBytes] = [Buffer.from(index === 0 ? name : ''), encodedValue(value)];
      return [Buffer.from([tags[kind]]), u16(nameBytes.length), nameBytes, u16(valueBytes.length), valueBytes];
    }),
  );

/** A request of IPP 1.1; what is printed follows it. */
export function ippRequest(operation: keyof typeof operations, attributes: readonly Attribute[], data: Uint8Array = new Uint8Array()): Buffer {
  const all = [attribute('charset', 'attributes-charset', 'utf-8'), attribute('language', 'attributes-natural-language', 'en'), ...attributes];
  return Buffer.concat([Buffer.from([1, 1]), u16(operations[operation]), Buffer.from([0, 0, 0, 1, tags.operation]), ...all.map(encoded), Buffer.from([tags.end]), data]);
}

/** A group of attributes of an answer. */
export type Group = { text(name: string): readonly string[]; number(name: string): number | null };

function groupOf(values: ReadonlyMap<string, readonly Value[]>): Group {
  return {
    text: (name) => (values.get(name) ?? []).filter(({ tag }) => tag >= 0x40).map(({ bytes }) => bytes.toString('utf8')),
    number(name) {
      const value = values.get(name)?.[0];
      return value && value.tag >= 0x21 && value.tag <= 0x23 && value.bytes.length === 4 ? value.bytes.readInt32BE() : null;
    },
  };
}

/** An answer: whether it went well, and groups other than the first, which tells only of the answer. Throws at bytes that are no answer. */
export function ippAnswer(bytes: Buffer): { readonly ok: boolean; readonly groups: readonly Group[] } {
  const status = bytes.readUInt16BE(2);
  const groups: { readonly tag: number; readonly values: Map<string, Value[]> }[] = [];
  let at = 8;
  let name = '';
  const part = (): Buffer => {
    const length = bytes.readUInt16BE(at);
    const from = at + 2;
    at = from + length;
    if (at > bytes.length) throw new Error('ipp: an answer that ends in the middle');
    return bytes.subarray(from, at);
  };
  for (;;) {
    const tag = bytes.readUInt8(at);
    at += 1;
    if (tag === tags.end) break;
    if (tag < 0x10) {
      groups.push({ tag, values: new Map() });
      continue;
    }
    name = part().toString('utf8') || name;
    const value = { tag, bytes: part() };
    const values = groups.at(-1)?.values;
    values?.set(name, [...(values.get(name) ?? []), value]);
  }
  return { ok: status < 0x0100, groups: groups.filter(({ tag }) => tag !== tags.operation).map(({ values }) => groupOf(values)) };
}
