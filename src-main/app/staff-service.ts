import { fail, ok, type Result } from '../contract/errors.ts';
import type { PersonView } from '../contract/staff.ts';
import type { StaffRecord } from '../core/ports/stores.ts';
import { articleByCode } from './add-to-sale.ts';
import { badgeAlone, badgeHash, saveBadgeAlone } from './badges.ts';
import { journalEntry, type ShopContext } from './context.ts';
import type { CallsOf, Handlers } from './handlers.ts';
import { staffView, type Session } from './session.ts';

const byName = (a: StaffRecord, b: StaffRecord): number => a.name.localeCompare(b.name);

/** Why a code can't be the badge of a person: somebody else has it, or selling would take it for an article. */
function badgeProblem(context: ShopContext, code: string, staffId: string): Result<never> | null {
  const holder = context.stores.staff.byBadge(badgeHash(context, code));
  if (holder && holder.id !== staffId) return fail('badge-in-use', { name: holder.name });
  return articleByCode(context, code).ok ? fail('badge-is-article') : null;
}

/** People of the shop: the list that signs in, and the admin's room that edits it. */
export function createStaffService(context: ShopContext, session: Session): Handlers<CallsOf<'staff'>> {
  const { stores, crypto, ids } = context;

  /** The last admin may neither leave nor become something less: nobody could let one in again. */
  function leavesNoAdmin(record: StaffRecord): boolean {
    const others = stores.staff.all().filter((one) => one.id !== record.id);
    const admins = [...others, record].filter((one) => one.active && one.role === 'admin');
    return admins.length === 0;
  }

  const personView = (record: StaffRecord): PersonView => ({ ...staffView(record), badge: stores.staff.withBadge().has(record.id) });

  return {
    'staff.list': () =>
      ok(
        [...stores.staff.all()]
          .filter((one) => one.active)
          .sort(byName)
          .map(staffView),
      ),
    'staff.all': () => {
      const allowed = session.authorise('staff-edit', undefined);
      return allowed.ok ? ok([...stores.staff.all()].sort(byName).map(personView)) : allowed;
    },
    'staff.save': async ({ id, pin, badge, ...fields }) => {
      const allowed = session.authorise('staff-edit', undefined);
      if (!allowed.ok) return allowed;
      const before = id === undefined ? null : stores.staff.byId(id);
      if (id !== undefined && !before) return fail('staff-unknown');
      const pinHash = pin === undefined ? before?.pinHash : await crypto.hashPin(pin);
      if (pinHash === undefined) return fail('bad-message', { call: 'staff.save', place: '/pin' });
      const record: StaffRecord = { ...fields, id: before?.id ?? ids.next(), pinHash };
      if (leavesNoAdmin(record)) return fail('last-admin');
      const problem = typeof badge === 'string' ? badgeProblem(context, badge, record.id) : null;
      if (problem) return problem;
      stores.transaction(() => {
        stores.staff.save(record);
        if (badge !== undefined) stores.staff.setBadge(record.id, badge === null ? null : badgeHash(context, badge));
        const detail = { staff: record.id, role: record.role, active: record.active, pinChanged: pin !== undefined, badgeChanged: badge !== undefined };
        stores.journal.append([journalEntry(context, session.staffId(), 'staff-changed', detail)]);
      });
      return ok(personView(record));
    },
    'staff.badge-settings': () => {
      const allowed = session.authorise('staff-edit', undefined);
      return allowed.ok ? ok({ alone: badgeAlone(context) }) : allowed;
    },
    'staff.save-badge-settings': ({ alone }) => {
      const allowed = session.authorise('staff-edit', undefined);
      if (!allowed.ok) return allowed;
      stores.transaction(() => {
        saveBadgeAlone(context, alone);
        stores.journal.append([journalEntry(context, session.staffId(), 'settings-changed', { page: 'badges', alone })]);
      });
      return ok({ alone });
    },
  };
}
