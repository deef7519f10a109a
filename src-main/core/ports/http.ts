/** One request to a provider. */
export type HttpRequest = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** How long the whole answer may take, ms. */
  readonly timeoutMs: number;
  /** `base64`: the answer is a picture, its body comes in base64. */
  readonly answerAs?: 'text' | 'base64';
};

/** `sent: false` proves that nothing reached the other side: the name or the connection was refused. */
export type HttpAnswer =
  | { readonly ok: true; readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body: string }
  | { readonly ok: false; readonly reason: 'unreachable' | 'timeout' | 'sandbox-refused' | 'bad-address'; readonly sent: boolean };

/** Requests to providers. Never throws; a live shop gets `sandbox-refused` from a sandbox. */
export interface Http {
  send(request: HttpRequest): Promise<HttpAnswer>;
}
