import { minor } from '../../core/money.ts';
import type { CashMovement, Shift } from '../../core/ports/fiscal-stores.ts';
import { journalEntry, nowIso, type ShopContext } from '../context.ts';

/** The register's drawers: which takes the cash, whether one has to be opened first, and how one is opened. */
export type Drawers = {
  required(): boolean;
  setRequired(required: boolean): void;
  /** The shift whose drawer takes the cash; null while none is open. */
  inUse(): Shift | null;
  /** Nothing may be sold before a drawer is opened. */
  needed(): boolean;
  /** What was left in a drawer when it was last closed. */
  leftIn(drawer: string): number;
  start(drawer: string, floatMinor: number, staffId: string | null, detail: Readonly<Record<string, unknown>>): Shift;
};

const setting = 'shift-required';
/** What the demo's drawer begins with, so that a newcomer sells at once and has change: 150.00. */
const demoFloatMinor = 15_000;

export function createDrawers(context: ShopContext): Drawers {
  const { stores, ids, register } = context;
  // Asked for with each scan: only a change of shifts looks at the database again.
  let required = (stores.shop.setting(setting) ?? 'on') === 'on';

  function inUse(): Shift | null {
    const shiftId = stores.shifts.inUse(register.id);
    return shiftId === null ? null : stores.shifts.byId(shiftId);
  }

  const leftIn = (drawer: string): number => stores.shifts.closed(register.id, 100).find((one) => one.drawer === drawer)?.closing?.leftMinor ?? 0;

  function start(drawer: string, floatMinor: number, staffId: string | null, detail: Readonly<Record<string, unknown>>): Shift {
    const at = nowIso(context);
    const number = stores.shifts.nextNumber(register.id);
    const shift: Shift = { id: ids.next(), registerId: register.id, number, drawer, staffId, openedBy: staffId, openedAt: at, floatMinor: minor(floatMinor), handedOverBy: null, closing: null };
    const float: CashMovement = {
      id: ids.next(),
      shiftId: shift.id,
      registerId: register.id,
      number: stores.shifts.nextMovementNumber(register.id),
      kind: 'float',
      amountMinor: shift.floatMinor,
      reason: '',
      staffId,
      approvedBy: null,
      at,
      printed: false,
    };
    stores.shifts.start(shift, float, [journalEntry(context, staffId, 'shift-opened', { shift: shift.id, number, drawer, floatMinor, ...detail })]);
    return shift;
  }

  if (context.mode === 'demo' && inUse() === null) start('', leftIn('') || demoFloatMinor, null, { demo: true });

  return {
    required: () => required,
    setRequired(chosen) {
      stores.shop.setSetting(setting, chosen ? 'on' : 'off');
      required = chosen;
    },
    inUse,
    needed: () => required && context.mode !== 'setup' && stores.shifts.inUse(register.id) === null,
    leftIn,
    start,
  };
}
