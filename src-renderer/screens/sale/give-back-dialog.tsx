import { useEffect, useState } from 'react';
import type { PostView } from '../../../src-main/contract/sale.ts';
import { callApproved } from '../../features/approval/store.ts';
import { AskDialog } from '../../features/ask/ask-dialog.tsx';
import { ReasonField } from '../../features/ask/reason-field.tsx';
import { money } from '../../features/format/index.ts';
import { notify } from '../../features/notices/store.ts';
import { IdentifierField, isTold, refundFailure, toldOf } from '../../features/refunds/identifier-field.tsx';
import { isRunning, RefundPanel } from '../../features/refunds/refund-state.tsx';
import { useScanTarget } from '../../features/scanner/targets.ts';
import { useShortcuts } from '../../features/shortcuts/index.ts';
import { play } from '../../features/sounds/index.ts';
import { useTenderName } from '../../features/tenders/index.ts';
import { useShop, useTill } from '../../features/till/store.ts';
import { useWords } from '../../features/words/index.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions } from '../../ui/dialog.tsx';
import { setAside } from './aside.tsx';
import { closeDialog } from './state.ts';

type GoesBack = NonNullable<PostView['goesBack']>;
type Part = { readonly post: PostView; readonly back: GoesBack; readonly name: string };

/** A part payment by app goes back whole, by its provider; the dialog stays until it is known what came of it. */
export function GiveBackDialog({ postId }: { readonly postId: string }) {
  const { t, language } = useWords();
  const tenderName = useTenderName();
  const sale = useTill((state) => state.sale);
  const post = sale?.posts.find((one) => one.id === postId);
  // Once it has gone the post is not there any more; what it was is said as it leaves.
  const [shown] = useState(post);
  const gone = sale !== null && shown !== undefined && post === undefined;
  useEffect(() => {
    if (!gone || !shown || !sale) return;
    play('paid');
    notify(t('refund.backDone', { amount: money(language, shown.amountMinor, sale.currency), name: tenderName(shown.tenderKind) }));
    closeDialog();
  }, [gone, shown, sale, t, language, tenderName]);
  const [again, setAgain] = useState(false);
  if (!sale || !post?.goesBack) return null;
  const part = { post, back: post.goesBack, name: tenderName(post.tenderKind, sale.tenders.find((tender) => tender.id === post.tenderId)?.name) };
  const { refund } = part.back;
  return refund && (isRunning(refund) || !again) ? <Under part={part} onAgain={() => setAgain(true)} /> : <Ask part={part} onBegun={() => setAgain(false)} />;
}

function Ask({ part: { post, back, name }, onBegun }: { readonly part: Part; readonly onBegun: () => void }) {
  const { t, language } = useWords();
  const { shop } = useShop();
  const [reason, setReason] = useState('');
  const [identifier, setIdentifier] = useState('');
  const [requestId] = useState(() => crypto.randomUUID());
  const [error, setError] = useState<string | null>(null);
  const start = async (): Promise<boolean> => {
    const started = await callApproved('refund.start', { requestId, postId: post.id, amountMinor: post.amountMinor, reason, ...toldOf(back.asks, identifier) });
    setError(started.ok ? null : refundFailure(t, language, started.error, shop.currency, back.asks));
    if (started.ok) onBegun();
    // The same dialog goes on with what came of it.
    return false;
  };
  return (
    <AskDialog title={t('refund.giveBackDialog', { name })} ok={t('refund.giveBack')} okKind="destroy" ready={reason.trim() !== '' && isTold(back.asks, identifier)} onClose={closeDialog} onOk={start} testId="give-back-dialog">
      <p className="dialog-big amount">{money(language, post.amountMinor, shop.currency)}</p>
      <p className="quiet-text">{t('refund.giveBackText', { name })}</p>
      <IdentifierField asks={back.asks} value={identifier} onChange={setIdentifier} error={back.asks ? error : null} autoFocus />
      <ReasonField value={reason} onChange={setReason} suggestions={['left', 'mistake']} autoFocus={!back.asks} />
      {error !== null && !back.asks ? <p role="alert" className="error">{error}</p> : null}
    </AskDialog>
  );
}

/** While it is on its way, and when it was refused. The two buttons keep their places. */
function Under({ part: { post, back, name }, onAgain }: { readonly part: Part; readonly onAgain: () => void }) {
  const { t, language } = useWords();
  const { shop } = useShop();
  const { refund } = back;
  const running = refund !== null && isRunning(refund);
  useScanTarget(null);
  useShortcuts(running ? { F3: () => void setAside() } : {});
  if (!refund) return null;
  return (
    <Dialog title={t('refund.giveBackDialog', { name })} onClose={closeDialog} stage={running ? 'under' : 'refused'} testId="give-back-dialog">
      <p className="dialog-big amount">{money(language, post.amountMinor, shop.currency)}</p>
      <RefundPanel refund={refund} />
      <DialogActions>
        <Button size="large" onPress={closeDialog} testId="give-back-close">{t('refund.toSale')}</Button>
        {running ? (
          <Button size="large" hotkey="F3" onPress={() => void setAside()} testId="pay-aside">{t('wait.setAside')}</Button>
        ) : (
          <Button size="large" kind="danger" onPress={onAgain} testId="give-back-again">{t('refund.giveBack')}</Button>
        )}
      </DialogActions>
    </Dialog>
  );
}
