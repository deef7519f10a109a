import { z } from 'zod';
import { call, event, nothing } from './define.ts';
import { amountMinor, currency, id, instant, shortText } from './basics.ts';
import { paper } from './receipts.ts';

/** What goes in and out of a drawer beside sales. */
export const movementKind = z.enum(['float', 'pay-in', 'pay-out', 'safe-drop']);
export type MovementKind = z.infer<typeof movementKind>;

/** Coins and notes as they were counted. */
export const cashPieces = z.array(z.strictObject({ pieceMinor: z.int().min(1), count: z.int().min(0).max(100_000) })).max(40);
export type CashPieces = z.infer<typeof cashPieces>;

/** What was found in a drawer: piece by piece, or the sum alone. */
export const countedCash = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('pieces'), pieces: cashPieces }),
  z.strictObject({ by: z.literal('sum'), amountMinor: amountMinor.min(0) }),
]);
export type CountedCash = z.infer<typeof countedCash>;

const movementView = z.strictObject({
  movementId: id,
  kind: movementKind,
  number: z.int(),
  /** Below zero for what is taken out. */
  amountMinor,
  reason: z.string(),
  staffName: z.string(),
  at: instant,
  printed: z.boolean(),
});
export type MovementView = z.infer<typeof movementView>;

/** A confirmed count, and only then what the till had expected. */
const countView = z.strictObject({ countId: id, countedMinor: amountMinor, expectedMinor: amountMinor, differenceMinor: amountMinor, at: instant });
export type CountView = z.infer<typeof countView>;

const shiftView = z.strictObject({
  shiftId: id,
  number: z.int(),
  drawer: z.string(),
  staffId: id.nullable(),
  staffName: z.string(),
  openedAt: instant,
  floatMinor: amountMinor,
  inUse: z.boolean(),
  movements: z.array(movementView),
  /** The newest count, as long as nothing has moved since. */
  count: countView.nullable(),
  closing: z
    .strictObject({ at: instant, staffName: z.string(), countedMinor: amountMinor, expectedMinor: amountMinor, differenceMinor: amountMinor, explanation: z.string(), leftMinor: amountMinor })
    .nullable(),
});
export type ShiftView = z.infer<typeof shiftView>;

/** Everything about the drawers of this register. */
export const shiftsView = z.strictObject({
  currency,
  /** Whether this shop sells only with an open shift. */
  required: z.boolean(),
  open: z.array(shiftView),
  /** The newest that have ended. */
  closed: z.array(shiftView),
  /** Names of drawers that were used before, and what was left in each. */
  drawers: z.array(z.strictObject({ name: z.string(), leftMinor: amountMinor })),
});
export type ShiftsView = z.infer<typeof shiftsView>;

export const shiftCalls = {
  'shift.current': call(nothing, shiftsView),
  /** Opens a drawer with its float and puts it in use. Errors: shift-open-already, count-unreadable. */
  'shift.open': call(z.strictObject({ drawer: z.string().trim().max(40), counted: countedCash }), shiftsView),
  /** Puts another open drawer in use. Errors: shift-unknown. */
  'shift.use': call(z.strictObject({ shiftId: id }), shiftsView),
  /** Pay-in, pay-out, safe drop. Right: cash-move. Errors: shift-unknown, reason-missing, drawer-has-less. */
  'shift.move': call(
    z.strictObject({ shiftId: id, kind: z.enum(['pay-in', 'pay-out', 'safe-drop']), amountMinor: amountMinor.min(1), reason: shortText, approval: id.optional() }),
    movementView,
  ),
  /**
   * Confirms what was counted; the answer says what had been expected. After a count that was off another one needs the right
   * shift-difference. Errors: shift-unknown, count-unreadable, shift-has-receipt.
   */
  'shift.count': call(z.strictObject({ shiftId: id, counted: countedCash, approval: id.optional() }), countView),
  /**
   * Ends the shift by its newest count. A difference needs an explanation and the right shift-difference.
   * Errors: shift-unknown, count-stale, reason-missing, amount-out-of-range, shift-has-receipt.
   */
  'shift.close': call(z.strictObject({ shiftId: id, countId: id, explanation: shortText, leftMinor: amountMinor.min(0), approval: id.optional() }), shiftsView),
  /** As `shift.close`, but the drawer goes on: another person answers for it from here on. Errors: also staff-unknown. */
  'shift.hand-over': call(z.strictObject({ shiftId: id, countId: id, toStaffId: id, explanation: shortText, approval: id.optional() }), shiftsView),
  /** Whether this shop sells only with an open shift. Right: shop-edit. */
  'shift.set-required': call(z.strictObject({ required: z.boolean() }), shiftsView),
  /** The paper of a movement, or of a shift that has ended. Errors: movement-unknown, shift-unknown. */
  'shift.paper': call(z.strictObject({ of: z.enum(['movement', 'shift']), id }), paper),
  /** Prints it; a movement's second paper is a copy. Errors: as above, printer-failed {problem}. */
  'shift.print': call(z.strictObject({ of: z.enum(['movement', 'shift']), id }), z.strictObject({ copy: z.boolean() })),
};

export const shiftEvents = {
  /** Something about the drawers changed: ask again. */
  'shift.changed': event(nothing),
};
