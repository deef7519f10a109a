import { expect, test } from 'vitest';
import { retryAfterMs } from './line.ts';

test('a screen looks for its till at once, and never less often than every five seconds', () => {
  expect([0, 1, 2, 3, 4, 5, 10_000].map(retryAfterMs)).toEqual([400, 800, 1_600, 3_200, 5_000, 5_000, 5_000]);
});
