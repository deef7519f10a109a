import { findNodeAtLocation, parseTree, printParseErrorCode, type Node, type ParseError } from 'jsonc-parser';
import type { z } from 'zod';

/** One thing wrong with a file: where, and what to do about it. */
export type Finding = {
  /** JSON pointer, such as /registers/1/number. */
  readonly place: string;
  readonly line: number;
  readonly column: number;
  readonly what: string;
};

export type Checked<T> = { readonly ok: true; readonly file: T } | { readonly ok: false; readonly findings: readonly Finding[] };

type Path = readonly (string | number)[];

function positionOf(content: string, offset: number): { readonly line: number; readonly column: number } {
  const before = content.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

const pointer = (path: Path): string => path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('') || '/';

/** The nearest node that is in the file: what is missing has no place of its own. */
function nodeOf(root: Node | undefined, path: Path): Node | undefined {
  if (!root) return undefined;
  for (let length = path.length; length >= 0; length -= 1) {
    const node = findNodeAtLocation(root, path.slice(0, length) as (string | number)[]);
    if (node) return node;
  }
  return root;
}

/** A finding before its place in the text is known. */
export type Said = { readonly path: Path; readonly what: string };

/** A value that occurs before in the list, by what makes it the same. */
export function doubled<T>(list: readonly T[], at: string, key: (item: T) => string, what: (item: T, first: number) => string, field: string): Said[] {
  const seen = new Map<string, number>();
  return list.flatMap((item, index) => {
    const value = key(item);
    const first = seen.get(value);
    if (value !== '' && first === undefined) seen.set(value, index);
    return first === undefined ? [] : [{ path: [at, index, field], what: what(item, first) }];
  });
}

/** Checks a JSON file's text against its schema, then against what a schema can't say. Every finding names its place. */
export function checkJson<T>(content: string, schema: z.ZodType<T>, more: (file: T) => readonly Said[]): Checked<T> {
  const errors: ParseError[] = [];
  const root = parseTree(content, errors, { allowTrailingComma: false, disallowComments: true });
  const [broken] = errors;
  if (broken) {
    const what = `The file is not JSON here (${printParseErrorCode(broken.error)}).`;
    return { ok: false, findings: [{ place: '/', ...positionOf(content, broken.offset), what }] };
  }
  const located = ({ path, what }: Said): Finding => ({
    place: pointer(path),
    ...positionOf(content, nodeOf(root, path)?.offset ?? 0),
    what,
  });
  const parsed = schema.safeParse(JSON.parse(content) as unknown);
  if (!parsed.success) {
    return {
      ok: false,
      findings: parsed.error.issues.map((issue) => located({ path: issue.path as Path, what: issue.message })),
    };
  }
  const said = more(parsed.data);
  return said.length === 0 ? { ok: true, file: parsed.data } : { ok: false, findings: said.map(located) };
}
