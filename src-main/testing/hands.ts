type Ledger = readonly { readonly kind: string; readonly reference: string; readonly amountMinor: number; readonly of?: string }[];

type Requests = readonly { readonly operation: string; readonly headers: object; readonly body: string }[];

/** The sandbox's control surface (docs/commands.md), the same for every provider. */
export type Hands = {
  /** What the customer does. */
  phone(action: string): Promise<Response>;
  fault(kind: string, match: string, more?: object): Promise<Response>;
  noFaults(): Promise<Response>;
  ledger(): Promise<Ledger>;
  /** Every secret that the provider was sent so far. */
  secrets(pattern: RegExp): Promise<readonly string[]>;
  /** The sandbox's own view of its world. */
  state<T>(): Promise<T>;
  /** How often an operation was asked for. */
  asked(operation: string): Promise<number>;
};

/** `control` is asked for each time: a till that was opened again has another address. */
export function handsOf(control: () => string, ref: string): Hands {
  const post = (path: string, body: object): Promise<Response> => fetch(`${control()}${path}`, { method: 'POST', body: JSON.stringify(body) });
  const get = async <T>(path: string): Promise<T> => (await (await fetch(`${control()}${path}`)).json()) as T;
  return {
    phone: (action) => post('/customer', { action, ref }),
    fault: (kind, match, more = {}) => post('/faults', { kind, match, ...more }),
    noFaults: () => fetch(`${control()}/faults`, { method: 'DELETE' }),
    state: () => get('/state'),
    ledger: async () => (await get<{ readonly ledger: Ledger }>('/state')).ledger,
    async secrets(pattern) {
      const sent = (await get<Requests>('/requests')).flatMap(({ headers, body }) => [...`${JSON.stringify(headers)} ${body}`.matchAll(pattern)].map((match) => match[1] ?? ''));
      return [...new Set(sent)].filter((secret) => secret !== '');
    },
    asked: async (operation) => (await get<Requests>('/requests')).filter((one) => one.operation === operation).length,
  };
}
