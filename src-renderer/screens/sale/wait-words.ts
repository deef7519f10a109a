import { Ban, CircleAlert, CircleHelp, Hourglass, type LucideIcon } from 'lucide-react';
import type { Language } from '../../../src-main/contract/basics.ts';
import type { PaymentView } from '../../../src-main/contract/payment.ts';
import { money } from '../../features/format/index.ts';
import { problemText } from '../../features/problems/index.ts';
import { useWords, type Say } from '../../features/words/index.ts';
import type { Tone } from '../../ui/pieces.tsx';
import { cameToNothing, silent, type Wait } from './outcome.ts';

/** Colour and sign of how a payment stands; its words say the same. */
export function lookOf(payment: PaymentView, wait: Wait): { readonly tone: Tone; readonly icon: LucideIcon } {
  if (wait.found) return { tone: 'amber', icon: CircleHelp };
  if (cameToNothing(payment)) return { tone: 'bad', icon: Ban };
  if (wait.alarm) return { tone: 'bad', icon: CircleAlert };
  return wait.question || silent(payment, wait) ? { tone: 'amber', icon: CircleHelp } : { tone: 'waiting', icon: Hourglass };
}

type Sentences = { readonly title: string; readonly text: string };

function ended(payment: PaymentView, wait: Wait, name: string, t: Say, language: Language, amount: (minor: number) => string): Sentences {
  const { found, alarm, problem } = wait;
  if (found) {
    const text = found.amountMinor === null ? t('doubt.foundText') : t('doubt.foundAmount', { name, amount: amount(found.amountMinor) });
    return { title: t('doubt.foundTitle', { name }), text };
  }
  const why = alarm && payment.state === 'released' ? t('doubt.released', { name, said: amount(alarm.amountMinor), asked: amount(payment.amountMinor) }) : problem ? problemText(t, language, problem, name) : '';
  return { title: t(`wait.name.${payment.state}`, { name }), text: `${why} ${t('wait.nothingText')}`.trim() };
}

/** What is so and what to do, in the words of the trade. */
export function useSentences(payment: PaymentView, wait: Wait, name: string): Sentences {
  const { t, language } = useWords();
  const amount = (minor: number): string => money(language, minor, payment.currency);
  if (cameToNothing(payment)) return ended(payment, wait, name, t, language, amount);
  const { alarm } = wait;
  if (alarm) {
    const said = money(language, alarm.amountMinor, alarm.currency);
    return { title: t('doubt.title', { name }), text: t(`doubt.${alarm.kind}`, { name, said, asked: amount(payment.amountMinor) }) };
  }
  if (payment.state === 'cancelling') return { title: t('wait.name.cancelling'), text: t('wait.cancellingText') };
  if (silent(payment, wait)) return { title: t('wait.name.outcome-unknown', { name }), text: t('wait.unknownText') };
  if (wait.question) return { title: t('wait.question'), text: t('wait.questionText', { name }) };
  return { title: t(`wait.name.${payment.state}`, { name }), text: t(`customerAct.${wait.act}`) };
}
