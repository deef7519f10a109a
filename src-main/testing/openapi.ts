import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import { parse } from 'yaml';
import { inTree, prepared, type Tree } from './openapi-tree.ts';

/*
 * Requests and answers against published OpenAPI 3.0 files. Findings are sentences; none is as good as it gets. What a file has
 * wrong is named by whoever opens it, each error with its reason: nothing is passed over in silence.
 */
export type Sent = { readonly method: string; /** With or without its query. */ readonly path: string; readonly query?: string | undefined; /** Names in small letters. */ readonly headers: Readonly<Record<string, string>>; readonly body: string };
export type Answered = { readonly status: number; readonly body: string };
export type Exchange = { readonly request: Sent; readonly response?: Answered | null | undefined };

/** An error of a specification: where it is, why it is one, and what is read in its place. */
export type KnownError = {
  readonly where: string;
  readonly why: string;
  /** Changes the document before it is used. */
  readonly correct?: (document: Tree) => void;
  /** Passes over a finding that comes of it. */
  readonly excuses?: (exchange: Exchange, finding: string) => boolean;
};

/** Of what a sandbox tells under `GET /requests`: all that was answered as it wanted to, and not as somebody told it to. */
export const exchangesOf = (told: readonly (Sent & { readonly fault: string | null; readonly answer: Answered | null })[]): readonly Exchange[] =>
  told.filter(({ fault }) => fault === null).map(({ method, path, query, headers, body, answer }) => ({ request: { method, path, query, headers, body }, response: answer }));

export type Specification = {
  readonly name: string;
  /** Below the folder. */
  readonly file: string;
  /** What stands before its paths; else what its first server has. */
  readonly base?: string;
  /** Addresses of other files that it refers to, and which of the files here is meant. */
  readonly elsewhere?: Readonly<Record<string, string>>;
  readonly known?: readonly KnownError[];
};

export type Rules = {
  readonly specifications: readonly Specification[];
  /** Known of more than one specification. */
  readonly known?: readonly KnownError[];
  /** Paths that no published file describes, each with its reason. */
  readonly undescribed?: readonly { readonly path: RegExp; readonly why: string }[];
};

type Parameter = { readonly name: string; readonly in: string; readonly required?: boolean; readonly schema?: object };
type Found = { readonly specification: Specification; readonly at: string; readonly pointer: string; readonly operation: Tree; readonly shared: Tree; readonly parameters: Readonly<Record<string, string>>; readonly holes: number };

const pointerOf = (...names: readonly string[]): string => names.map((name) => `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
/** What a document is called among the others, and a place in it, as an address. */
const addressOf = (name: string): string => `kassa://${encodeURIComponent(name)}`;
const placeOf = (name: string, pointer: string): string => `${addressOf(name)}#${pointer.split('/').map(encodeURIComponent).join('/')}`;
const said = (errors: readonly ErrorObject[] | null | undefined): readonly string[] => (errors ?? []).map(({ instancePath, message, params }) => `${instancePath || 'the whole'} ${message ?? 'is wrong'}${'additionalProperty' in params ? `: ${String(params['additionalProperty'])}` : ''}`);

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const formats = {
  uri: (text: string): boolean => URL.canParse(text),
  'date-time': /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/,
  uuid: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
};

export class OpenApi {
  readonly #rules: Rules;
  readonly #documents = new Map<string, Tree>();
  /** Requests are read strictly: a field that no schema names is most likely misspelt. Answers may have more than was promised. */
  readonly #ajv: Readonly<Record<'strict' | 'loose', Ajv>>;
  readonly #compiled = new Map<string, ValidateFunction>();

  constructor(folder: string, rules: Rules) {
    this.#rules = rules;
    const make = (): Ajv => new Ajv({ strict: false, allErrors: true, unicodeRegExp: false, validateSchema: false, logger: false, formats });
    this.#ajv = { strict: make(), loose: make() };
    const elsewhere = Object.fromEntries(rules.specifications.flatMap((one) => Object.entries(one.elsewhere ?? {}).map(([address, name]) => [address, addressOf(name)])));
    for (const specification of rules.specifications) {
      const document = parse(readFileSync(join(folder, specification.file), 'utf8')) as Tree;
      for (const { correct } of specification.known ?? []) correct?.(document);
      this.#documents.set(specification.name, document);
      for (const mode of ['strict', 'loose'] as const) this.#ajv[mode].addSchema(prepared(document, elsewhere, mode), addressOf(specification.name));
    }
  }

  /** All errors that are known and passed over, as sentences. */
  known(): readonly string[] {
    const all = [...this.#rules.specifications.flatMap(({ name, known = [] }) => known.map((one) => ({ name, ...one }))), ...(this.#rules.known ?? []).map((one) => ({ name: 'all', ...one }))];
    return [...all.map(({ name, where, why }) => `${name}, ${where}: ${why}`), ...(this.#rules.undescribed ?? []).map(({ path, why }) => `${path.source}: ${why}`)];
  }

  /** What is wrong with a request and with its answer, where there is one, as sentences. */
  check({ request, response }: Exchange): readonly string[] {
    return [...this.checkRequest(request), ...(response ? this.checkAnswer(request, response) : [])];
  }

  checkRequest(request: Sent): readonly string[] {
    return this.#checked({ request }, (found) => this.#request(found, request)) ?? [`${request.method} ${request.path} is in no specification`];
  }

  /** An answer to a request that no specification knows is nobody's concern: the request is the finding. */
  checkAnswer(request: Sent, response: Answered): readonly string[] {
    return this.#checked({ request, response }, (found) => this.#response(found, response)) ?? [];
  }

  #checked(exchange: Exchange, look: (found: Found) => readonly string[]): readonly string[] | null {
    const { method, path } = exchange.request;
    const pathname = path.split('?')[0] ?? '';
    if (this.#rules.undescribed?.some((one) => one.path.test(pathname))) return [];
    const found = this.#find(method, pathname);
    if (!found) return null;
    const known = [...(found.specification.known ?? []), ...(this.#rules.known ?? [])];
    return look(found).filter((finding) => !known.some(({ excuses }) => excuses?.(exchange, finding))).map((finding) => `${method} ${pathname}: ${finding}`);
  }

  /** The operation with the fewest holes in its path. */
  #find(method: string, pathname: string): Found | null {
    const all: Found[] = [];
    for (const specification of this.#rules.specifications) {
      const document = this.#documents.get(specification.name) ?? {};
      const base = specification.base ?? new URL(String(inTree(document, ['servers', '0', 'url']) ?? 'https://none')).pathname.replace(/\/$/, '');
      for (const [template, item] of Object.entries((document['paths'] ?? {}) as Tree)) {
        const operation = (item as Tree)[method.toLowerCase()] as Tree | undefined;
        if (!operation) continue;
        const names = [...template.matchAll(/\{(\w+)\}/g)].map(([, one = '']) => one);
        // Some documents write a slash at the end, some leave it out; one spells its path in two ways.
        const match = new RegExp(`^${base}${template.replace(/\/$/, '').replaceAll(/\{\w+\}/g, '([^/]+)')}/?$`, 'i').exec(pathname);
        if (!match) continue;
        const parameters = Object.fromEntries(names.map((one, index) => [one, decoded(match[index + 1] ?? '')]));
        all.push({ specification, at: template, pointer: pointerOf('paths', template, method.toLowerCase()), operation, shared: item as Tree, parameters, holes: names.length });
      }
    }
    return all.toSorted((one, other) => one.holes - other.holes)[0] ?? null;
  }

  #validator(mode: 'strict' | 'loose', specification: Specification, pointer: string): ValidateFunction {
    const id = `${mode} ${specification.name}#${pointer}`;
    const before = this.#compiled.get(id);
    if (before) return before;
    const made = this.#ajv[mode].compile({ $ref: placeOf(specification.name, pointer) });
    this.#compiled.set(id, made);
    return made;
  }

  /** Follows a reference within its document; where it ends, and what is there. */
  #resolved(specification: Specification, pointer: string): { readonly pointer: string; readonly value: Tree } {
    const document = this.#documents.get(specification.name) ?? {};
    const value = (inTree(document, pointer.split('/').slice(1).map((one) => one.replaceAll('~1', '/').replaceAll('~0', '~'))) ?? {}) as Tree;
    const reference = value['$ref'];
    return typeof reference === 'string' && reference.startsWith('#') ? this.#resolved(specification, reference.slice(1)) : { pointer, value };
  }

  #parameters({ specification, pointer, operation, shared, at }: Found): readonly { readonly pointer: string; readonly value: Parameter }[] {
    const own = ((operation['parameters'] ?? []) as readonly unknown[]).map((_one, index) => `${pointer}/parameters/${index}`);
    const common = ((shared['parameters'] ?? []) as readonly unknown[]).map((_one, index) => `${pointerOf('paths', at)}/parameters/${index}`);
    return [...own, ...common].map((one) => this.#resolved(specification, one) as unknown as { readonly pointer: string; readonly value: Parameter });
  }

  #request(found: Found, { path, query = path.split('?')[1] ?? '', headers, body }: Sent): readonly string[] {
    const { specification, operation } = found;
    const parameters = this.#parameters(found);
    const asked = new URLSearchParams(query);
    const findings: string[] = [];
    for (const { pointer, value } of parameters) {
      const given = value.in === 'header' ? headers[value.name.toLowerCase()] : value.in === 'path' ? found.parameters[value.name] : (asked.get(value.name) ?? undefined);
      if (given === undefined) {
        if (value.required) findings.push(`the ${value.in} ${value.name} is missing`);
        continue;
      }
      const kind = (value.schema as { readonly type?: unknown } | undefined)?.type;
      const check = value.schema ? this.#validator('strict', specification, `${pointer}/schema`) : null;
      if (check && !check(kind === 'integer' ? Number(given) : given)) findings.push(...said(check.errors).map((one) => `the ${value.in} ${value.name}: ${one}`));
    }
    for (const name of asked.keys()) {
      if (!parameters.some(({ value }) => value.in === 'query' && value.name === name)) findings.push(`the query ${name} is described nowhere`);
    }
    const secured = operation['security'] ?? this.#documents.get(specification.name)?.['security'];
    if (secured !== undefined && !headers['authorization']) findings.push('the header Authorization is missing');
    return [...findings, ...this.#body(found, body, headers['content-type'] ?? '')];
  }

  #body({ specification, pointer, operation }: Found, body: string, type: string): readonly string[] {
    if (operation['requestBody'] === undefined) return body === '' ? [] : ['it has a body, and none is described'];
    const { pointer: at, value } = this.#resolved(specification, `${pointer}/requestBody`);
    if (body === '') return value['required'] === true ? ['its body is missing'] : [];
    if (!/^application\/json/i.test(type)) return [`its Content-Type is ${type || 'missing'}`];
    return this.#json('strict', specification, at, value, body).map((one) => `the request, ${one}`);
  }

  #response({ specification, pointer, operation }: Found, { status, body }: Answered): readonly string[] {
    const responses = operation['responses'] as Tree;
    const key = String(status) in responses ? String(status) : 'default' in responses ? 'default' : null;
    if (key === null) return [`it is answered with ${status}, which is described nowhere`];
    const { pointer: at, value } = this.#resolved(specification, pointer + pointerOf('responses', key));
    if (value['content'] === undefined) return [];
    if (body === '') return [`the answer ${status} is empty`];
    return this.#json('loose', specification, at, value, body).map((one) => `the answer ${status}, ${one}`);
  }

  /** One description has one kind of content; under which name it stands is not looked at. */
  #json(mode: 'strict' | 'loose', specification: Specification, pointer: string, { content }: Tree, body: string): readonly string[] {
    const [kind] = Object.keys((content ?? {}) as Tree);
    if (kind === undefined) return [];
    let value: unknown;
    try {
      value = JSON.parse(body);
    } catch {
      return ['it is not JSON'];
    }
    const check = this.#validator(mode, specification, pointer + pointerOf('content', kind, 'schema'));
    return check(value) ? [] : said(check.errors);
  }
}
