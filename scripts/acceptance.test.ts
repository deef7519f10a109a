import { expect, test } from 'vitest';
import { idsOf, unproved } from './acceptance.ts';

test('a title tells the points it proves', () => {
  expect(idsOf('PAY-I2 SEQR-13.4 C-13 a till killed between steps')).toEqual(['PAY-I2', 'SEQR-13.4', 'C-13']);
  expect(idsOf('10 holds shop and staff')).toEqual([]);
  expect(idsOf('In a hurry')).toEqual([]);
});

test('a claim without a test that ran is found, and so is an id that nobody claims', () => {
  expect(unproved(['PAY-I1 one attempt', 'C-9 two X'], ['PAY-I1', 'PAY-I2'])).toEqual([
    'PAY-I2 is claimed, and no test that ran and passed proves it',
    "C-9 begins a test's title and is claimed nowhere",
  ]);
  expect(unproved(['PAY-I1 PAY-I2 both'], ['PAY-I1', 'PAY-I2'])).toEqual([]);
});
