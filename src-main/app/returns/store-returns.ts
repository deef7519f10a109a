import { fail, ok, type Result } from '../../contract/errors.ts';
import type { ParsedInput } from '../../contract/index.ts';
import type { ChainStoreView, ReturnableView, ReturnView, StoreReceiptRow } from '../../contract/returns.ts';
import type { ChainReceipt, ReceiptOf } from '../../core/ports/chain-refunds.ts';
import type { Change } from '../../core/sales/changes.ts';
import type { Receipt, ReturnOf } from '../../core/sales/model.ts';
import { composeReturn, returnOpen, storeLinesBack } from '../../core/sales/returns.ts';
import { today, type ShopContext } from '../context.ts';
import { chainOf, type ReturnsElsewhere } from './elsewhere.ts';

type Parts = {
  readonly elsewhere: ReturnsElsewhere;
  readonly found: (returnId: string) => Result<Receipt>;
  readonly keep: (before: Receipt | null, composed: Result<Change>, detail: Readonly<Record<string, unknown>>, around: { readonly first: () => void; readonly last: () => void }) => Result<ReturnView>;
  readonly opened: (returned: ReturnOf) => Receipt;
  readonly moneyRunning: (returnId: string) => boolean;
  readonly holdLines: (receipt: Receipt, composed: Result<Change>, storeId: string, receiptId: string) => Promise<Result<Change>>;
};

type Composing = ParsedInput<'return.compose'> & { readonly storeId: string };

/** Returns of receipts of other stores: found and composed through the chain, and then like every other return of this register. */
export function createStoreReturns(context: ShopContext, { elsewhere, found, keep, opened, moneyRunning, holdLines }: Parts) {
  const { stores, ids } = context;

  /** The register's own return of it that has not ended. */
  const unfinishedOf = ({ storeId, receiptId }: ReceiptOf): Receipt | null =>
    stores.returns.unfinished(context.register.id).find(({ returned }) => returned?.origin?.storeId === storeId && returned.origin.receiptId === receiptId) ?? null;

  async function receiptOf(of: ReceiptOf, exceptReturnId: string | null): Promise<Result<ChainReceipt>> {
    const chain = chainOf(elsewhere);
    if (!chain.ok) return chain;
    const receipt = await chain.value.receipt(of, exceptReturnId);
    if (!receipt.ok) return receipt;
    // Its VAT and its books are another country's.
    return receipt.value.country === context.shop().country && receipt.value.currency === context.shop().currency ? receipt : fail('store-abroad', { store: receipt.value.store.name });
  }

  /** Only what is sold here under the same code has a group and a stock here. */
  const articleOf = (code: string): string | null => (code === '' ? null : (stores.articles.byGtin(code, today(context)) ?? stores.articles.byPlu(code, today(context)))?.id ?? null);

  async function compose({ returnId, storeId, receiptId, lines, reason }: Composing): Promise<Result<ReturnView>> {
    const sold = await receiptOf({ storeId, receiptId }, returnId);
    if (!sold.ok) return sold;
    const before = returnId === null ? ok(null) : found(returnId);
    if (!before.ok) return before;
    const origin = before.value?.returned?.origin;
    if (before.value && (origin?.storeId !== storeId || origin.receiptId !== receiptId)) return fail('return-unknown');
    if (sold.value.underWay || (returnId !== null && moneyRunning(returnId))) return fail('return-under-way');
    const back = storeLinesBack(sold.value.lines, lines, ids.next, articleOf);
    if (!back.ok) return back;
    const { store, number, registerNumber, at } = sold.value;
    const receipt = before.value ?? opened({ receiptId: null, reason, purpose: 'goods', inExchange: false, origin: { storeId, storeName: store.name, receiptId, number, registerNumber, at } });
    const held = await holdLines(receipt, composeReturn(receipt, back.value, reason), storeId, receiptId);
    if (!held.ok) return held;
    return keep(before.value, held, { number }, { first: () => stores.returns.know(sold.value), last: () => stores.returns.keepKnown(receipt.id, sold.value) });
  }

  async function returnable(of: ReceiptOf): Promise<Result<ReturnableView>> {
    const open = unfinishedOf(of);
    const sold = await receiptOf(of, open && returnOpen(open) ? open.id : null);
    if (!sold.ok) return sold;
    const { store, receiptId, number, registerNumber, at, totalMinor, currency, tenderKinds, lines } = sold.value;
    return ok({
      store,
      receipt: { receiptId, number, registerNumber, at, totalMinor, currency, tenders: [...tenderKinds], staffName: '' },
      lines: lines.map(({ lineId, name, code, unit, quantityMilli, payableMinor, back }) => ({ lineId, name, code, unit, quantityMilli, leftMilli: quantityMilli - back.quantityMilli, payableMinor })),
      openReturnId: open?.id ?? null,
      returns: [],
    });
  }

  return {
    compose,
    returnable,
    async stores(): Promise<Result<ChainStoreView[]>> {
      const all = elsewhere.chain ? await elsewhere.chain.stores() : ok([]);
      return all.ok ? ok([...all.value]) : all;
    },
    async find(query: ParsedInput<'return.find-elsewhere'>): Promise<Result<StoreReceiptRow[]>> {
      const chain = chainOf(elsewhere);
      const heads = chain.ok ? await chain.value.find(query) : chain;
      return heads.ok ? ok(heads.value.map(({ tenderKinds, ...head }) => ({ ...head, tenders: [...tenderKinds] }))) : heads;
    },
    /** Asks what of a return's receipt is left now; what was known last stays where nobody answers. */
    async fresh({ id, state, returned }: Receipt): Promise<void> {
      if (!returned?.origin || state === 'completed' || state === 'voided') return;
      const now = await receiptOf(returned.origin, id);
      const still = found(id);
      if (now.ok && still.ok && (still.value.state === 'open' || still.value.state === 'paying')) stores.returns.keepKnown(id, now.value);
    },
  };
}
