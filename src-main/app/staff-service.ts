import { fail, ok } from '../contract/errors.ts';
import type { StaffRecord } from '../core/ports/stores.ts';
import { journalEntry, type ShopContext } from './context.ts';
import type { CallsOf, Handlers } from './handlers.ts';
import { staffView, type Session } from './session.ts';

const byName = (a: StaffRecord, b: StaffRecord): number => a.name.localeCompare(b.name);

/** People of the shop: the list that signs in, and the admin's room that edits it. */
export function createStaffService(context: ShopContext, session: Session): Handlers<CallsOf<'staff'>> {
  const { stores, crypto, ids } = context;

  /** The last admin may neither leave nor become something less: nobody could let one in again. */
  function leavesNoAdmin(record: StaffRecord): boolean {
    const others = stores.staff.all().filter((one) => one.id !== record.id);
    const admins = [...others, record].filter((one) => one.active && one.role === 'admin');
    return admins.length === 0;
  }

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
      return allowed.ok ? ok([...stores.staff.all()].sort(byName).map(staffView)) : allowed;
    },
    'staff.save': async ({ id, pin, ...fields }) => {
      const allowed = session.authorise('staff-edit', undefined);
      if (!allowed.ok) return allowed;
      const before = id === undefined ? null : stores.staff.byId(id);
      if (id !== undefined && !before) return fail('staff-unknown');
      const pinHash = pin === undefined ? before?.pinHash : await crypto.hashPin(pin);
      if (pinHash === undefined) return fail('bad-message', { call: 'staff.save', place: '/pin' });
      const record: StaffRecord = { ...fields, id: before?.id ?? ids.next(), pinHash };
      if (leavesNoAdmin(record)) return fail('last-admin');
      stores.transaction(() => {
        stores.staff.save(record);
        const detail = { staff: record.id, role: record.role, active: record.active, pinChanged: pin !== undefined };
        stores.journal.append([journalEntry(context, session.staffId(), 'staff-changed', detail)]);
      });
      return ok(staffView(record));
    },
  };
}
