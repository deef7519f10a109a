import { fail, ok, type Failure, type Result } from '../../contract/errors.ts';
import type { CallOutput } from '../../contract/index.ts';
import type { ProviderProblem } from '../../contract/payment.ts';
import type { PaymentProvider, ProviderLink, SettlementRow } from '../../core/payments/provider.ts';
import type { ChainRefunds } from '../../core/ports/chain-refunds.ts';
import { compareDay, type Comparison, type OurPost } from '../../core/settlement/compare.ts';
import { dayBounds } from '../../core/time.ts';
import type { ShopContext } from '../context.ts';
import type { CallsOf, Handlers } from '../handlers.ts';
import { notConfigured, type Links } from '../payments/links.ts';
import type { Session } from '../session.ts';
import { givenForUs } from './given-for-us.ts';

type View = CallOutput<'settlement.compare'>;
type Books = { readonly provider: PaymentProvider; readonly link: ProviderLink };

/** The calendar day so many days away. */
const dayBeside = (day: string, days: number): string => new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

/** As a failure of a call; the provider's own code and words go with it for support. */
const failed = ({ code, providerCode = '', text = '' }: ProviderProblem, name: string): { readonly ok: false; readonly error: Failure } => fail(code, { name, code: providerCode, reason: text });

/** Lays days of the shop beside its providers' own books. */
export function createSettlement(context: ShopContext, session: Session, links: Links, chain: ChainRefunds | null): Handlers<CallsOf<'settlement'>> {
  const { stores, log } = context;

  /** Ours of one day of the shop's calendar. */
  async function postsOf(kind: string, day: string): Promise<readonly OurPost[]> {
    const [from, to] = dayBounds(context.shop().timeZone, day);
    return [...stores.settlements.posts(kind, from, to), ...(await givenForUs(chain, stores, kind, from, to))];
  }

  async function rowsOf({ provider, link }: Books, day: string): Promise<readonly SettlementRow[] | ProviderProblem> {
    try {
      const answer = (await provider.settlementRows?.(link, day)) ?? { ok: false, problem: notConfigured };
      return answer.ok ? answer.rows : answer.problem;
    } catch (error) {
      log.error('a provider’s books could not be read', { kind: provider.capabilities.kind, error: error instanceof Error ? error.stack : String(error) });
      return { code: 'protocol' };
    }
  }

  async function compare(books: Books, day: string): Promise<Result<View>> {
    const { capabilities, description } = books.provider;
    const { kind } = capabilities;
    const rows = await rowsOf(books, day);
    if ('code' in rows) return failed(rows, description.name);
    const posts = await postsOf(kind, day);
    const nearPosts = [...(await postsOf(kind, dayBeside(day, -1))), ...(await postsOf(kind, dayBeside(day, 1)))];
    const view = (comparison: Comparison, neighbours: View['neighbours']): Result<View> => ok({ kind, day, neighbours, ...told(comparison) });
    const alone = compareDay({ posts, nearPosts, rows, nearRows: [] });
    if (alone.rows.every(({ state, otherDay }) => state === 'matched' && !otherDay)) return view(alone, 'not-needed');
    const beside = [await rowsOf(books, dayBeside(day, -1)), await rowsOf(books, dayBeside(day, 1))];
    const nearRows = beside.flatMap((one) => ('code' in one ? [] : one));
    return view(compareDay({ posts, nearPosts, rows, nearRows }), beside.some((one) => 'code' in one) ? 'not-available' : 'asked');
  }

  return {
    'settlement.compare': ({ kind, day, approval }) => {
      const may = session.authorise('settlement-read', approval);
      if (!may.ok) return may;
      const provider = links.provider(kind);
      const link = links.link(kind);
      if (!provider?.settlementRows || !link) return fail('not-configured');
      return compare({ provider, link }, day);
    },
  };
}

/** As the window is told; lists are its own. */
const told = ({ rows, fees, payouts, others }: Comparison): Pick<View, 'rows' | 'fees' | 'payouts' | 'others'> => ({
  rows: rows.map((row) => ({ ...row, here: row.here.map((post) => ({ ...post, references: [...post.references] })), there: [...row.there] })),
  fees: [...fees],
  payouts: [...payouts],
  others: [...others],
});
