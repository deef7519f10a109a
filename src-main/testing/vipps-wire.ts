import type { Sandbox } from '../sandboxes/shared/server.ts';
import { startVippsSandbox } from '../sandboxes/vipps/index.ts';
import type { Answered, Sent } from './openapi.ts';
import { openVippsSpecifications } from './vipps-specifications.ts';

/* The Vipps sandbox by raw requests, as a client that nobody of this project wrote would send them. */
export type Keys = { readonly clientId: string; readonly clientSecret: string; readonly subscriptionKey: string };
export type Credentials = Keys & { readonly merchantSerialNumber: string; readonly partner: Keys & { readonly units: readonly string[] }; readonly units: readonly (Keys & { readonly merchantSerialNumber: string })[] };

/** What went there and back in all worlds of a file of tests. */
const exchanges: { readonly request: Sent; readonly response: Answered }[] = [];

/** Where the sandbox and the published files disagree: on an answer, or on a request that the sandbox has taken. */
export function disagreements(): readonly string[] {
  const files = openVippsSpecifications();
  return exchanges.flatMap(({ request, response }) => [...(response.status < 400 ? files.checkRequest(request) : []), ...files.checkAnswer(request, response)]);
}

export type Json = { readonly [name: string]: unknown };
export type Answer = { readonly status: number; readonly body: Json & readonly Json[]; readonly text: string; readonly headers: Headers; /** The number of an error, whichever way the interface tells it. */ readonly code: string };
type More = { readonly headers?: Readonly<Record<string, string | undefined>>; readonly keys?: Keys; readonly msn?: string };

export const systemHeaders = { 'Vipps-System-Name': 'kassa', 'Vipps-System-Version': '1.0.0', 'Vipps-System-Plugin-Name': 'kassa-pos', 'Vipps-System-Plugin-Version': '1.0.0' } as const;

function codeIn(text: string): string {
  const body = (text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : {}) as { readonly extraDetails?: readonly { readonly name: string; readonly reason: string }[] } & readonly { readonly errorCode?: string }[];
  return body.extraDetails?.find((one) => one.name === 'ErrorCode')?.reason ?? (Array.isArray(body) ? ((body as readonly { readonly errorCode?: string }[])[0]?.errorCode ?? '') : '');
}

export class VippsWire {
  readonly sandbox: Sandbox;
  readonly credentials: Credentials;
  readonly #tokens = new Map<string, string>();
  #counter = 0;

  constructor(sandbox: Sandbox, credentials: Credentials) {
    this.sandbox = sandbox;
    this.credentials = credentials;
  }

  static async open(seed?: object, stateFile?: string): Promise<VippsWire> {
    const sandbox = await startVippsSandbox({ seed, stateFile });
    const { credentials } = (await (await fetch(`${sandbox.control}/state`)).json()) as { readonly credentials: Credentials };
    return new VippsWire(sandbox, credentials);
  }

  async raw(method: string, path: string, headers: Readonly<Record<string, string>>, body = ''): Promise<Answer> {
    const answer = await fetch(`${this.sandbox.baseUrl}${path}`, { method, headers, ...(body === '' ? {} : { body }) });
    const text = await answer.text();
    const lower = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
    exchanges.push({ request: { method, path, headers: lower, body }, response: { status: answer.status, body: text } });
    const isJson = /json/.test(answer.headers.get('content-type') ?? '') && text !== '';
    return { status: answer.status, body: (isJson ? JSON.parse(text) : {}) as Answer['body'], text, headers: answer.headers, code: isJson ? codeIn(text) : '' };
  }

  /** A new token each time it is asked for. */
  async newToken(keys: Keys = this.credentials): Promise<string> {
    const answer = await this.raw('POST', '/accesstoken/get', { client_id: keys.clientId, client_secret: keys.clientSecret, 'Ocp-Apim-Subscription-Key': keys.subscriptionKey, ...systemHeaders });
    return String(answer.body['access_token']);
  }

  /** One call with everything it needs; a header that is undefined is left out. */
  async call(method: string, path: string, body?: unknown, { headers = {}, keys = this.credentials, msn = this.credentials.merchantSerialNumber }: More = {}): Promise<Answer> {
    const token = this.#tokens.get(keys.clientId) ?? (await this.newToken(keys));
    this.#tokens.set(keys.clientId, token);
    const all: Readonly<Record<string, string | undefined>> = {
      Authorization: `Bearer ${token}`,
      'Ocp-Apim-Subscription-Key': keys.subscriptionKey,
      'Merchant-Serial-Number': msn,
      ...systemHeaders,
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...headers,
    };
    const sent = Object.fromEntries(Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined));
    return this.raw(method, path, sent, body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body));
  }

  nextKey(): string {
    this.#counter += 1;
    return `key-${this.#counter}`;
  }

  /** A call of ePayment that changes something, under a key of its own unless one is given. */
  post(path: string, body: unknown, { key = this.nextKey(), ...more }: More & { readonly key?: string } = {}): Promise<Answer> {
    return this.call('POST', `/epayment/v1/payments${path}`, body, { ...more, headers: { 'Idempotency-Key': key, ...more.headers } });
  }

  get(reference: string, more: More = {}): Promise<Answer> {
    return this.call('GET', `/epayment/v1/payments/${reference}`, undefined, more);
  }

  async control(path: string, body: object): Promise<number> {
    return (await fetch(`${this.sandbox.control}${path}`, { method: 'POST', body: JSON.stringify(body) })).status;
  }

  /** Who holds the phone; the answer says what it shows, or why not. */
  async phone(action: string, ref: string, more: object = {}): Promise<Json> {
    return (await (await fetch(`${this.sandbox.control}/customer`, { method: 'POST', body: JSON.stringify({ action, ref, ...more }) })).json()) as Json;
  }

  advance(ms: number): Promise<number> {
    return this.control('/clock', { advanceMs: ms });
  }

  async state<View = Json>(): Promise<View> {
    return (await (await fetch(`${this.sandbox.control}/state`)).json()) as View;
  }

  /** What was taken and given back, each under the shop's own name of the payment. */
  async ledger(): Promise<readonly (readonly [string, string, number])[]> {
    type Entry = { readonly reference: string; readonly kind: string; readonly amountMinor: number; readonly of?: string };
    const { ledger } = await this.state<{ readonly ledger: readonly Entry[] }>();
    return ledger.map(({ reference, kind, amountMinor, of = reference }) => [of, kind, amountMinor]);
  }
}
