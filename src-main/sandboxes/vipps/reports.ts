import type { WireAnswer } from '../shared/types.ts';
import { json, nameOf } from './answers.ts';
import type { Call } from './call.ts';
import { dateOf, entriesOf, ledgersOf, type Entry, type Ledger } from './ledger.ts';
import type { Currency } from './state.ts';

/** Small on purpose: whoever reads a report has to turn its pages. */
const pageSize = 5;

const countries: Readonly<Record<Currency, { readonly account: string; readonly owner: string }>> = {
  NOK: { account: 'BBAN:NO', owner: 'business:NO:ORG' },
  DKK: { account: 'BBAN:DK', owner: 'business:DK:CVR' },
  EUR: { account: 'IBAN', owner: 'business:FI:Y-tunnus' },
};

const problem = ({ request }: Call, status: number, title: string): WireAnswer => ({ ...json(status, { type: `https://httpstatuses.io/${status}`, title: nameOf(status), status, detail: title, instance: request.path }), type: 'application/problem+json' });

/** The accounts that these keys may see; nobody says which unit is meant (Vipps, section 13). */
const visible = ({ state, caller }: Call): readonly Ledger[] => {
  const { owner } = caller;
  return ledgersOf(owner.kind === 'unit' ? [owner.unit] : state.units.filter(({ msn }) => owner.partner.units.includes(msn)));
};

const written = (cursor: object): string => Buffer.from(JSON.stringify(cursor)).toString('base64url');

/** Where a page begins; a cursor stands for the very report it came with. */
function startOf(cursor: string | null, of: string): number | null {
  if (cursor === null) return 0;
  try {
    const read = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as { readonly of?: unknown; readonly after?: unknown };
    return read.of === of && typeof read.after === 'number' ? read.after : null;
  } catch {
    return null;
  }
}

export function ledgers(call: Call): WireAnswer {
  const query = new URLSearchParams(call.request.query ?? '');
  const handle = query.get('settlesForRecipientHandles');
  const start = startOf(query.get('cursor'), 'ledgers');
  if (start === null) return problem(call, 400, 'The cursor is not one of this list');
  const all = visible(call).filter(({ unit }) => handle === null || handle === `api:${unit.msn}`);
  const items = all.slice(start, start + pageSize).map(({ ledgerId, currency, unit }) => ({
    ledgerId,
    currency,
    payoutBankAccount: { scheme: countries[currency].account, id: `8601${ledgerId}` },
    owner: { scheme: countries[currency].owner, id: `9${unit.msn.padStart(8, '0')}` },
    settlesForRecipientHandles: [`api:${unit.msn}`],
  }));
  return json(200, { items, cursor: start + pageSize < all.length ? written({ of: 'ledgers', after: start + pageSize }) : '' });
}

const shown = ({ currency, unit }: Ledger, entry: Entry): object => ({
  pspReference: entry.pspReference,
  time: new Date(entry.atMs).toISOString(),
  ledgerDate: dateOf(entry.atMs),
  entryType: entry.entryType,
  reference: entry.reference,
  currency,
  amount: entry.amount,
  balanceBefore: entry.balanceBefore,
  balanceAfter: entry.balanceAfter,
  recipientHandle: `api:${unit.msn}`,
});

/** A day of an account. A day that is not over yet says so, one that has not begun is not found (Vipps, section 13). */
export function report(call: Call): WireAnswer {
  const { state, request, nowMs } = call;
  const [, , , , ledgerId = '', topic = '', , date = ''] = request.path.split('/');
  const ledger = visible(call).find((one) => one.ledgerId === ledgerId);
  if (!ledger) return problem(call, 404, 'There is no such ledger');
  const valid = /^\d{4}-\d{2}-\d{2}$/.test(date) && !Number.isNaN(Date.parse(date));
  if ((topic !== 'funds' && topic !== 'fees') || !valid) return problem(call, 400, 'The topic is funds or fees, and the date is YYYY-MM-DD');
  const today = dateOf(nowMs);
  if (date > today) return problem(call, 404, 'The report is not available yet');
  const of = `${ledgerId} ${topic} ${date}`;
  const start = startOf(new URLSearchParams(request.query ?? '').get('cursor'), of);
  if (start === null) return problem(call, 400, 'The cursor is not one of this report');
  const entries = entriesOf(state, ledger, topic, nowMs).filter(({ atMs }) => dateOf(atMs) === date);
  const hasMore = start + pageSize < entries.length;
  const items = entries.slice(start, start + pageSize).map((entry) => shown(ledger, entry));
  return json(200, { items, hasMore, tryLater: date === today, ...(hasMore ? { cursor: written({ of, after: start + pageSize }) } : {}) });
}
