import { useState } from 'react';
import { Ban, CircleCheck, CircleHelp, Hourglass, type LucideIcon } from 'lucide-react';
import type { Language } from '../../../src-main/contract/basics.ts';
import type { RefundState, RefundView } from '../../../src-main/contract/refunds.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/fields.tsx';
import { Panel, Pill, type Tone } from '../../ui/pieces.tsx';
import { callApproved } from '../approval/store.ts';
import { AskDialog } from '../ask/ask-dialog.tsx';
import { money } from '../format/index.ts';
import { notify } from '../notices/store.ts';
import { problemText } from '../problems/index.ts';
import { useTenderName } from '../tenders/index.ts';
import { useShop } from '../till/store.ts';
import { failureText, useWords, type Say } from '../words/index.ts';
import './refunds.css';

type Look = { readonly tone: Tone; readonly icon: LucideIcon };

const looks: Readonly<Record<RefundState, Look>> = {
  intended: { tone: 'waiting', icon: Hourglass },
  sending: { tone: 'waiting', icon: Hourglass },
  waiting: { tone: 'waiting', icon: Hourglass },
  'outcome-unknown': { tone: 'amber', icon: CircleHelp },
  refunded: { tone: 'good', icon: CircleCheck },
  refused: { tone: 'bad', icon: Ban },
};

export const isRunning = (refund: RefundView): boolean => refund.state !== 'refunded' && refund.state !== 'refused';

const lookOf = (refund: RefundView): Look => (refund.needsDecision ? looks['outcome-unknown'] : looks[refund.state]);
const stateWord = (t: Say, refund: RefundView): string => (refund.needsDecision ? t('refund.inDoubt') : t(`refund.state.${refund.state}`));

/** Over the sentence that says the rest. */
function titleOf(t: Say, refund: RefundView): string {
  if (refund.needsDecision) return t('refund.decide');
  return refund.state === 'outcome-unknown' ? t('refund.inDoubt') : stateWord(t, refund);
}

/** What is so, in one sentence that says what happens next or what to do. */
function sentence(t: Say, language: Language, refund: RefundView, name: string): string {
  if (refund.needsDecision) return t('refund.decideText', { name });
  const problem = refund.state === 'refused' && refund.problem ? `${problemText(t, language, refund.problem, name)} ` : '';
  return problem + t(`refund.says.${refund.state}`, { name });
}

/** The state of a refund in a word. */
export function RefundPill({ refund }: { readonly refund: RefundView }) {
  const { t } = useWords();
  const { tone, icon: Icon } = lookOf(refund);
  return (
    <Pill tone={tone} icon={<Icon size={15} aria-hidden />}>
      <span data-testid="refund-state" data-state={refund.state}>{stateWord(t, refund)}</span>
    </Pill>
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

/** How a refund stands, large: a word, a sentence, and what a person can do about it, if anything. */
export function RefundPanel({ refund }: { readonly refund: RefundView }) {
  const { t, language } = useWords();
  const tenderName = useTenderName();
  const [asked, setAsked] = useState<boolean | null>(null);
  const { tone, icon: Icon } = lookOf(refund);
  return (
    <div className="refund-panel">
      <Panel tone={tone} icon={<Icon size={32} aria-hidden />} title={titleOf(t, refund)} testId="refund-panel" state={refund.state}>
        <p>{sentence(t, language, refund, tenderName(refund.tenderKind))}</p>
        {refund.needsDecision ? (
          <div className="row">
            <Button size="small" onPress={() => setAsked(true)} testId="refund-given">{t('refund.given')}</Button>
            <Button size="small" onPress={() => setAsked(false)} testId="refund-not-given">{t('refund.notGiven')}</Button>
          </div>
        ) : null}
      </Panel>
      {asked === null ? null : <DecideDialog refund={refund} given={asked} onClose={() => setAsked(null)} />}
    </div>
  );
}

/** The same sentence, small. */
export function RefundSentence({ refund }: { readonly refund: RefundView }) {
  const { t, language } = useWords();
  const tenderName = useTenderName();
  return <p className="quiet-text">{sentence(t, language, refund, tenderName(refund.tenderKind))}</p>;
}
