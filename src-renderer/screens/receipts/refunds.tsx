import { useCallback, useEffect, useState } from 'react';
import { Undo2 } from 'lucide-react';
import type { CallOutput } from '../../../src-main/contract/index.ts';
import type { RefundablePost, RefundView } from '../../../src-main/contract/refunds.ts';
import { AmountField, useAmountField } from '../../features/amounts/amount-field.tsx';
import { callApproved } from '../../features/approval/store.ts';
import { AskDialog } from '../../features/ask/ask-dialog.tsx';
import { ReasonField } from '../../features/ask/reason-field.tsx';
import { dayTime, money } from '../../features/format/index.ts';
import { IdentifierField, isTold, refundFailure, toldOf } from '../../features/refunds/identifier-field.tsx';
import { isRunning, RefundPanel, RefundPill, RefundSentence } from '../../features/refunds/refund-state.tsx';
import { useTenderName } from '../../features/tenders/index.ts';
import { useShop } from '../../features/till/store.ts';
import { useWords } from '../../features/words/index.ts';
import { call, subscribe } from '../../transport/index.ts';
import { Button } from '../../ui/button.tsx';

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

/** Asks how much goes back and why, and what the provider wants to know of the customer; the same tap twice is one refund. */
function RefundDialog({ post, onClose }: { readonly post: RefundablePost; readonly onClose: () => void }) {
  const { t, language } = useWords();
  const { shop } = useShop();
  const tenderName = useTenderName();
  const field = useAmountField(post.leftMinor);
  const [reason, setReason] = useState('');
  const [identifier, setIdentifier] = useState('');
  const [requestId] = useState(() => crypto.randomUUID());
  const [error, setError] = useState<{ readonly of: 'amount' | 'identifier'; readonly text: string } | null>(null);
  const typed = !post.partial ? post.leftMinor : 'minor' in field.amount ? field.amount.minor : null;
  const start = async (): Promise<boolean> => {
    if (typed === null) return false;
    const started = await callApproved('refund.start', { requestId, postId: post.postId, amountMinor: typed, reason, ...toldOf(post.asks, identifier) });
    if (!started.ok) setError({ of: started.error.code === 'refund-identifier' ? 'identifier' : 'amount', text: refundFailure(t, language, started.error, shop.currency, post.asks) });
    return started.ok;
  };
  const errorOf = (of: 'amount' | 'identifier'): string | null => (error?.of === of ? error.text : null);
  return (
    <AskDialog title={t('refund.dialog', { name: tenderName(post.tenderKind) })} ok={t('refund.start')} okKind="destroy" ready={typed !== null && typed > 0 && reason.trim() !== '' && isTold(post.asks, identifier)} onClose={onClose} onOk={start} testId="refund-dialog">
      {post.partial ? (
        <AmountField label={t('refund.amount')} hint={t('refund.left', { amount: money(language, post.leftMinor, shop.currency) })} field={field} error={errorOf('amount')} autoFocus testId="refund-amount" />
      ) : (
        <>
          <p className="dialog-big">{money(language, post.leftMinor, shop.currency)}</p>
          {errorOf('amount') === null ? null : <p role="alert" className="error">{errorOf('amount')}</p>}
        </>
      )}
      <IdentifierField asks={post.asks} value={identifier} onChange={setIdentifier} error={errorOf('identifier')} autoFocus={!post.partial} />
      <ReasonField value={reason} onChange={setReason} suggestions={['broughtBack', 'mistake']} />
    </AskDialog>
  );
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

/** The app payments of a receipt with their refunds; nothing where there are none. */
export function Refunds({ receiptId }: { readonly receiptId: string }) {
  const { t, language } = useWords();
  const { shop } = useShop();
  const tenderName = useTenderName();
  const found = useRefunds(receiptId);
  const [chosen, setChosen] = useState<RefundablePost | null>(null);
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
            <Button size="small" kind="danger" disabled={post.not !== null} onPress={() => setChosen(post)} testId="refund">
              <Undo2 size={18} aria-hidden />
              {t('refund.start')}
            </Button>
            <span className="amount">{money(language, post.amountMinor, shop.currency)}</span>
          </div>
        );
      })}
      <ul>
        {found.refunds.map((refund) => (
          <Row key={refund.refundId} refund={refund} />
        ))}
      </ul>
      {chosen ? <RefundDialog post={chosen} onClose={() => setChosen(null)} /> : null}
    </section>
  );
}
