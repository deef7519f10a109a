import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp, type App, type AppOptions } from '../app/index.ts';
import type { CallInput, CallName, CallOutput, EventName, EventPayload } from '../contract/index.ts';
import type { Result } from '../contract/errors.ts';
import type { SaleView } from '../contract/sale.ts';

/** A real till over a folder of its own, driven as a cashier's window drives it. */
export type TestTill = {
  readonly dataDir: string;
  readonly app: App;
  /** A call that may fail. */
  try<N extends CallName>(name: N, input: CallInput<N>): Promise<Result<CallOutput<N>>>;
  /** A call that must succeed. */
  call<N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>>;
  sale(): Promise<SaleView>;
  /** Signs in by name with the demo's PIN. */
  signIn(name: keyof typeof demoPins): Promise<void>;
  /** Every event of a name that the cashier's window was sent so far. */
  seen<N extends EventName>(name: N): readonly EventPayload<N>[];
  /** All that has left the till so far: answers and events for the window, and every file of its folder but the sandboxes' own. */
  everythingSaid(): Readonly<Record<string, string>>;
  /** Closes the till and opens it again over the same data. */
  restart(): Promise<void>;
  close(): Promise<void>;
};

const demoPins = { 'Aino Lehtinen': '1111', 'Mikael Berg': '2222', 'Sofie Dahl': '3333' } as const;

/** A till of either kind: in this process, or in one of its own that may be killed. */
export type AnyTill = { call<N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>> };

/** Signs somebody of the demo shop in, at a till of either kind. */
export async function signInAs(till: AnyTill, name: keyof typeof demoPins): Promise<void> {
  const people = await till.call('staff.list', {});
  const person = people.find((one) => one.name === name);
  if (!person) throw new Error(`nobody called ${name}`);
  await till.call('session.sign-in', { staffId: person.id, pin: demoPins[name] });
}

const noPdf = { render: () => Promise.resolve(null) };

/** Opens a till; without `dataDir` in a new folder that `close` removes. */
export async function openTill(options: Partial<AppOptions> = {}): Promise<TestTill> {
  const own = options.dataDir === undefined;
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'kassa-till-'));
  const open = () =>
    createApp({ host: 'browser', version: '0.0.0', firstShop: 'demo', pdf: noPdf, ...options, dataDir });
  const seen: { readonly name: string; readonly payload: unknown }[] = [];
  const listen = (one: App) => one.subscribe('cashier', (name, payload) => seen.push({ name, payload }));
  let app = await open();
  listen(app);

  const answers: unknown[] = [];
  const attempt = async <N extends CallName>(name: N, input: CallInput<N>): Promise<Result<CallOutput<N>>> => {
    const answer = await app.call('cashier', name, input);
    answers.push(answer);
    return answer as Result<CallOutput<N>>;
  };

  const till: TestTill = {
    dataDir,
    get app() {
      return app;
    },
    try: attempt,
    async call(name, input) {
      const result = await attempt(name, input);
      if (!result.ok) throw new Error(`${name}: ${result.error.code} ${JSON.stringify(result.error.detail)}`);
      return result.value;
    },
    sale: () => till.call('sale.current', {}),
    signIn: (name) => signInAs(till, name),
    seen: <N extends EventName>(name: N) =>
      seen.filter((one) => one.name === name).map((one) => one.payload as EventPayload<N>),
    everythingSaid() {
      const files = readdirSync(dataDir, { recursive: true, encoding: 'utf8' }).filter((file) => !file.includes('sandbox-') && statSync(join(dataDir, file)).isFile());
      return {
        answers: JSON.stringify(answers),
        events: JSON.stringify(seen),
        ...Object.fromEntries(files.map((file) => [file, readFileSync(join(dataDir, file), 'latin1')])),
      };
    },
    async restart() {
      await app.close();
      app = await open();
      listen(app);
    },
    async close() {
      await app.close();
      if (own) rmSync(dataDir, { recursive: true, force: true });
    },
  };
  return till;
}
