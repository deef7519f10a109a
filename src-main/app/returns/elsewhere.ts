import { fail, ok, type Result } from '../../contract/errors.ts';
import { minor, subtract, sum, zero, type Minor } from '../../core/money.ts';
import type { ChainReceipt, ChainRefundAnswer, ChainRefundOrder, ChainRefunds, Elsewhere, PartOtherwise } from '../../core/ports/chain-refunds.ts';
import type { NewLine } from '../../core/sales/changes.ts';
import type { Receipt } from '../../core/sales/model.ts';
import { nothingBack, type CameBack } from '../../core/sales/returns.ts';
import { heldPosts } from '../../core/sales/totals.ts';
import type { TenderRegistry } from '../../core/payments/tenders.ts';
import { negate } from '../../core/money.ts';

const nowhere: Elsewhere = { lines: new Map(), payments: new Map(), otherwise: [], underWay: false };

/** What happens to receipts in other stores of the chain, as this register knows it. A shop alone has nothing elsewhere. */
export type ReturnsElsewhere = {
  readonly chain: ChainRefunds | null;
  /** What other stores did with a receipt of ours, when it was asked last. */
  known(receiptId: string): Elsewhere;
  back(receiptId: string): (lineId: string) => CameBack;
  /** Asks again. */
  look(receiptId: string): Promise<Result<null>>;
  /** Holds a return's lines with the chain before they are written here. */
  hold(returnId: string, of: { readonly storeId: string | null; readonly receiptId: string }, lines: readonly NewLine[]): Promise<Result<null>>;
  /** A return has ended: the chain is told once; should it not hear, it is told when the return is looked at again, and at the next start. */
  settle(receipt: Receipt, parts: readonly PartOtherwise[]): void;
  refund(order: ChainRefundOrder, status: boolean): Promise<ChainRefundAnswer>;
};

/** Amounts of a return's lines with the sign of the sale. */
const heldOf = ({ back, quantityMilli, fixedAmountMinor }: NewLine) =>
  back?.ofLineId == null ? [] : [{ lineId: back.ofLineId, quantityMilli, grossMinor: negate(back.grossMinor), payableMinor: negate(fixedAmountMinor ?? zero), vatMinor: negate(back.vatMinor) }];

export function createReturnsElsewhere(chain: ChainRefunds | null, epoch: () => string = () => ''): ReturnsElsewhere {
  const last = new Map<string, Elsewhere>();
  const settled = new Set<string>();
  const known = (receiptId: string): Elsewhere => last.get(receiptId) ?? nowhere;

  return {
    chain,
    known,
    back: (receiptId) => (lineId) => known(receiptId).lines.get(lineId) ?? nothingBack,
    async look(receiptId) {
      if (!chain) return ok(null);
      const found = await chain.elsewhere(receiptId);
      if (!found.ok) return found;
      last.set(receiptId, found.value);
      return ok(null);
    },
    hold: (returnId, { storeId, receiptId }, lines) =>
      chain ? chain.hold({ returnId, epoch: epoch(), of: { storeId: storeId ?? chain.me.storeId, receiptId }, lines: lines.flatMap(heldOf) }) : Promise.resolve(ok(null)),
    settle(receipt, parts) {
      const ended = receipt.state === 'completed' || receipt.state === 'voided';
      if (!chain || !ended || settled.has(receipt.id)) return;
      settled.add(receipt.id);
      void chain.settle(receipt.id, receipt.state === 'completed' ? 'completed' : 'dropped', parts).then((told) => told.ok || settled.delete(receipt.id));
    },
    refund(order, status) {
      if (!chain) return Promise.resolve({ kind: 'unknown', problem: { code: 'not-configured' } });
      return status ? chain.refundStatus(order) : chain.refund(order);
    },
  };
}

/**
 * How a return of another store's receipt gave money back beside refunds, in that store's own terms: what went back on this store's card
 * terminal fills up what had been paid on the other's.
 */
export function partsOf(kinds: TenderRegistry, receipt: Receipt, known: ChainReceipt | null): readonly PartOtherwise[] {
  const posts = heldPosts(receipt.posts);
  const by = (proof: 'cash' | 'manual'): Minor => negate(sum(posts.filter((post) => kinds.get(post.tenderKind)?.proof === proof).map((post) => post.amountMinor)));
  let onCard = by('manual');
  const cards = (known?.otherwise ?? []).filter((one) => one.by === 'card').map(({ tenderId, leftMinor }): PartOtherwise => {
    const amountMinor = minor(Math.min(leftMinor, onCard));
    onCard = subtract(onCard, amountMinor);
    return { by: 'card', tenderId, amountMinor };
  });
  // Rounding is cash alone.
  const cash = by('cash') === zero ? zero : minor(by('cash') + receipt.roundingMinor);
  return [...cards, { by: 'cash', tenderId: 'cash', amountMinor: cash } as const].filter((one) => one.amountMinor > 0);
}

/** Where there is no chain nobody else's receipts are known. */
export const chainOf = ({ chain }: ReturnsElsewhere): Result<ChainRefunds> => (chain ? ok(chain) : fail('store-unknown'));
