import { ok } from '../../contract/errors.ts';
import { journalEntry, type ShopContext } from '../context.ts';
import type { CallsOf, Handlers } from '../handlers.ts';
import type { Session } from '../session.ts';
import { exportCsv } from './export.ts';
import { planOf, savePlan } from './plan.ts';

/** The accounts that a shop's sums are booked on, and the files that go to its accountant. */
export function createAccountingService(context: ShopContext, session: Session): Handlers<CallsOf<'accounting'>> {
  const { stores } = context;
  return {
    'accounting.plan': () => ok(planOf(context)),
    'accounting.save': (plan) => {
      const allowed = session.authorise('shop-edit', undefined);
      if (!allowed.ok) return allowed;
      stores.transaction(() => {
        savePlan(context, plan);
        stores.journal.append([journalEntry(context, session.staffId(), 'settings-changed', { page: 'accounting', plan })]);
      });
      return ok(planOf(context));
    },
    'accounting.export': async ({ what, from, to, approval }) => {
      const allowed = session.authorise('report-x', approval);
      if (!allowed.ok) return allowed;
      const staffId = session.staffId();
      const { text, totals } = await exportCsv(context, what, from, to);
      stores.journal.append([journalEntry(context, staffId, 'exported', { what, from, to, approvedBy: allowed.value.approvedBy, ...totals })]);
      return ok({ fileName: `kassa-${what}-${from}-${to}.csv`, base64: Buffer.from(text).toString('base64'), totals });
    },
  };
}
