import { fail, ok, type Result } from '../../contract/errors.ts';
import type { Paper } from '../../contract/receipts.ts';
import type { CountView, CountedCash, MovementView, ShiftsView, ShiftView } from '../../contract/shifts.ts';
import { countries } from '../../core/countries/index.ts';
import { minor } from '../../core/money.ts';
import type { CashCount, CashMovement, Shift } from '../../core/ports/fiscal-stores.ts';
import { isBegun } from '../../core/sales/totals.ts';
import { countHolds, differenceOf, expectedMinor, foundIn, movedMinor, recountNeedsRight } from '../../core/shifts/cash.ts';
import { movementPaper, shiftPaper } from '../../core/shifts/paper.ts';
import { journalEntry, nowIso, type ShopContext } from '../context.ts';
import type { Counter } from '../counter.ts';
import type { CallsOf, Handlers } from '../handlers.ts';
import type { Papers } from '../printers/papers.ts';
import type { ReceiptPrinting } from '../receipt-printing.ts';
import type { Session } from '../session.ts';
import type { Status } from '../status.ts';
import type { Drawers } from './drawers.ts';

const closedShown = 8;

type Parts = { readonly drawers: Drawers; readonly printing: ReceiptPrinting; readonly papers: Papers; readonly status: Status };

/** Drawers from float to count: who had them, what went in and out, what was found. */
export function createShiftService(context: ShopContext, session: Session, counter: Counter, { drawers, printing, papers, status }: Parts): Handlers<CallsOf<'shift'>> {
  const { stores, ids, register, bus } = context;
  const { shifts } = stores;

  const nameOf = (staffId: string | null): string => (staffId === null ? '' : (stores.staff.byId(staffId)?.name ?? ''));
  const expectedIn = (shiftId: string) => expectedMinor(shifts.movements(shiftId), shifts.cashMinor(shiftId));

  function paperOut(of: 'movement' | 'shift', id: string, staffId: string | null): void {
    const copy = of === 'movement' && shifts.movement(id)?.printed === true;
    if (of === 'movement' && !copy) shifts.setMovementPrinted(id);
    stores.journal.append([journalEntry(context, staffId, 'paper-printed', { of, id, copy })]);
    bus.publish('shift.changed', {});
  }
  papers.whenOut('movement', (id, staffId) => paperOut('movement', id, staffId));
  papers.whenOut('shift', (id, staffId) => paperOut('shift', id, staffId));

  const movementView = (movement: CashMovement): MovementView => ({
    movementId: movement.id,
    kind: movement.kind,
    number: movement.number,
    amountMinor: movement.amountMinor,
    reason: movement.reason,
    staffName: nameOf(movement.staffId),
    at: movement.at,
    printed: movement.printed,
  });

  const countView = (count: CashCount): CountView => ({
    countId: count.id,
    countedMinor: count.countedMinor,
    expectedMinor: count.expectedMinor,
    differenceMinor: differenceOf(count),
    at: count.at,
  });

  function shiftView(shift: Shift, inUse: string | null): ShiftView {
    const { closing } = shift;
    const count = closing ? null : shifts.lastCount(shift.id);
    return {
      shiftId: shift.id,
      number: shift.number,
      drawer: shift.drawer,
      staffId: shift.staffId,
      staffName: nameOf(shift.staffId),
      openedAt: shift.openedAt,
      floatMinor: shift.floatMinor,
      inUse: shift.id === inUse,
      movements: shifts.movements(shift.id).map(movementView),
      count: count && countHolds(count, shift, expectedIn(shift.id)) ? countView(count) : null,
      closing: closing && {
        at: closing.at,
        staffName: nameOf(closing.by),
        countedMinor: closing.countedMinor,
        expectedMinor: closing.expectedMinor,
        differenceMinor: differenceOf(closing),
        explanation: closing.explanation,
        leftMinor: closing.leftMinor,
      },
    };
  }

  function view(): ShiftsView {
    const inUse = shifts.inUse(register.id);
    return {
      currency: context.shop().currency,
      required: drawers.required(),
      open: shifts.open(register.id).map((shift) => shiftView(shift, inUse)),
      closed: shifts.closed(register.id, closedShown).map((shift) => shiftView(shift, inUse)),
      drawers: shifts.drawers(register.id).map((name) => ({ name, leftMinor: drawers.leftIn(name) })),
    };
  }

  function changed(): Result<ShiftsView> {
    bus.publish('shift.changed', {});
    status.changed();
    return ok(view());
  }

  function openShift(shiftId: string): Result<Shift> {
    const shift = shifts.byId(shiftId);
    return shift?.registerId === register.id && shift.closing === null ? ok(shift) : fail('shift-unknown');
  }

  /** The drawer opens for something that is no sale, and is counted as such (NO-11). It opens when that is written down. */
  const drawerOpened = (why: string) => journalEntry(context, session.staffId(), 'drawer-opened', { sale: false, for: why });

  /** A receipt under way may still move cash: it is finished or parked first. */
  function receiptUnderWay(): boolean {
    const receipt = counter.onCounter();
    return (receipt !== null && isBegun(receipt)) || counter.view().aside.length > 0;
  }

  function count(shiftId: string, counted: CountedCash, approval: string | undefined): Result<CountView> {
    const shift = openShift(shiftId);
    if (!shift.ok) return shift;
    if (shift.value.id === shifts.inUse(register.id) && receiptUnderWay()) return fail('shift-has-receipt');
    const found = foundIn(counted, countries[context.shop().country].cashPieces);
    if (!found.ok) return found;
    const allowed = recountNeedsRight(shifts.lastCount(shiftId), shift.value) ? session.authorise('shift-difference', approval) : ok({ approvedBy: null });
    if (!allowed.ok) return allowed;
    const made: CashCount = {
      id: ids.next(),
      shiftId,
      pieces: found.value.pieces,
      countedMinor: found.value.amountMinor,
      expectedMinor: expectedIn(shiftId),
      staffId: session.staffId(),
      at: nowIso(context),
    };
    const detail = { shift: shiftId, countedMinor: made.countedMinor, expectedMinor: made.expectedMinor, pieces: made.pieces, approvedBy: allowed.value.approvedBy };
    shifts.count(made, [drawerOpened('count'), journalEntry(context, session.staffId(), 'shift-counted', detail)]);
    context.drawer.open();
    bus.publish('shift.changed', {});
    return ok(countView(made));
  }

  type Accepted = { readonly shift: Shift; readonly count: CashCount; readonly approvedBy: string | null };

  /** A count that still holds, and a difference that somebody who may has accepted, with a reason. */
  function accepted(input: { readonly shiftId: string; readonly countId: string; readonly explanation: string; readonly approval?: string | undefined }): Result<Accepted> {
    const shift = openShift(input.shiftId);
    if (!shift.ok) return shift;
    const found = shifts.lastCount(input.shiftId);
    if (found?.id !== input.countId || !countHolds(found, shift.value, expectedIn(input.shiftId))) return fail('count-stale');
    if (shift.value.id === shifts.inUse(register.id) && receiptUnderWay()) return fail('shift-has-receipt');
    if (differenceOf(found) === 0) return ok({ shift: shift.value, count: found, approvedBy: null });
    if (input.explanation === '') return fail('reason-missing');
    const allowed = session.authorise('shift-difference', input.approval);
    return allowed.ok ? ok({ shift: shift.value, count: found, approvedBy: allowed.value.approvedBy }) : allowed;
  }

  const around = () => ({ shop: context.shop(), register, nameOf, demo: context.mode === 'demo', words: context.words });

  function paperOf(of: 'movement' | 'shift', id: string, copy: boolean): Result<Paper> {
    if (of === 'movement') {
      const movement = shifts.movement(id);
      const shift = movement ? shifts.byId(movement.shiftId) : null;
      return movement && shift ? ok(movementPaper(movement, shift, copy, around())) : fail('movement-unknown');
    }
    const shift = shifts.byId(id);
    if (!shift?.closing) return fail('shift-unknown');
    return ok(shiftPaper(shift, { movements: shifts.movements(id), cashMinor: shifts.cashMinor(id), count: shifts.lastCount(id) }, around()));
  }

  return {
    'shift.current': () => ok(view()),
    'shift.open': ({ drawer, counted }) => {
      if (shifts.open(register.id).some((shift) => shift.drawer === drawer)) return fail('shift-open-already');
      const found = foundIn(counted, countries[context.shop().country].cashPieces);
      if (!found.ok) return found;
      stores.transaction(() => {
        drawers.start(drawer, found.value.amountMinor, session.staffId(), { pieces: found.value.pieces });
        stores.journal.append([drawerOpened('float')]);
      });
      context.drawer.open();
      return changed();
    },
    'shift.use': ({ shiftId }) => {
      const shift = openShift(shiftId);
      if (!shift.ok) return shift;
      if (receiptUnderWay()) return fail('shift-has-receipt');
      shifts.use(register.id, shiftId, [journalEntry(context, session.staffId(), 'drawer-in-use', { shift: shiftId, drawer: shift.value.drawer })]);
      return changed();
    },
    'shift.move': ({ shiftId, kind, amountMinor, reason, approval }) => {
      const shift = openShift(shiftId);
      if (!shift.ok) return shift;
      if (reason === '') return fail('reason-missing');
      const moved = movedMinor(kind, minor(amountMinor));
      if (moved < 0 && expectedIn(shiftId) + moved < 0) return fail('drawer-has-less');
      const allowed = session.authorise('cash-move', approval);
      if (!allowed.ok) return allowed;
      const staffId = session.staffId();
      const { approvedBy } = allowed.value;
      const number = shifts.nextMovementNumber(register.id);
      const movement: CashMovement = { id: ids.next(), shiftId, registerId: register.id, number, kind, amountMinor: moved, reason, staffId, approvedBy, at: nowIso(context), printed: false };
      const entry = journalEntry(context, staffId, 'cash-moved', { shift: shiftId, kind, number, amountMinor: moved, reason, approvedBy });
      shifts.move(movement, [entry, drawerOpened(kind)]);
      context.drawer.open();
      bus.publish('shift.changed', {});
      return ok(movementView(movement));
    },
    'shift.count': ({ shiftId, counted, approval }) => count(shiftId, counted, approval),
    'shift.close': (input) => {
      const made = accepted(input);
      if (!made.ok) return made;
      const { shift, count: counted, approvedBy } = made.value;
      if (input.leftMinor > counted.countedMinor) return fail('amount-out-of-range', { minimumMinor: 0, maximumMinor: counted.countedMinor });
      const { countedMinor, expectedMinor: expected } = counted;
      const closing = { at: nowIso(context), by: session.staffId(), countedMinor, expectedMinor: expected, explanation: input.explanation, approvedBy, leftMinor: minor(input.leftMinor) };
      const detail = {
        shift: shift.id, number: shift.number, drawer: shift.drawer, staff: shift.staffId, floatMinor: shift.floatMinor, countedMinor, expectedMinor: expected,
        differenceMinor: differenceOf(counted), explanation: input.explanation, approvedBy, leftMinor: input.leftMinor,
      };
      shifts.close({ ...shift, closing }, [journalEntry(context, session.staffId(), 'shift-closed', detail)]);
      return changed();
    },
    'shift.hand-over': (input) => {
      const to = stores.staff.byId(input.toStaffId);
      if (!to?.active) return fail('staff-unknown');
      const made = accepted(input);
      if (!made.ok) return made;
      const { shift, count: counted, approvedBy } = made.value;
      const detail = { shift: shift.id, from: shift.staffId, to: to.id, countedMinor: counted.countedMinor, differenceMinor: differenceOf(counted), explanation: input.explanation, approvedBy };
      shifts.handOver(shift.id, to.id, counted.id, [journalEntry(context, session.staffId(), 'shift-handed-over', detail)]);
      return changed();
    },
    'shift.set-required': ({ required }) => {
      const allowed = session.authorise('shop-edit', undefined);
      if (!allowed.ok) return allowed;
      stores.transaction(() => {
        drawers.setRequired(required);
        stores.journal.append([journalEntry(context, session.staffId(), 'settings-changed', { page: 'shift', required })]);
      });
      return changed();
    },
    'shift.paper': ({ of, id }) => paperOf(of, id, false),
    'shift.print': ({ of, id }) => {
      const staffId = session.staffId();
      return printing.inTurn(async () => {
        const copy = of === 'movement' && shifts.movement(id)?.printed === true;
        const paper = paperOf(of, id, copy);
        if (!paper.ok) return paper;
        const problem = await papers.print({ kind: of, ofId: id }, paper.value, () => paperOut(of, id, staffId));
        return problem ? fail('printer-failed', { problem }) : ok({ copy });
      });
    },
  };
}
