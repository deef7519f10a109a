import { useState } from 'react';
import { Ban, Banknote, CircleCheck, CircleDot, CircleHelp, CreditCard, Hourglass, ArrowLeftRight, Undo2, type LucideIcon } from 'lucide-react';
import type { CallInput } from '../../../src-main/contract/index.ts';
import type { ReturnStep, ReturnView } from '../../../src-main/contract/returns.ts';
import { money } from '../../features/format/index.ts';
import { IdentifierField, isTold, toldOf } from '../../features/refunds/identifier-field.tsx';
import { RefundPanel, RefundSentence } from '../../features/refunds/refund-state.tsx';
import { useTenderName } from '../../features/tenders/index.ts';
import { useWords } from '../../features/words/index.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/fields.tsx';
import { Pill, type Tone } from '../../ui/pieces.tsx';

/** A part as it is asked for; the request's name and the return are added where it is sent. */
export type Part = Omit<CallInput<'return.pay'>, 'requestId' | 'returnId' | 'approval'>;

const icons: Readonly<Record<ReturnStep['way'], LucideIcon>> = { refund: Undo2, card: CreditCard, cash: Banknote, 'set-off': ArrowLeftRight };
const looks: Readonly<Record<ReturnStep['state'], { readonly tone: Tone; readonly icon: LucideIcon }>> = {
  done: { tone: 'good', icon: CircleCheck },
  running: { tone: 'waiting', icon: Hourglass },
  doubt: { tone: 'amber', icon: CircleHelp },
  refused: { tone: 'bad', icon: Ban },
  next: { tone: 'waiting', icon: CircleDot },
  later: { tone: 'plain', icon: Hourglass },
};

/** What a person does about a step: one sentence, and one button. */
function Act({ step, view, first, busy, onPay }: { readonly step: ReturnStep; readonly view: ReturnView; readonly first: boolean; readonly busy: boolean; readonly onPay: (part: Part) => void }) {
  const { t, language } = useWords();
  const tenderName = useTenderName();
  const [slip, setSlip] = useState('');
  const [told, setTold] = useState('');
  const name = tenderName(step.tenderKind);
  const amount = money(language, step.way === 'cash' ? view.cashMinor : step.amountMinor, view.currency);
  const books = view.purpose === 'tender';
  const key = first ? { hotkey: 'F9' } : {};
  if (step.way === 'refund') {
    return (
      <>
        {step.state === 'refused' && step.refund ? <RefundSentence refund={step.refund} /> : <p>{t('returns.says.refund', { name })}</p>}
        <IdentifierField asks={step.asks} value={told} onChange={setTold} />
        <Button kind="primary" {...key} disabled={busy || !isTold(step.asks, told)} onPress={() => onPay({ way: 'refund', amountMinor: step.amountMinor, ...(step.postId === null ? {} : { postId: step.postId }), ...toldOf(step.asks, told) })} testId="return-do">
          {t(step.state === 'refused' ? 'returns.do.again' : 'returns.do.refund', { name })}
        </Button>
      </>
    );
  }
  if (step.way === 'card') {
    return (
      <form
        className="stack tight"
        onSubmit={(event) => {
          event.preventDefault();
          if (slip.trim() !== '' && !busy) onPay({ way: 'card', tenderId: step.tenderId, amountMinor: step.amountMinor, reference: slip });
        }}
      >
        <p>{t('returns.says.card')}</p>
        <TextField label={t('returns.slip')} value={slip} onChange={setSlip} maxLength={60} autoFocus={first} testId="return-slip" />
        <Button kind="primary" submit disabled={busy || slip.trim() === ''} testId="return-do">{t('returns.do.card')}</Button>
      </form>
    );
  }
  return (
    <>
      <p>{t(books ? 'returns.says.cashBooks' : 'returns.says.cash', { amount })}</p>
      <Button kind="primary" {...key} disabled={busy} onPress={() => onPay({ way: 'cash', amountMinor: view.owedMinor })} testId="return-do">{t(books ? 'returns.do.cashBooks' : 'returns.do.cash', { amount })}</Button>
    </>
  );
}

/** One part of the money: what it is, how it stands, and what is to be done about it. */
export function StepCard({ step, place, view, first, busy, onPay }: { readonly step: ReturnStep; readonly place: number; readonly view: ReturnView; readonly first: boolean; readonly busy: boolean; readonly onPay: (part: Part) => void }) {
  const { t, language } = useWords();
  const tenderName = useTenderName();
  const Icon = icons[step.way];
  const { tone, icon: StateIcon } = looks[step.state];
  return (
    <li className={`card returns-step ${step.state}`} data-testid={`return-step-${place}`} data-way={step.way} data-state={step.state}>
      <div className="returns-step-head">
        <Icon size={24} aria-hidden />
        <span className="returns-step-name">
          {tenderName(step.tenderKind)}
          {step.reference === '' ? null : <span className="line-under">{step.reference}</span>}
        </span>
        <Pill tone={tone} icon={<StateIcon size={15} aria-hidden />}>{t(`returns.step.${step.state}`)}</Pill>
        <span className="amount">{money(language, step.amountMinor, view.currency)}</span>
      </div>
      {step.state === 'running' || step.state === 'doubt' ? step.refund ? <RefundPanel refund={step.refund} /> : null : null}
      {step.state === 'later' ? <p className="quiet-text">{t('returns.says.later')}</p> : null}
      {step.state === 'next' || step.state === 'refused' ? <div className="returns-step-act"><Act step={step} view={view} first={first} busy={busy} onPay={onPay} /></div> : null}
    </li>
  );
}
