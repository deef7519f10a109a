import { z } from 'zod';
import { currency } from '../../contract/basics.ts';
import type { ProviderProblem } from '../../contract/payment.ts';
import type { ProviderLink, SettlementAnswer, SettlementRow } from '../../core/payments/provider.ts';
import { read } from '../shared/json.ts';
import { salesUnitOf } from './account.ts';
import type { Client } from './client.ts';

const ledgers = z.object({ items: z.array(z.object({ ledgerId: z.string(), settlesForRecipientHandles: z.array(z.string()).nullish() })), cursor: z.string().nullish() });
const entry = z.object({
  pspReference: z.string().nullish(),
  time: z.string(),
  entryType: z.string(),
  reference: z.string().nullish(),
  currency,
  amount: z.int(),
  recipientHandle: z.string().nullish(),
});
const page = z.object({ items: z.array(entry), cursor: z.string().nullish(), hasMore: z.boolean().nullish(), tryLater: z.boolean().nullish() });

type Entry = z.infer<typeof entry>;
type Topic = 'funds' | 'fees';

/** More pages than any day of a shop has: a cursor that never ends. */
const mostPages = 200;

/**
 * What an entry is. A word that is not known passes as `other`. Fees are told one by one in the ledger of fees; what the ledger of
 * funds keeps back for all of them at once is the same money again, and no fee of its own.
 */
export function kindOf(topic: Topic, word: string): SettlementRow['kind'] {
  if (topic === 'fees') return word === 'capture-fee' ? 'fee' : 'other';
  if (word === 'capture') return 'captured';
  if (word === 'refund') return 'refunded';
  return /^(?:scheduled-for-payout|payout-)/.test(word) ? 'payout' : 'other';
}

/** Signed as the ledgers are, but for a payout: that leaves the ledger, and the shop gets it. */
const amountOf = (kind: SettlementRow['kind'], amount: number): number => (kind === 'payout' ? -amount || 0 : amount);

function rowOf(topic: Topic, { reference, pspReference, entryType: word, amount, currency: of, time: at }: Entry): SettlementRow {
  const kind = kindOf(topic, word);
  return { reference: reference ?? '', entry: pspReference ?? '', kind, amountMinor: amountOf(kind, amount), currency: of, at, word };
}

type Pages<T> = { readonly ok: true; readonly items: readonly T[] } | { readonly ok: false; readonly problem: ProviderProblem };

const isOf = (handle: string, unit: string): boolean => handle.split(':').at(-1) === unit;

/** The provider's books of one day: what this sales unit has taken, and the fees of it (Vipps, section 13). */
export async function settlementRows(call: Client, link: ProviderLink, day: string): Promise<SettlementAnswer> {
  const unit = salesUnitOf(link);

  /** All pages of a list; the cursor alone names the next one. */
  async function all<T>(path: string, next: (json: unknown) => { readonly items: readonly T[]; readonly cursor: string | null } | ProviderProblem): Promise<Pages<T>> {
    const items: T[] = [];
    let cursor: string | null = null;
    for (let number = 0; number < mostPages; number += 1) {
      const called = await call(link, { method: 'GET', path: cursor === null ? path : `${path}?cursor=${encodeURIComponent(cursor)}` });
      if (called.kind !== 'done') return { ok: false, problem: called.status === 404 ? notYet : called.problem };
      const told = next(called.json);
      if ('code' in told) return { ok: false, problem: told };
      items.push(...told.items);
      cursor = told.cursor;
      if (cursor === null) return { ok: true, items };
    }
    return { ok: false, problem: { code: 'protocol', text: 'the report never ends' } };
  }

  async function rowsOf(ledgerId: string, topic: Topic): Promise<Pages<SettlementRow>> {
    return all<SettlementRow>(`/report/v2/ledgers/${encodeURIComponent(ledgerId)}/${topic}/dates/${day}`, (json) => {
      const found = read(page, json);
      if (!found) return broken;
      if (found.tryLater === true) return notYet;
      const items = found.items.filter(({ recipientHandle }) => !recipientHandle || isOf(recipientHandle, unit)).map((one) => rowOf(topic, one));
      return { items, cursor: found.hasMore === true ? (found.cursor ?? null) : null };
    });
  }

  const found = await all<z.infer<typeof ledgers>['items'][number]>('/settlement/v1/ledgers', (json) => {
    const list = read(ledgers, json);
    return list ? { items: list.items, cursor: list.cursor || null } : broken;
  });
  if (!found.ok) return found;
  const own = found.items.filter(({ settlesForRecipientHandles }) => settlesForRecipientHandles?.some((handle) => isOf(handle, unit)));
  const rows: SettlementRow[] = [];
  for (const { ledgerId } of own) {
    for (const topic of ['funds', 'fees'] as const) {
      const told = await rowsOf(ledgerId, topic);
      if (!told.ok) return told;
      rows.push(...told.items);
    }
  }
  return { ok: true, rows };
}

const notYet: ProviderProblem = { code: 'unreachable', text: 'the day is not closed yet: ask again in half an hour' };
const broken: ProviderProblem = { code: 'protocol', text: 'the report is not as it is documented' };
