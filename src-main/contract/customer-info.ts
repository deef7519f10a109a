import { z } from 'zod';
import { call, event, nothing } from './define.ts';
import { id, instant } from './basics.ts';

/** What customers agreed to tell with a payment: whether the shop keeps it, and for how long. */
export const customerInfoSettings = z.strictObject({
  /** Off: no provider is asked for it. */
  keepCustomerInfo: z.boolean(),
  /** Days after which it is deleted by itself. */
  days: z.int().min(1).max(3_650),
});
export type CustomerInfoSettings = z.infer<typeof customerInfoSettings>;

const customerInfoSettingsView = customerInfoSettings.extend({ kept: z.int() });

/** Null fields were not agreed to. */
const customerInfoView = z.strictObject({
  attemptId: id,
  tenderKind: z.string(),
  at: instant,
  name: z.string().nullable(),
  email: z.string().nullable(),
  phoneNumber: z.string().nullable(),
  address: z.string().nullable(),
});

export const customerInfoCalls = {
  /** Right: customer-info. */
  'customer-info.of-receipt': call(z.strictObject({ receiptId: id, approval: id.optional() }), z.array(customerInfoView)),
  /** Of one receipt; without one, all there is. How many were kept. Right: customer-info. */
  'customer-info.delete': call(z.strictObject({ receiptId: id.optional(), approval: id.optional() }), z.strictObject({ deleted: z.int() })),
  /** Right: shop-edit. */
  'customer-info.settings': call(nothing, customerInfoSettingsView),
  /** Right: shop-edit. */
  'customer-info.save-settings': call(customerInfoSettings, customerInfoSettingsView),
};

export const customerInfoEvents = {
  /** Something is kept of a receipt's customer, or no more; null: of several. */
  'customer-info.changed': event(z.strictObject({ receiptId: id.nullable() })),
};
