import type { Right, Role } from '../../contract/rights.ts';

/** Rights that each role adds to those of the role before it. */
const added: Readonly<Record<Role, readonly Right[]>> = {
  cashier: ['discount-small', 'receipt-reprint', 'terminal-assign', 'over-payment', 'return'],
  manager: [
    'discount-large',
    'price-override',
    'open-price',
    'receipt-void',
    'payment-remove',
    'payment-refund',
    'payment-decide',
    'late-money',
    'return-large',
    'return-without-receipt',
    'return-cash',
    'drawer-open',
    'articles-edit',
    'cash-move',
    'shift-difference',
    'report-x',
    'report-z',
    'settlement-read',
    'customer-info',
    'training',
  ],
  admin: ['staff-edit', 'shop-edit'],
};

const ladder: readonly Role[] = ['cashier', 'manager', 'admin'];

/** Everything that a role may do alone. */
export const rightsOf = (role: Role): readonly Right[] =>
  ladder.slice(0, ladder.indexOf(role) + 1).flatMap((step) => added[step]);

/** Whether a role may do something alone. */
export const mayAlone = (role: Role, right: Right): boolean => rightsOf(role).includes(right);
