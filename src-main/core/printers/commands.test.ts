import { expect, test } from 'vitest';
import { confirmCommand } from './commands.ts';

test('each way to be told that a paper is out has its command, with its mark where there is one', () => {
  expect(confirmCommand({ confirms: 'process-id' }, 10_042)).toEqual([0x1d, 0x28, 0x48, 6, 0, 0x30, 0x30, 0x30, 0x30, 0x34, 0x32]);
  expect(confirmCommand({ confirms: 'sensor' }, 1)).toEqual([0x1d, 0x72, 1]);
  expect(confirmCommand({ confirms: 'etb' }, 1)).toEqual([0x17]);
});
