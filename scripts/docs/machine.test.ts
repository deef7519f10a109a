import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { attemptState } from '../../src-main/contract/payment.ts';
import { isFinished } from '../../src-main/core/payments/attempt.ts';
import { drawnStates, machineTable } from './machine.ts';

const file = join(import.meta.dirname, '../../docs/payments.md');
const between = /(<!-- drawn from the code: npm test checks it, KASSA_DRAW=1 draws it anew -->\n)([\s\S]*?)(\n<!-- end of the drawing -->)/;

test('docs/payments.md draws the life of a payment as the code has it', () => {
  const text = readFileSync(file, 'utf8');
  const table = machineTable();
  if (process.env['KASSA_DRAW'] === '1') writeFileSync(file, text.replace(between, (_all, before: string, _old: string, after: string) => `${before}${table}${after}`));
  else expect(between.exec(text)?.[2]).toBe(table);
});

test('every state is drawn, or is an end', () => {
  for (const state of attemptState.options) expect(drawnStates.has(state) !== isFinished(state), state).toBe(true);
});
