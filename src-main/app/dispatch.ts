import { calls } from '../contract/index.ts';
import type { WindowKind } from '../contract/define.ts';
import { fail, type ErrorCode, type Result } from '../contract/errors.ts';
import type { Log } from '../core/ports/world.ts';
import { storageFailureOf, type StorageFailure } from '../storage/failure.ts';
import type { Handlers, ShopCallName } from './handlers.ts';
import type { Session } from './session.ts';

const isShopCall = (name: string): name is ShopCallName => Object.hasOwn(calls, name) && !name.startsWith('trouble.');

type AnyHandler = (input: unknown) => Result<unknown> | Promise<Result<unknown>>;

function refuseAccess(name: ShopCallName, window: WindowKind, session: Session): Result<never> | null {
  const spec = calls[name];
  if (!spec.windows.includes(window)) return fail('forbidden', { call: name });
  if (spec.access === 'open') return null;
  const state = session.state();
  if (state.staff === null) return fail('not-signed-in');
  return state.locked ? fail('locked') : null;
}

/** The first place where a message differs from its schema, without its values: they may hold a PIN. */
function placeOf(issues: readonly { readonly path: readonly PropertyKey[]; readonly code?: string | undefined }[]): string {
  const [first] = issues;
  return first ? `/${first.path.map(String).join('/')} (${first.code ?? 'invalid'})` : '/';
}

/** What the cashier reads when the disk has failed a call: the transaction was rolled back, so nothing has changed. */
const storageCodes: Readonly<Record<StorageFailure, ErrorCode>> = {
  full: 'storage-full',
  'read-only': 'storage-failed',
  failed: 'storage-failed',
  busy: 'storage-busy',
  damaged: 'trouble',
};

/**
 * Turns messages of windows into calls of services: known name, right window, somebody signed in, input as the schema
 * says. Answers are checked too, so that nothing unforeseen leaves the main side. `damaged` is told when a call met a page
 * that can't be read.
 */
export function createDispatch(handlers: Handlers, session: Session, log: Log, damaged: () => void) {
  return async (window: WindowKind, name: string, input: unknown): Promise<Result<unknown>> => {
    if (!isShopCall(name)) return fail('unknown-call', { call: name.slice(0, 60) });
    const refused = refuseAccess(name, window, session);
    if (refused) return refused;
    const spec = calls[name];
    const parsed = spec.input.safeParse(input);
    if (!parsed.success) return fail('bad-message', { call: name, place: placeOf(parsed.error.issues) });
    try {
      const handler = handlers[name] as AnyHandler;
      const result = await handler(parsed.data);
      return result.ok ? { ok: true, value: spec.output.parse(result.value) } : result;
    } catch (error) {
      log.error('a call failed unexpectedly', { call: name, error: error instanceof Error ? error.stack : String(error) });
      const failure = storageFailureOf(error);
      if (failure === 'damaged') damaged();
      return failure ? fail(storageCodes[failure]) : fail('internal', { call: name });
    }
  };
}
