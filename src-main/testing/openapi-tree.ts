/** A document as it was read. */
export type Tree = { [name: string]: unknown };

const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value);

/** What stands at a place of a document. */
export const inTree = (tree: unknown, names: readonly string[]): unknown => names.reduce<unknown>((within, name) => (typeof within === 'object' && within !== null ? (within as Tree)[name] : undefined), tree);

function referred(reference: string, elsewhere: Readonly<Record<string, string>>): string {
  const [address = '', pointer = ''] = reference.split('#');
  return address === '' ? reference : `${elsewhere[address] ?? address}#${pointer}`;
}

/** OpenAPI 3.0 says `nullable` where JSON Schema says a type more; an enumeration without null forgets it (an oversight of many files). */
function nullable(schema: Tree): Tree {
  if (schema['nullable'] !== true) return schema;
  const { nullable: _nullable, ...rest } = schema;
  if (Array.isArray(rest['enum'])) return { ...rest, type: [rest['type'], 'null'], enum: [...(rest['enum'] as unknown[]), null] };
  return { ...rest, ...(typeof rest['type'] === 'string' ? { type: [rest['type'], 'null'] } : {}) };
}

const closed = (schema: Tree): Tree => (isTree(schema['properties']) && schema['type'] === 'object' && schema['additionalProperties'] === undefined ? { ...schema, additionalProperties: false } : schema);

/** The same document for a JSON Schema validator; `strict` lets an object have only the properties that are named. */
export function prepared(value: unknown, elsewhere: Readonly<Record<string, string>>, mode: 'strict' | 'loose'): Tree {
  const walk = (one: unknown): unknown => {
    if (Array.isArray(one)) return one.map(walk);
    if (!isTree(one)) return one;
    // What stands beside a reference counts for nothing.
    if (typeof one['$ref'] === 'string') return { $ref: referred(one['$ref'], elsewhere) };
    const { example: _example, examples: _examples, 'x-examples': _more, ...rest } = one;
    const inner = Object.fromEntries(Object.entries(rest).map(([name, child]) => [name, walk(child)]));
    // A property may be called `nullable` or `type`: only schemas are changed, and those say what kind they are.
    const schema = mode === 'strict' ? closed(inner) : inner;
    return typeof schema['type'] === 'string' ? nullable(schema) : schema;
  };
  return walk(value) as Tree;
}
