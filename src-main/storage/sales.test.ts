import { expect, test } from 'vitest';
import { attemptState } from '../contract/payment.ts';
import { isFinished } from '../core/payments/attempt.ts';
import { finishedStates } from './sales.ts';

test('SQL and the life cycle agree on which payments have ended', () => {
  const named = [...finishedStates.matchAll(/'([^']+)'/g)].map((match) => match[1]);
  expect(new Set(named)).toEqual(new Set(attemptState.options.filter(isFinished)));
});
