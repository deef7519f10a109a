import { z } from 'zod';
import { call, event, nothing, openCall } from './define.ts';
import { id, language } from './basics.ts';
import { right, role } from './rights.ts';

/** A PIN as typed: 4 to 8 digits. Never stored, never logged, never sent to a window. */
export const pin = z.string().regex(/^\d{4,8}$/);

/** A person as the sign-in screen shows it. */
export const staffView = z.strictObject({
  id,
  name: z.string(),
  role,
  language: language.nullable(),
  active: z.boolean(),
});
export type StaffView = z.infer<typeof staffView>;

/** What is scanned from a badge. Never stored as it is, never logged, never sent to a window. */
export const badgeCode = z.string().trim().min(6).max(100);

/** A person as the admin's list shows it. */
export const personView = staffView.extend({ badge: z.boolean() });
export type PersonView = z.infer<typeof personView>;

/** Who stands at this register. */
export const sessionView = z.strictObject({
  staff: staffView.nullable(),
  locked: z.boolean(),
  /** What this person may do alone. */
  rights: z.array(right),
});
export type SessionView = z.infer<typeof sessionView>;

export const staffCalls = {
  /** The active people of the shop, for the sign-in screen. */
  'staff.list': openCall(nothing, z.array(staffView)),
  'session.get': openCall(nothing, sessionView),
  /** Errors: wrong-pin {triesLeft}, too-many-tries {seconds}, staff-unknown. Also unlocks. */
  'session.sign-in': openCall(z.strictObject({ staffId: id, pin }), sessionView),
  /** Whose badge was scanned: who it is and, where the shop asks for no PIN then, signed in. Errors: badge-unknown, too-many-tries {seconds}. */
  'session.badge': openCall(z.strictObject({ badge: badgeCode }), z.strictObject({ staffId: id, session: sessionView.nullable() })),
  'session.sign-out': call(nothing, sessionView),
  'session.lock': call(nothing, sessionView),
  /** Language of the signed-in person's screens. */
  'session.set-language': call(z.strictObject({ language }), sessionView),
  /** A manager's PIN for one act, on the spot. The approval is good for one call and 60 s. */
  'session.approve': call(z.strictObject({ staffId: id, pin, right }), z.strictObject({ approval: id })),
  /** Everybody, also those who have left, for the admin. Right: staff-edit. */
  'staff.all': call(nothing, z.array(personView)),
  /** New without `id`. `pin` is required for a new person and keeps the old one when left out. Right: staff-edit. Errors: badge-in-use {name}, badge-is-article. */
  'staff.save': call(
    z.strictObject({
      id: id.optional(),
      name: z.string().trim().min(1).max(60),
      role,
      language: language.nullable(),
      active: z.boolean(),
      pin: pin.optional(),
      /** The code of a new badge; null takes it away, left out keeps it. */
      badge: badgeCode.nullable().optional(),
    }),
    personView,
  ),
  /** Whether a badge alone signs in, or the PIN is typed too. Right: staff-edit. */
  'staff.badge-settings': call(nothing, z.strictObject({ alone: z.boolean() })),
  'staff.save-badge-settings': call(z.strictObject({ alone: z.boolean() }), z.strictObject({ alone: z.boolean() })),
};

export const staffEvents = {
  'session.changed': event(sessionView),
};
