import { z } from 'zod';

/** What a person at the till may be. Each role may do all that the one before it may. */
export const role = z.enum(['cashier', 'manager', 'admin']);
export type Role = z.infer<typeof role>;

/** The acts that are not everybody's. What a role may not do, a manager approves on the spot. */
export const right = z.enum([
  'discount-small',
  'discount-large',
  'price-override',
  'open-price',
  'receipt-void',
  'payment-remove',
  'drawer-open',
  'receipt-reprint',
  'articles-edit',
  'staff-edit',
  'shop-edit',
  'terminal-assign',
  'over-payment',
  'payment-refund',
  'payment-decide',
  'late-money',
  'return',
  'return-large',
  'return-without-receipt',
  'return-cash',
  'cash-move',
  'shift-difference',
  'report-x',
  'report-z',
  'settlement-read',
  'customer-info',
  'training',
]);
export type Right = z.infer<typeof right>;
