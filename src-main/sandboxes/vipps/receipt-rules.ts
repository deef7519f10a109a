import type { Problem } from './answers.ts';

/** What is wrong with a receipt that comes with a payment. */
export const receiptProblem = (receipt: unknown): Problem | null => (typeof receipt === 'object' && receipt !== null ? null : { status: 400, title: 'A receipt is an object', field: 'receipt' });
