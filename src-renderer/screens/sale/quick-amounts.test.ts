import { expect, test } from 'vitest';
import { quickAmounts } from './quick-amounts.ts';

const euro = [20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100, 50, 20, 10, 5];

test('offers the exact amount and what people are likely to hand over', () => {
  expect(quickAmounts(2610, euro)).toEqual([2610, 2700, 2800, 3000, 4000]);
  expect(quickAmounts(500, euro)).toEqual([500, 600, 1000, 2000, 5000]);
  expect(quickAmounts(0, euro)).toEqual([]);
});
