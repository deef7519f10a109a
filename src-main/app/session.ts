import { fail, ok, type Result } from '../contract/errors.ts';
import type { Right } from '../contract/rights.ts';
import type { SessionView, StaffView } from '../contract/staff.ts';
import type { JournalDraft, StaffRecord } from '../core/ports/stores.ts';
import { mayAlone, rightsOf } from '../core/staff/rights.ts';
import { badgeAlone, badgeHash } from './badges.ts';
import { journalEntry, type ShopContext } from './context.ts';
import type { CallsOf, Handlers } from './handlers.ts';

/** Wrong PINs in a row before a person has to wait. */
const triesAllowed = 5;
const waitMs = 30_000;
/** How long a manager's approval waits for the act it was given for. */
const approvalMs = 60_000;

/** Wrong badges count together: whose they were meant to be is not known. */
const anyBadge = 'any-badge';

type Approval = { readonly right: Right; readonly staffId: string; readonly untilMs: number };

/** Who stands at the register, and what that person may do. */
export type Session = {
  state(): SessionView;
  /** The signed-in person's id; calling it with nobody signed in is a bug and throws. */
  staffId(): string;
  /** Whether the act is allowed: by the person's own role, or by an approval, which is spent by this. */
  authorise(right: Right, approval: string | undefined): Result<{ readonly approvedBy: string | null }>;
  readonly handlers: Handlers<CallsOf<'session'>>;
};

export const staffView = (record: StaffRecord): StaffView => ({
  id: record.id,
  name: record.name,
  role: record.role,
  language: record.language,
  active: record.active,
});

/** Counts wrong PINs per person, so that guessing costs time. */
function createTries(nowMs: () => number) {
  const wrong = new Map<string, { readonly count: number; readonly untilMs: number }>();
  return {
    waitSeconds(staffId: string): number {
      const state = wrong.get(staffId);
      return state ? Math.max(0, Math.ceil((state.untilMs - nowMs()) / 1000)) : 0;
    },
    failed(staffId: string): number {
      const count = ((wrong.get(staffId)?.count ?? 0) % triesAllowed) + 1;
      wrong.set(staffId, { count, untilMs: count === triesAllowed ? nowMs() + waitMs : 0 });
      return triesAllowed - count;
    },
    succeeded(staffId: string): void {
      wrong.delete(staffId);
    },
  };
}

/** The session of one open shop. Nobody is signed in at its start. */
export function createSession(context: ShopContext): Session {
  const { stores, crypto, clock, ids, bus } = context;
  const tries = createTries(() => clock.nowMs());
  const approvals = new Map<string, Approval>();
  let current: StaffRecord | null = null;
  let locked = false;

  const state = (): SessionView => ({
    staff: current ? staffView(current) : null,
    locked,
    rights: current ? [...rightsOf(current.role)] : [],
  });

  /** The journal comes first: where it can't be written nothing has changed, here or on the screen. */
  function changed(kind: string, staffId: string, change: () => void, before: readonly JournalDraft[] = [], detail: Readonly<Record<string, unknown>> = {}): SessionView {
    stores.journal.append([...before, journalEntry(context, staffId, kind, detail)]);
    change();
    const view = state();
    bus.publish('session.changed', view);
    return view;
  }

  async function checkPin(staffId: string, pin: string): Promise<Result<StaffRecord>> {
    const record = stores.staff.byId(staffId);
    if (!record?.active) return fail('staff-unknown');
    const seconds = tries.waitSeconds(staffId);
    if (seconds > 0) return fail('too-many-tries', { seconds });
    if (!(await crypto.checkPin(pin, record.pinHash))) {
      const triesLeft = tries.failed(staffId);
      stores.journal.append([journalEntry(context, staffId, 'wrong-pin')]);
      return triesLeft === 0 ? fail('too-many-tries', { seconds: waitMs / 1000 }) : fail('wrong-pin', { triesLeft });
    }
    tries.succeeded(staffId);
    return ok(record);
  }

  /** Signs in or unlocks; whoever was signed in before is signed out. */
  function enter(record: StaffRecord, by: 'pin' | 'badge'): SessionView {
    const before = current;
    const unlocked = locked && before?.id === record.id;
    const leaving = before && before.id !== record.id ? [journalEntry(context, before.id, 'sign-out')] : [];
    const change = (): void => {
      current = record;
      locked = false;
    };
    return changed(unlocked ? 'unlock' : 'sign-in', record.id, change, leaving, by === 'badge' ? { by } : {});
  }

  function spendApproval(right: Right, approval: string): Result<{ readonly approvedBy: string | null }> {
    const found = approvals.get(approval);
    approvals.delete(approval);
    if (!found || found.right !== right || found.untilMs < clock.nowMs()) return fail('approval-spent');
    return ok({ approvedBy: found.staffId });
  }

  function staffId(): string {
    if (!current) throw new Error('session: nobody is signed in');
    return current.id;
  }

  return {
    state,
    staffId,
    authorise(right, approval) {
      if (current && mayAlone(current.role, right)) return ok({ approvedBy: null });
      return approval === undefined ? fail('needs-approval', { right }) : spendApproval(right, approval);
    },
    handlers: {
      'session.get': () => ok(state()),
      'session.sign-in': async ({ staffId: id, pin }) => {
        const checked = await checkPin(id, pin);
        if (!checked.ok) return checked;
        return ok(enter(checked.value, 'pin'));
      },
      'session.badge': ({ badge }) => {
        const seconds = tries.waitSeconds(anyBadge);
        if (seconds > 0) return fail('too-many-tries', { seconds });
        const record = stores.staff.byBadge(badgeHash(context, badge));
        if (!record?.active) {
          tries.failed(anyBadge);
          stores.journal.append([journalEntry(context, null, 'wrong-badge')]);
          return fail('badge-unknown');
        }
        tries.succeeded(anyBadge);
        return ok({ staffId: record.id, session: badgeAlone(context) ? enter(record, 'badge') : null });
      },
      'session.sign-out': () => {
        const leave = (): void => {
          current = null;
          locked = false;
          approvals.clear();
        };
        return ok(changed('sign-out', staffId(), leave));
      },
      'session.lock': () => {
        const lock = (): void => {
          locked = true;
          approvals.clear();
        };
        return ok(changed('lock', staffId(), lock));
      },
      'session.set-language': ({ language }) => {
        const record = stores.staff.byId(staffId());
        if (!record) return fail('staff-unknown');
        const saved = { ...record, language };
        stores.staff.save(saved);
        const speak = (): void => {
          current = saved;
        };
        return ok(changed('language-changed', saved.id, speak));
      },
      'session.approve': async ({ staffId: id, pin, right }) => {
        const checked = await checkPin(id, pin);
        if (!checked.ok) return checked;
        if (!mayAlone(checked.value.role, right)) return fail('needs-approval', { right });
        const approval = ids.next();
        approvals.set(approval, { right, staffId: id, untilMs: clock.nowMs() + approvalMs });
        return ok({ approval });
      },
    },
  };
}
