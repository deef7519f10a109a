import { z } from 'zod';
import { event, nothing, openCall } from './define.ts';
import { amountMinor, currency, id, language } from './basics.ts';
import { customerAct, shownCode } from './payment.ts';
import { providerField } from './providers.ts';

const customerLine = z.strictObject({
  id,
  name: z.string(),
  quantityMilli: z.int(),
  unit: z.string(),
  amountMinor,
});
export type CustomerLine = z.infer<typeof customerLine>;

/** What the customer's screen shows: only this sale, nothing of the customer before, nothing of the shop's staff. */
export const customerView = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('idle') }),
  z.strictObject({
    kind: z.literal('selling'),
    currency,
    lines: z.array(customerLine),
    discountMinor: amountMinor,
    paid: z.array(z.strictObject({ tenderKind: z.string(), tenderName: z.string(), amountMinor })),
    totalMinor: amountMinor,
    dueMinor: amountMinor,
  }),
  z.strictObject({
    kind: z.literal('paying'),
    currency,
    amountMinor,
    tenderName: z.string(),
    tenderKind: z.string(),
    act: customerAct,
    show: shownCode.nullable(),
    /** `failed` is said plainly; the cashier says how it goes on. */
    state: z.enum(['waiting', 'confirming', 'question', 'failed']),
    windowLeftMs: z.int().min(0),
    windowMs: z.int(),
  }),
  /** The customer types what the payment needs (a phone number); nobody else sees it. */
  z.strictObject({
    kind: z.literal('asking'),
    currency,
    amountMinor,
    tenderName: z.string(),
    tenderKind: z.string(),
    field: providerField,
  }),
  z.strictObject({
    kind: z.literal('thanks'),
    currency,
    totalMinor: amountMinor,
    givenMinor: amountMinor,
    changeMinor: amountMinor,
    receiptNumber: z.int(),
    /** The receipt as plain text, for the QR code; null while there is none to show. */
    receiptText: z.string().nullable(),
  }),
  /** Something is brought back: what goes back, and by what ways. */
  z.strictObject({
    kind: z.literal('returning'),
    currency,
    totalMinor: amountMinor,
    parts: z.array(z.strictObject({ tenderKind: z.string(), tenderName: z.string(), amountMinor, done: z.boolean() })),
    done: z.boolean(),
  }),
]);
export type CustomerView = z.infer<typeof customerView>;

/** All that the customer's screen is told of the shop. */
export const customerHello = z.strictObject({
  shopName: z.string(),
  language,
  theme: z.enum(['system', 'light', 'dark']),
  /** Nothing that is shown is real. */
  training: z.boolean(),
});

export const customerCalls = {
  'customer.hello': openCall(nothing, customerHello, ['customer']),
  'customer.current': openCall(nothing, customerView, ['customer', 'cashier']),
  /** What the customer typed when asked. Errors: told-wrong {field}, nothing-asked, and those of payment.start. */
  'customer.tell': openCall(z.strictObject({ told: z.string().trim().min(1).max(100) }), nothing, ['customer']),
};

export const customerEvents = {
  'customer.changed': event(customerView, ['customer']),
  /** Somebody wants to know which screen belongs to this register: one that rests says so for some seconds. */
  'customer.identify': event(z.strictObject({ register: z.string() }), ['customer']),
};
