import { existsSync } from 'node:fs';
import type { WindowKind } from '../contract/define.ts';
import type { CallOutput, ParsedInput } from '../contract/index.ts';
import { fail, ok, type Result } from '../contract/errors.ts';
import { troubleCalls, type TroubleKind, type TroubleView } from '../contract/trouble.ts';
import type { Clock } from '../core/ports/world.ts';
import { DamagedDatabaseError, storageFailureOf, type StorageFailure } from '../storage/failure.ts';
import { NewerDatabaseError } from '../storage/migrate.ts';
import { hasBackups } from './backups/folder.ts';
import { JobError, runJob } from './backups/jobs.ts';
import type { AppOptions } from './options.ts';
import { startErrorOf } from './start-error.ts';

/** Why the shop can't be opened, for windows, and in a sentence for a terminal. */
export type Trouble = { readonly kind: TroubleKind; readonly missing: boolean; readonly sentence: string };

const kinds: Readonly<Record<StorageFailure, TroubleKind | null>> = {
  damaged: 'damaged',
  full: 'disk-full',
  'read-only': 'read-only',
  failed: 'read-only',
  // Somebody else has the file: that passes, and is no trouble of this shop's.
  busy: null,
};

/** What people can mend of an error at the start; null for everything else, which ends the program. */
export function troubleOf(error: unknown, dataDir: string): Trouble | null {
  const failure = storageFailureOf(error);
  const kind = error instanceof NewerDatabaseError ? 'newer' : failure && kinds[failure];
  if (!kind) return null;
  return { kind, missing: error instanceof DamagedDatabaseError && error.missing, sentence: startErrorOf(error, dataDir).message };
}

/** A shop that has backups and no database has lost it: beginning an empty one would hide that. */
export function refuseLost(file: string, dataDir: string): void {
  if (!existsSync(file) && hasBackups(dataDir)) throw new DamagedDatabaseError(`${file} is gone, and there are backups of it`, true);
}

/** What the trouble's calls need of the till. */
export type TroubledTill = {
  readonly options: AppOptions;
  readonly file: string;
  readonly clock: () => Clock | null;
  readonly current: () => Trouble | null;
  /** Opens the shop again; what still keeps it from opening is the trouble afterwards. */
  readonly reopen: () => Promise<void>;
  /** Waits until a shop whose database was found damaged is closed. */
  readonly ended: () => Promise<void>;
};

type Name = keyof typeof troubleCalls;
type Handlers = { readonly [N in Name]: (input: ParsedInput<N>) => Result<CallOutput<N>> | Promise<Result<CallOutput<N>>> };

function restoreFailure(error: unknown): Result<never> {
  if (error instanceof JobError && error.failure.problem) return fail('backup-unusable', { problem: error.failure.problem });
  switch (storageFailureOf(error)) {
    case 'full':
      return fail('storage-full');
    case 'busy':
      return fail('storage-busy');
    default:
      return fail('storage-failed');
  }
}

function handlersOf(till: TroubledTill): Handlers {
  const { options, file } = till;
  const common = { dataDir: options.dataDir, nativeBinding: options.nativeBinding };
  let busy = false;

  const view = (): TroubleView | null => {
    const trouble = till.current();
    return trouble && { kind: trouble.kind, missing: trouble.missing, folder: options.dataDir, language: options.language ?? null };
  };

  /** One at a time: a second tap on a button waits for nothing and does nothing. */
  async function alone<T>(work: () => Promise<Result<T>>): Promise<Result<T>> {
    if (busy) return fail('storage-busy');
    busy = true;
    try {
      await till.ended();
      return await work();
    } finally {
      busy = false;
    }
  }

  return {
    'trouble.current': () => ok(view()),
    'trouble.retry': () =>
      alone(async () => {
        if (till.current()) await till.reopen();
        return ok(view());
      }),
    'trouble.backups': async () => {
      if (till.current()?.kind !== 'damaged') return ok([]);
      return ok([...(await runJob({ ...common, kind: 'list' }).result)]);
    },
    'trouble.restore': ({ name }) =>
      alone(async () => {
        if (till.current()?.kind !== 'damaged') return fail('stopping');
        try {
          const { putAside, credentials } = await runJob({ ...common, kind: 'restore', file, name, nowMs: till.clock()?.nowMs() ?? 0 }).result;
          await till.reopen();
          return ok({ putAside, credentials });
        } catch (error) {
          return restoreFailure(error);
        }
      }),
  };
}

/** Answers the trouble's calls as dispatch answers a shop's: right window, input and output as their schemas say. Null for other calls. */
export function createTroubleDispatch(till: TroubledTill) {
  const handlers = handlersOf(till);
  const isTroubleCall = (name: string): name is Name => Object.hasOwn(troubleCalls, name);
  return (window: WindowKind, name: string, input: unknown): Promise<Result<unknown>> | null => {
    if (!isTroubleCall(name)) return null;
    const spec = troubleCalls[name];
    if (!spec.windows.includes(window)) return Promise.resolve(fail('forbidden', { call: name }));
    const parsed = spec.input.safeParse(input);
    if (!parsed.success) return Promise.resolve(fail('bad-message', { call: name, place: '/' }));
    const handler = handlers[name] as (given: unknown) => Result<unknown> | Promise<Result<unknown>>;
    return Promise.resolve(handler(parsed.data)).then((result) => (result.ok ? ok(spec.output.parse(result.value)) : result));
  };
}
