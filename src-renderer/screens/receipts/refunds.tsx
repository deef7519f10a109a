import { useCallback, useEffect, useState } from 'react';
import { Ban, CircleCheck, CircleHelp, Hourglass, Undo2, type LucideIcon } from 'lucide-react';
import type { CallOutput } from '../../../src-main/contract/index.ts';
import type { RefundablePost, RefundState, RefundView } from '../../../src-main/contract/refunds.ts';
import { AmountField, useAmountField } from '../../features/amounts/amount-field.tsx';
import { callApproved } from '../../features/approval/store.ts';
import { AskDialog } from '../../features/ask/ask-dialog.tsx';
import { ReasonField } from '../../features/ask/reason-field.tsx';
import { dayTime, money } from '../../features/format/index.ts';
import { notify } from '../../features/notices/store.ts';
import { problemText } from '../../features/problems/index.ts';
import { useTenderName } from '../../features/tenders/index.ts';
import { useShop } from '../../features/till/store.ts';
import { failureText, useWords } from '../../features/words/index.ts';
import { call, subscribe } from '../../transport/index.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/fields.tsx';
import { Panel, Pill, type Tone } from '../../ui/pieces.tsx';

type OfReceipt = CallOutput<'refund.of-receipt'>;

const looks: Readonly<Record<RefundState, { readonly tone: Tone; readonly icon: LucideIcon }>> = {
  intended: { tone: 'waiting', icon: Hourglass },
  sending: { tone: 'waiting', icon: Hourglass },
  'outcome-unknown': { tone: 'amber', icon: CircleHelp },
  refunded: { tone: 'good', icon: CircleCheck },
  refused: { tone: 'bad', icon: Ban },
};

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

/** Asks how much goes back and why; the same tap twice is one refund. */
function RefundDialog({ post, onClose }: { readonly post: RefundablePost; readonly onClose: () => void }) {
  const { t, language } = useWords();
  const { shop } = useShop();
  const tenderName = useTenderName();
  const field = useAmountField(post.leftMinor);
  const [reason, setReason] = useState('');
  const [requestId] = useState(() => crypto.randomUUID());
  const [error, setError] = useState<string | null>(null);
  const typed = 'minor' in field.amount ? field.amount.minor : null;
  const start = async (): Promise<boolean> => {
    if (typed === null) return false;
    const started = await callApproved('refund.start', { requestId, postId: post.postId, amountMinor: typed, reason });
    if (!started.ok) setError(failureText(t, language, started.error, shop.currency));
    return started.ok;
  };
  return (
    <AskDialog title={t('refund.dialog', { name: tenderName(post.tenderKind) })} ok={t('refund.start')} okKind="destroy" ready={typed !== null && typed > 0 && reason.trim() !== ''} onClose={onClose} onOk={start} testId="refund-dialog">
      <AmountField label={t('refund.amount')} hint={t('refund.left', { amount: money(language, post.leftMinor, shop.currency) })} field={field} error={error} autoFocus testId="refund-amount" />
      <ReasonField value={reason} onChange={setReason} suggestions={['broughtBack', 'mistake']} />
    </AskDialog>
  );
}

/** In doubt for ever, unless somebody looks: two answers, and a note of what was seen. */
function DecideDialog({ refund, given, onClose }: { readonly refund: RefundView; readonly given: boolean; readonly onClose: () => void }) {
  const { t, language } = useWords();
  const { shop } = useShop();
  const [note, setNote] = useState('');
  const decide = async (): Promise<boolean> => {
    const decided = await callApproved('refund.decide', { refundId: refund.refundId, given, note });
    if (!decided.ok) notify(failureText(t, language, decided.error, shop.currency), { tone: 'bad' });
    return decided.ok;
  };
  return (
    <AskDialog title={t(given ? 'refund.given' : 'refund.notGiven')} ok={t('common.save')} ready={note.trim() !== ''} onClose={onClose} onOk={decide} testId="refund-decide">
      <p className="dialog-big">{money(language, refund.amountMinor, refund.currency)}</p>
      <TextField label={t('refund.note')} value={note} onChange={setNote} maxLength={200} autoFocus testId="refund-note" />
    </AskDialog>
  );
}

function Row({ refund }: { readonly refund: RefundView }) {
  const { t, language } = useWords();
  const { shop } = useShop();
  const tenderName = useTenderName();
  const [asked, setAsked] = useState<boolean | null>(null);
  const { tone, icon: Icon } = looks[refund.state];
  const name = tenderName(refund.tenderKind);
  return (
    <li className="refund">
      <div className="refund-line">
        <span>{refund.reason}</span>
        <Pill tone={tone} icon={<Icon size={15} aria-hidden />}>
          <span data-testid="refund-state" data-state={refund.state}>{refund.needsDecision ? t('refund.inDoubt') : t(`refund.state.${refund.state}`)}</span>
        </Pill>
        <span className="amount">{money(language, -refund.amountMinor, refund.currency)}</span>
      </div>
      <p className="line-under">{`${dayTime(language, refund.at, shop.timeZone)}${refund.providerReference === '' ? '' : ` · ${refund.providerReference}`}`}</p>
      {refund.state === 'refused' && refund.problem ? <p className="quiet-text">{problemText(t, refund.problem, name)}</p> : null}
      {refund.needsDecision ? (
        <Panel tone="amber" icon={<CircleHelp size={32} aria-hidden />} title={t('refund.decide')}>
          <p>{t('refund.decideText', { name })}</p>
          <div className="row">
            <Button size="small" onPress={() => setAsked(true)} testId="refund-given">{t('refund.given')}</Button>
            <Button size="small" onPress={() => setAsked(false)} testId="refund-not-given">{t('refund.notGiven')}</Button>
          </div>
        </Panel>
      ) : null}
      {asked === null ? null : <DecideDialog refund={refund} given={asked} onClose={() => setAsked(null)} />}
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
      {posts.map((post) => (
        <div className="refund-line" key={post.postId}>
          <span>
            {tenderName(post.tenderKind)}
            <span className="line-under">{` ${t('refund.left', { amount: money(language, post.leftMinor, shop.currency) })}`}</span>
          </span>
          <Button size="small" kind="danger" disabled={post.not !== null} onPress={() => setChosen(post)} testId="refund">
            <Undo2 size={18} aria-hidden />
            {t('refund.start')}
          </Button>
          <span className="amount">{money(language, post.amountMinor, shop.currency)}</span>
        </div>
      ))}
      <ul>
        {found.refunds.map((refund) => (
          <Row key={refund.refundId} refund={refund} />
        ))}
      </ul>
      {chosen ? <RefundDialog post={chosen} onClose={() => setChosen(null)} /> : null}
    </section>
  );
}
