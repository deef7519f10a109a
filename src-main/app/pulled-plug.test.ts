import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createCrypto } from '../adapters/crypto.ts';
import { openStorage } from '../storage/open.ts';
import { hashedText } from '../storage/journal.ts';
import { paidOf, totalsOf } from '../core/sales/totals.ts';

type Promised = { readonly lines?: number; readonly receiptId?: string; readonly parked?: string; readonly completed?: string; readonly number?: number };

const victim = join(import.meta.dirname, '..', 'testing', 'sale-victim.ts');

/** Lets a till sell over a folder and kills it after `promises` answers and a little chance. Answers what it promised. */
function sellAndKill(dataDir: string, promises: number): Promise<readonly Promised[]> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [victim, dataDir], { stdio: ['ignore', 'pipe', 'pipe'] });
    const said: Promised[] = [];
    let rest = '';
    let errors = '';
    child.stderr.on('data', (data: Buffer) => {
      errors += data.toString();
    });
    child.stdout.on('data', (data: Buffer) => {
      const lines = (rest + data.toString()).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) said.push(JSON.parse(line) as Promised);
      // A few tenths of a millisecond later than an answer is anywhere within the next step.
      if (said.length >= promises) setTimeout(() => child.kill('SIGKILL'), Math.random() * 2);
    });
    child.on('exit', (code, signal) => (signal === 'SIGKILL' ? resolve(said) : reject(new Error(`the till ended with ${code}: ${errors}`))));
  });
}

test('PAY-I2 PAY-I7 a till killed between any two steps of a sale keeps every promise, skips no number and doubles none', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'kassa-kill-'));
  const crypto = createCrypto();
  const completed = new Map<string, number>();
  for (let round = 1; round <= 14; round += 1) {
    const said = await sellAndKill(dataDir, round);
    const storage = openStorage({ file: join(dataDir, 'kassa.sqlite'), sha256: crypto.sha256, nowMs: Date.now, checkpoints: false });
    for (const one of said) if (one.completed !== undefined && one.number !== undefined) completed.set(one.completed, one.number);
    const last = said.at(-1);
    const kept = last?.receiptId === undefined ? null : storage.sales.load(last.receiptId);
    if (last?.lines !== undefined) expect(kept?.lines.length).toBeGreaterThanOrEqual(last.lines);
    for (const [receiptId, number] of completed) {
      const receipt = storage.sales.load(receiptId);
      expect(receipt).toMatchObject({ state: 'completed', number });
      if (receipt) expect(paidOf(receipt.posts)).toBe(totalsOf(receipt).totalMinor + receipt.roundingMinor);
    }
    const numbers = storage.sales.list({ text: '', limit: 10_000, before: null }).map((row) => row.number);
    expect([...numbers].sort((a, b) => a - b)).toEqual(numbers.map((_, index) => index + 1));
    const register = storage.shop.thisRegister()?.id ?? '';
    let previousHash = '0';
    for (const entry of storage.journal.read(register, 0, 100_000)) {
      expect(entry.previousHash).toBe(previousHash);
      expect(crypto.sha256(hashedText(entry))).toBe(entry.hash);
      previousHash = entry.hash;
    }
    await storage.close();
  }
  expect(completed.size).toBeGreaterThan(10);
  rmSync(dataDir, { recursive: true, force: true });
}, 120_000);
