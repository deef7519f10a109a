import { accountPlan, type AccountPlan } from '../../contract/accounting.ts';
import { completed, defaultPlan } from '../../core/accounting/plan.ts';
import type { ShopContext } from '../context.ts';

const setting = 'accounting';

/** Kinds of app that this shop can take or has taken, in the order of the registry. */
const appsOf = ({ tenderKinds }: ShopContext): readonly string[] => [...tenderKinds.values()].filter(({ provider }) => provider !== null).map(({ kind }) => kind);

export function planOf(context: ShopContext): AccountPlan {
  const saved = accountPlan.safeParse(JSON.parse(context.stores.shop.setting(setting) ?? 'null'));
  return completed(saved.success ? saved.data : null, defaultPlan(context.shop().country, appsOf(context)));
}

export const savePlan = (context: ShopContext, plan: AccountPlan): void => context.stores.shop.setSetting(setting, JSON.stringify(plan));
