/** A misbehaviour that is asked for: of one operation or of the next request whatever it is, so many times. */
export type Fault = { readonly match: string | null; times: number; readonly kind: string; readonly value: unknown };

const kinds = new Set(['delay', 'drop-request', 'drop-answer', 'status', 'garbage', 'duplicate', 'reorder', 'restart']);

/** Reads a fault as `POST /faults` gets it; the sentence says what is wrong with it. */
export function readFault(input: unknown, special: readonly string[]): Fault | string {
  if (typeof input !== 'object' || input === null) return 'a fault is an object: {match?, times?, kind, value?}';
  const { match, times, kind, value } = input as { readonly [name: string]: unknown };
  if (typeof kind !== 'string' || !(kinds.has(kind) || special.includes(kind))) return `kind is one of ${[...kinds, ...special].join(', ')}`;
  if (match !== undefined && typeof match !== 'string') return 'match is the name of an operation';
  if (times !== undefined && !(Number.isSafeInteger(times) && Number(times) > 0)) return 'times is a whole number above 0';
  return { match: match ?? null, times: times === undefined ? 1 : Number(times), kind, value };
}

/** Takes the first fault that fits; it is used up when its times are over. */
export function takeFault(faults: Fault[], operation: string): Fault | null {
  const found = faults.find((fault) => fault.match === null || fault.match === operation);
  if (!found) return null;
  found.times -= 1;
  if (found.times <= 0) faults.splice(faults.indexOf(found), 1);
  return found;
}

/** The status that a fault asks for: a number, or `{status, retryAfter}` with the seconds after which to come again. */
export function wantedStatus(value: unknown): { readonly status: number; readonly headers?: Readonly<Record<string, string>> } {
  if (typeof value !== 'object' || value === null) return { status: Number(value) || 503 };
  const { status, retryAfter } = value as { readonly status?: unknown; readonly retryAfter?: unknown };
  return { status: Number(status) || 503, ...(retryAfter === undefined ? {} : { headers: { 'Retry-After': String(retryAfter) } }) };
}
