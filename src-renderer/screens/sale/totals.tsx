import { Ellipsis, Hash, Hourglass, Pause, Percent, Undo2, X } from 'lucide-react';
import type { LineView, PostView, SaleView } from '../../../src-main/contract/sale.ts';
import { amount, count, money } from '../../features/format/index.ts';
import { callApproved } from '../../features/approval/store.ts';
import { isRunning } from '../../features/refunds/refund-state.tsx';
import { useTenderName } from '../../features/tenders/index.ts';
import { useTill } from '../../features/till/store.ts';
import { useWords } from '../../features/words/index.ts';
import { Button } from '../../ui/button.tsx';
import { done } from './actions.ts';
import { Mark } from './mark.tsx';
import { openDialog } from './state.ts';

/** The way back of a payment that only its provider can give back. */
function Back({ post, goesBack }: { readonly post: PostView; readonly goesBack: NonNullable<PostView['goesBack']> }) {
  const { t } = useWords();
  const running = goesBack.refund !== null && isRunning(goesBack.refund);
  return (
    <Button kind={running ? 'plain' : 'danger'} size="small" className={running ? 'going-back' : ''} onPress={() => openDialog({ kind: 'give-back', postId: post.id })} testId="give-back">
      {running ? <Hourglass size={18} aria-hidden /> : <Undo2 size={18} aria-hidden />}
      {t(running ? 'refund.goesBack' : 'refund.giveBack')}
    </Button>
  );
}

/** Part payments on the receipt, each with its way back. */
function Parts({ sale }: { readonly sale: SaleView }) {
  const { t, language } = useWords();
  const tenderName = useTenderName();
  const taken = sale.posts.filter((post) => post.kind === 'payment');
  return taken.map((post) => {
    const change = sale.posts.find((other) => (other.kind === 'change' || other.kind === 'cash-back') && other.at === post.at);
    const name = sale.tenders.find((tender) => tender.id === post.tenderId)?.name;
    return (
      <div className="totals-row paid" key={post.id}>
        <span>{tenderName(post.tenderKind, name)}</span>
        {post.tenderKind === 'cash' ? null : <Mark mark={post.verified ? 'verified' : 'manual'} />}
        {post.goesBack ? <Back post={post} goesBack={post.goesBack} /> : null}
        <span className="amount">{amount(language, -(post.amountMinor + (change?.amountMinor ?? 0)))}</span>
        {post.removable ? (
          <Button kind="quiet" size="small" label={t('sale.takeBack')} onPress={() => void done(callApproved('payment.remove', { postId: post.id }))}>
            <X size={18} aria-hidden />
          </Button>
        ) : null}
      </div>
    );
  });
}

/** The foot of the receipt: what it comes to, and the four buttons that work on it. */
export function Totals({ line }: { readonly line: LineView | null }) {
  const { t, language } = useWords();
  const sale = useTill((state) => state.sale);
  if (!sale) return null;
  const { totals, currency } = sale;
  const open = sale.state === 'open';
  return (
    <div className="totals">
      <div className="totals-row">
        <span>
          {t('sale.articles', { count: totals.articles, shown: count(language, totals.articles) })}
          {` · ${t('sale.vat', { amount: amount(language, totals.vatMinor) })}`}
        </span>
        <span className="amount">{amount(language, totals.grossMinor)}</span>
      </div>
      {totals.discountMinor === 0 ? null : (
        <div className="totals-row">
          <span>{t('sale.discount')}</span>
          <span className="amount">{amount(language, -totals.discountMinor)}</span>
        </div>
      )}
      <Parts sale={sale} />
      <div className="totals-due">
        <span>{t(totals.dueMinor < 0 ? 'sale.toGiveBack' : 'sale.toPay')}</span>
        <output className="amount" data-testid="total" aria-live="polite">
          {money(language, Math.abs(totals.dueMinor), currency)}
        </output>
      </div>
      <div className="totals-buttons">
        <Button hotkey="F4" disabled={!line || !open} onPress={() => line && openDialog({ kind: 'quantity', lineId: line.id })} testId="action-quantity">
          <Hash size={19} aria-hidden />
          {t('sale.quantity')}
        </Button>
        <Button hotkey="F6" disabled={!line || !open} onPress={() => line && openDialog({ kind: 'discount', lineId: line.id })} testId="action-discount">
          <Percent size={19} aria-hidden />
          {t('sale.discount')}
        </Button>
        {sale.lines.length === 0 ? (
          <Button hotkey="F7" disabled={sale.parkedCount === 0} onPress={() => openDialog({ kind: 'parked' })} testId="action-resume">
            <Pause size={19} aria-hidden />
            {t('sale.resume')}
          </Button>
        ) : (
          <Button hotkey="F7" disabled={!open} onPress={() => openDialog({ kind: 'park' })} testId="action-park">
            <Pause size={19} aria-hidden />
            {t('sale.park')}
          </Button>
        )}
        <Button hotkey="F8" onPress={() => openDialog({ kind: 'more' })} testId="action-more">
          <Ellipsis size={19} aria-hidden />
          {t('sale.more')}
        </Button>
      </div>
    </div>
  );
}
