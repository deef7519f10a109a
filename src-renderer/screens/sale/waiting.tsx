import { useEffect } from 'react';
import type { PaymentView } from '../../../src-main/contract/payment.ts';
import { useCountdown } from '../../features/countdown/index.ts';
import { money, secondTime } from '../../features/format/index.ts';
import { play } from '../../features/sounds/index.ts';
import { ShownCodePicture } from '../../features/qr/shown-code.tsx';
import { useScanTarget } from '../../features/scanner/targets.ts';
import { useShortcuts } from '../../features/shortcuts/index.ts';
import { useShop, useTill } from '../../features/till/store.ts';
import { useWords } from '../../features/words/index.ts';
import { call } from '../../transport/index.ts';
import { Button } from '../../ui/button.tsx';
import { DialogActions } from '../../ui/dialog.tsx';
import { Panel } from '../../ui/pieces.tsx';
import { Ring } from '../../ui/ring.tsx';
import { complain } from './actions.ts';
import { AnotherWay } from './another-way.tsx';
import { setAside } from './aside.tsx';
import { FoundActions } from './found.tsx';
import { asks, cameToNothing, type Wait } from './outcome.ts';
import { closeDialog, openDialog } from './state.ts';
import { lookOf, useSentences } from './wait-words.ts';

/** The steps that have happened, with their times. */
function Steps({ wait, name }: { readonly wait: Wait; readonly name: string }) {
  const { t, language } = useWords();
  const { shop } = useShop();
  return (
    <ol className="steps">
      {wait.steps.map((step, index) => (
        <li key={index}>
          <span className="amount">{secondTime(language, step.at, shop.timeZone)}</span> {index === wait.steps.length - 1 && wait.alarm && step.state === 'outcome-unknown' ? t('doubt.title', { name }) : t(`wait.name.${step.state}`, { name })}
        </li>
      ))}
    </ol>
  );
}

/** The two buttons of a payment; each keeps its place, whatever happens. */
function Actions({ payment, wait }: { readonly payment: PaymentView; readonly wait: Wait }) {
  const { t } = useWords();
  const over = cameToNothing(payment);
  const unreached = useTill((state) => state.connection === 'lost');
  const steer = async (what: 'payment.again' | 'payment.cancel'): Promise<void> => {
    const steered = await call(what, { attemptId: payment.attemptId });
    if (!steered.ok) complain(steered.error);
  };
  const decide = (): void => openDialog({ kind: 'decide', attemptId: payment.attemptId });
  return (
    <DialogActions>
      <Button size="large" kind="danger" disabled={over || unreached || wait.cancelNot !== null} onPress={() => void steer('payment.cancel')} testId="pay-cancel">
        {t('wait.cancel')}
      </Button>
      {over ? (
        <Button size="large" kind="primary" autoFocus onPress={closeDialog} testId="pay-close">
          {t('wait.close')}
        </Button>
      ) : wait.alarm && payment.state === 'outcome-unknown' ? (
        <Button size="large" kind="primary" onPress={decide} testId="pay-decide">
          {t('doubt.decide')}
        </Button>
      ) : asks(payment, wait) ? (
        <Button size="large" kind="primary" onPress={() => void steer('payment.again')} testId="pay-again">
          {t('wait.again')}
        </Button>
      ) : (
        <Button size="large" hotkey="F3" disabled={unreached} onPress={() => void setAside()} testId="pay-aside">
          {t('wait.setAside')}
        </Button>
      )}
    </DialogActions>
  );
}

/** Waits with the customer. The two buttons keep their places, whatever happens. */
export function Waiting({ payment, wait, name }: { readonly payment: PaymentView; readonly wait: Wait; readonly name: string }) {
  const { t, language } = useWords();
  const { seconds, share } = useCountdown(wait, wait.windowLeftMs, wait.windowMs);
  const over = cameToNothing(payment);
  const { tone, icon: Icon } = lookOf(payment, wait);
  const { title, text } = useSentences(payment, wait, name);
  const asked = asks(payment, wait) || (wait.alarm !== null && !over);
  useScanTarget(null);
  useEffect(() => {
    if (asked) play('needs-you');
  }, [asked]);
  useShortcuts(over ? { Enter: closeDialog, Escape: closeDialog } : { F3: () => void setAside() });
  return (
    <>
      <p className="dialog-big amount">{money(language, payment.amountMinor, payment.currency)}</p>
      <Panel tone={tone} icon={over || wait.question || wait.alarm ? <Icon size={44} aria-hidden /> : <Ring share={share} label={String(seconds)} testId="pay-countdown" />} title={title} testId="pay-state" state={payment.state}>
        <p>{text}</p>
      </Panel>
      {wait.show && !over ? <ShownCodePicture show={wait.show} label={t(`customerAct.${wait.act}`)} testId="pay-qr" /> : null}
      <Steps wait={wait} name={name} />
      {wait.cancelNot !== null && !over ? <p className="quiet-text">{t(`wait.cancelNot.${wait.cancelNot}`, { name })}</p> : null}
      {!over && wait.cancelNot === null ? <AnotherWay payment={payment} /> : null}
      {wait.found ? <FoundActions payment={payment} found={wait.found} /> : <Actions payment={payment} wait={wait} />}
    </>
  );
}
