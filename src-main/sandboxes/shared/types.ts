/** One movement of money as the provider counts it. `reference` is the provider's own; a refund names in `of` what it refunds. */
export type LedgerEntry = {
  readonly provider: string;
  readonly reference: string;
  readonly kind: 'captured' | 'refunded';
  readonly amountMinor: number;
  readonly currency: string;
  readonly at: string;
  readonly of?: string;
};

/** `query` is what stands behind the question mark of the path, without it. */
export type WireRequest = { readonly method: string; readonly path: string; readonly query?: string | undefined; readonly headers: Readonly<Record<string, string>>; readonly body: string };
/** `bytes` is sent in place of the body where the answer is no text. */
export type WireAnswer = { readonly status: number; readonly type: string; readonly body: string; readonly headers?: Readonly<Record<string, string>> | undefined; readonly bytes?: Uint8Array | undefined };

/** What a customer does outside the wire. `ref` is whatever names the payment to a customer. */
export type CustomerAction = { readonly action: string; readonly ref?: string | undefined; readonly [name: string]: unknown };
export type CustomerAnswer = { readonly ok: true; readonly [name: string]: unknown } | { readonly ok: false; readonly error: string };

/** One provider behind the server: its state is one plain object, so that it can be kept in a file. */
export type SandboxModel<State extends object> = {
  /** A new world, with made-up credentials or with those and the options of the one before. */
  fresh(before?: State): State;
  /** Sets credentials and options (`--seed-file`, `POST /options`); answers the sentence that says what is wrong with the input. */
  configure(state: State, input: unknown): string | null;
  /** Name of the operation that a request asks for, for faults and the list of requests. */
  operationOf(request: WireRequest): string;
  /** `delivered` false: the answer will never reach the one who asked, and counts as seen by nobody. */
  handle(state: State, request: WireRequest, nowMs: number, delivered: boolean): WireAnswer;
  /** Things that happen by the clock alone. */
  tick(state: State, nowMs: number): void;
  customer(state: State, action: CustomerAction, nowMs: number): CustomerAnswer;
  /** `GET /state`: with `credentials` and `ledger`. */
  view(state: State, nowMs: number): object;
  /** Pages of the customer's phone, by the path below `/phone`; null is not found. */
  page(state: State, path: string): Promise<{ readonly type: string; readonly body: string } | null>;
  /** What `POST /faults` may say that only this provider has: the answer to give instead. */
  special?(state: State, fault: { readonly kind: string; readonly value?: unknown }, request: WireRequest, nowMs: number): WireAnswer | null;
  /** What a broken answer of this provider looks like; half an XML message where it does not say. */
  readonly garbled?: WireAnswer;
  /** Path of the provider's own service, and what is shown as base URL. */
  readonly basePath: string;
};
