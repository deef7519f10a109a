import { useCallback, useEffect, useState } from 'react';
import type { CallOutput } from '../../../src-main/contract/index.ts';
import type { RefundView } from '../../../src-main/contract/refunds.ts';
import { dayTime, money } from '../../features/format/index.ts';
import { isRunning, RefundPanel, RefundPill, RefundSentence } from '../../features/refunds/refund-state.tsx';
import { useTenderName } from '../../features/tenders/index.ts';
import { useShop } from '../../features/till/store.ts';
import { useWords } from '../../features/words/index.ts';
import { call, subscribe } from '../../transport/index.ts';

type OfReceipt = CallOutput<'refund.of-receipt'>;

/** What of a receipt's payments can go back, and what became of what was sent. */
function useRefunds(receiptId: string): OfReceipt | null {
  const [found, setFound] = useState<OfReceipt | null>(null);
  const load = useCallback(async (): Promise<void> => {
    const answer = await call('refund.of-receipt', { receiptId });
    if (answer.ok) setFound(answer.value);
  }, [receiptId]);
  useEffect(() => {
    void load();
    return subscribe('refund.changed', (refund) => {
      if (refund.receiptId === receiptId) void load();
    });
  }, [receiptId, load]);
  return found;
}

function Row({ refund }: { readonly refund: RefundView }) {
  const { language } = useWords();
  const { shop } = useShop();
  return (
    <li className="refund">
      <div className="refund-line">
        <span>{refund.reason}</span>
        <RefundPill refund={refund} />
        <span className="amount">{money(language, -refund.amountMinor, refund.currency)}</span>
      </div>
      <p className="line-under">{`${dayTime(language, refund.at, shop.timeZone)}${refund.providerReference === '' ? '' : ` · ${refund.providerReference}`}`}</p>
      {refund.needsDecision ? <RefundPanel refund={refund} /> : isRunning(refund) || refund.state === 'refused' ? <RefundSentence refund={refund} /> : null}
    </li>
  );
}

/** The app payments of a receipt with what has gone back of them; they go back by a return. Nothing where there are none. */
export function Refunds({ receiptId }: { readonly receiptId: string }) {
  const { t, language } = useWords();
  const { shop } = useShop();
  const tenderName = useTenderName();
  const found = useRefunds(receiptId);
  const posts = (found?.posts ?? []).filter((post) => post.not !== 'not-by-provider');
  if (!found || posts.length === 0) return null;
  return (
    <section className="card refunds" aria-label={t('refund.title')}>
      {posts.map((post) => {
        const name = tenderName(post.tenderKind);
        return (
          <div className="refund-line" key={post.postId}>
            <span>
              {name}
              <span className="line-under">{` ${post.not === null ? t('refund.left', { amount: money(language, post.leftMinor, shop.currency) }) : t(`refund.not.${post.not}`, { name })}`}</span>
            </span>
            <span className="amount">{money(language, post.amountMinor, shop.currency)}</span>
          </div>
        );
      })}
      <ul>
        {found.refunds.map((refund) => (
          <Row key={refund.refundId} refund={refund} />
        ))}
      </ul>
    </section>
  );
}
