import { expect, test } from 'vitest';
import type { ProviderProblem } from '../../../src-main/contract/payment.ts';
import { problemText } from './index.ts';

/** Keys with what fills them, instead of sentences. */
const said = (problem: ProviderProblem): string => problemText((key, values) => `${key}(${String(values?.['store'] ?? '')}|${String(values?.['code'] ?? '')})`, 'en', problem, 'Vipps');

test('VIPPS-09 what was asked on behalf of another store names that store: the wrong unit, the wrong keys, and everything else', () => {
  const store = 'Bergen';
  expect(said({ code: 'rejected', providerCode: '5090', notThere: true, store })).toBe('problem.notThere(Bergen|5090)');
  expect(said({ code: 'not-configured', providerCode: '403', store })).toBe('problem.storeKeys(Bergen|403)');
  expect(said({ code: 'rejected', providerCode: '6150', store })).toBe('problem.askedFor(Bergen|6150) problem.rejected(Bergen|6150)');
  const say = { en: 'It is too late.', sv: '', nb: '', da: '', fi: '', nl: '' };
  expect(said({ code: 'rejected', providerCode: '6220', say, store })).toBe('problem.askedFor(Bergen|6220) It is too late.');
  expect(said({ code: 'rejected', providerCode: '5090', notThere: true, say, store })).toBe('problem.notThere(Bergen|5090)');
  expect(said({ code: 'rejected', providerCode: '5090', notThere: true })).toBe('problem.rejected(|5090)');
});
