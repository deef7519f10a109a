import { useEffect } from 'react';
import { Ban, CircleHelp, Hourglass, type LucideIcon } from 'lucide-react';
import type { PaymentView } from '../../../src-main/contract/payment.ts';
import { useCountdown } from '../../features/countdown/index.ts';
import { money, secondTime } from '../../features/format/index.ts';
import { problemText } from '../../features/problems/index.ts';
import { play } from '../../features/sounds/index.ts';
import { useScanTarget } from '../../features/scanner/targets.ts';
import { useShortcuts } from '../../features/shortcuts/index.ts';
import { useShop, useTill } from '../../features/till/store.ts';
import { useWords } from '../../features/words/index.ts';
import { call } from '../../transport/index.ts';
import { Button } from '../../ui/button.tsx';
import { DialogActions } from '../../ui/dialog.tsx';
import { Panel, type Tone } from '../../ui/pieces.tsx';
import { Ring } from '../../ui/ring.tsx';
import { complain } from './actions.ts';
import { setAside } from './aside.tsx';
import { asks, cameToNothing, silent, type Wait } from './outcome.ts';
import { closeDialog } from './state.ts';

function lookOf(payment: PaymentView, wait: Wait): { readonly tone: Tone; readonly icon: LucideIcon } {
  if (cameToNothing(payment)) return { tone: 'bad', icon: Ban };
  return wait.question || silent(payment, wait) ? { tone: 'amber', icon: CircleHelp } : { tone: 'waiting', icon: Hourglass };
}

/** What is so and what to do, in the words of the trade. */
function useSentences(payment: PaymentView, wait: Wait, name: string): { readonly title: string; readonly text: string } {
  const { t } = useWords();
  const problem = wait.problem ? problemText(t, wait.problem, name) : '';
  if (cameToNothing(payment)) return { title: t(`wait.name.${payment.state}`, { name }), text: `${problem} ${t('wait.nothingText')}`.trim() };
  if (payment.state === 'cancelling') return { title: t('wait.name.cancelling'), text: t('wait.cancellingText') };
  if (silent(payment, wait)) return { title: t('wait.name.outcome-unknown', { name }), text: t('wait.unknownText') };
  if (wait.question) return { title: t('wait.question'), text: t('wait.questionText', { name }) };
  return { title: t(`wait.name.${payment.state}`, { name }), text: t(`customerAct.${wait.act}`) };
}

/** The steps that have happened, with their times. */
function Steps({ wait, name }: { readonly wait: Wait; readonly name: string }) {
  const { t, language } = useWords();
  const { shop } = useShop();
  return (
    <ol className="steps">
      {wait.steps.map((step, index) => (
        <li key={index}>
          <span className="amount">{secondTime(language, step.at, shop.timeZone)}</span> {t(`wait.name.${step.state}`, { name })}
        </li>
      ))}
    </ol>
  );
}

/** Waits with the customer. The two buttons keep their places, whatever happens. */
export function Waiting({ payment, wait, name }: { readonly payment: PaymentView; readonly wait: Wait; readonly name: string }) {
  const { t, language } = useWords();
  const { seconds, share } = useCountdown(wait, wait.windowLeftMs, wait.windowMs);
  const over = cameToNothing(payment);
  const { tone, icon: Icon } = lookOf(payment, wait);
  const { title, text } = useSentences(payment, wait, name);
  const unreached = useTill((state) => state.connection === 'lost');
  useScanTarget(null);
  const asked = asks(payment, wait);
  useEffect(() => {
    if (asked) play('needs-you');
  }, [asked]);
  const steer = async (what: 'payment.again' | 'payment.cancel'): Promise<void> => {
    const steered = await call(what, { attemptId: payment.attemptId });
    if (!steered.ok) complain(steered.error);
  };
  useShortcuts(over ? { Enter: closeDialog, Escape: closeDialog } : { F3: () => void setAside() });
  return (
    <>
      <p className="dialog-big amount">{money(language, payment.amountMinor, payment.currency)}</p>
      <Panel tone={tone} icon={over || wait.question ? <Icon size={44} aria-hidden /> : <Ring share={share} label={String(seconds)} testId="pay-countdown" />} title={title} testId="pay-state" state={payment.state}>
        <p>{text}</p>
      </Panel>
      <Steps wait={wait} name={name} />
      {wait.cancelNot !== null && !over ? <p className="quiet-text">{t(`wait.cancelNot.${wait.cancelNot}`, { name })}</p> : null}
      <DialogActions>
        <Button size="large" kind="danger" disabled={over || unreached || wait.cancelNot !== null} onPress={() => void steer('payment.cancel')} testId="pay-cancel">
          {t('wait.cancel')}
        </Button>
        {over ? (
          <Button size="large" kind="primary" autoFocus onPress={closeDialog} testId="pay-close">
            {t('wait.close')}
          </Button>
        ) : asked ? (
          <Button size="large" kind="primary" onPress={() => void steer('payment.again')} testId="pay-again">
            {t('wait.again')}
          </Button>
        ) : (
          <Button size="large" hotkey="F3" disabled={unreached} onPress={() => void setAside()} testId="pay-aside">
            {t('wait.setAside')}
          </Button>
        )}
      </DialogActions>
    </>
  );
}
