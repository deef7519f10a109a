import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sellBuns, setUpMail, until } from '../../testing/mail.ts';
import { startSmtpServer } from '../../testing/smtp-server.ts';
import { startTillProcess } from '../../testing/till-process.ts';
import { signInAs } from '../../testing/till.ts';

const letters = async (count: number, seen: { readonly letters: readonly unknown[] }): Promise<void> => {
  for (let waited = 0; waited < 500 && seen.letters.length < count; waited += 1) await new Promise((resolve) => setTimeout(resolve, 10));
  expect(seen.letters).toHaveLength(count);
};

const connected = async (count: number, seen: { readonly connections: () => number }): Promise<void> => {
  for (let waited = 0; waited < 500 && seen.connections() < count; waited += 1) await new Promise((resolve) => setTimeout(resolve, 10));
};

test('C-6 a till killed between a mail’s queue and its sending goes on after the start: sent once where the server had not taken it, under the same name where it had', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'kassa-mail-'));
  const server = await startSmtpServer();
  let till = await startTillProcess(dataDir);
  await setUpMail(till, server.port);

  // Killed while the server thinks about the recipient: it has taken nothing.
  server.rules.thinksMs = 60_000;
  const first = await sellBuns(till);
  await till.call('giving.mail', { receiptId: first.receiptId, to: 'first@example.com' });
  await connected(1, server);
  await till.kill();
  expect(server.letters).toEqual([]);
  delete server.rules.thinksMs;
  till = await startTillProcess(dataDir);
  await signInAs(till, 'Aino Lehtinen');
  expect(await until(till, first, (row) => row.delivery === 'sent')).toMatchObject({ mail: { tries: 2 } });
  await letters(1, server);

  // Killed when the server has taken it and said nothing yet.
  server.rules.silentMs = 60_000;
  const second = await sellBuns(till);
  await till.call('giving.mail', { receiptId: second.receiptId, to: 'second@example.com' });
  await letters(2, server);
  await till.kill();
  delete server.rules.silentMs;
  till = await startTillProcess(dataDir);
  await signInAs(till, 'Aino Lehtinen');
  await until(till, second, (row) => row.delivery === 'sent');
  await letters(3, server);
  expect(server.letters[2]?.messageId).toBe(server.letters[1]?.messageId);

  // Killed at once after the answer: what was promised is written down.
  const third = await sellBuns(till);
  await till.call('giving.mail', { receiptId: third.receiptId, to: 'third@example.com' });
  await till.kill();
  till = await startTillProcess(dataDir);
  await signInAs(till, 'Aino Lehtinen');
  await until(till, third, (row) => row.delivery === 'sent');
  expect(new Set(server.letters.slice(3).map((letter) => letter.messageId)).size).toBe(1);

  await till.close();
  await server.close();
  rmSync(dataDir, { recursive: true, force: true });
}, 60_000);
