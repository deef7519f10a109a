import { useEffect, useState } from 'react';
import { ArrowLeftRight, Banknote, CircleAlert, CircleCheck, CreditCard } from 'lucide-react';
import type { Failure } from '../../../src-main/contract/errors.ts';
import type { Paper as PaperData } from '../../../src-main/contract/receipts.ts';
import type { ReturnView } from '../../../src-main/contract/returns.ts';
import { callApproved } from '../../features/approval/store.ts';
import { AskDialog } from '../../features/ask/ask-dialog.tsx';
import { dayTime, money } from '../../features/format/index.ts';
import { Paper } from '../../features/paper/paper.tsx';
import { useShortcuts } from '../../features/shortcuts/index.ts';
import { useShop } from '../../features/till/store.ts';
import { failureText, useWords } from '../../features/words/index.ts';
import { call } from '../../transport/index.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/fields.tsx';
import { Panel } from '../../ui/pieces.tsx';
import { receiptName } from './receipt-name.ts';
import { StepCard, type Part } from './step-card.tsx';

const toSale = (): void => {
  location.hash = '#/sale';
};

/** The slip's number of what was given back on the terminal instead. */
function CardDialog({ amountMinor, view, onPay, onClose }: { readonly amountMinor: number; readonly view: ReturnView; readonly onPay: (part: Part) => Promise<boolean>; readonly onClose: () => void }) {
  const { t, language } = useWords();
  const [slip, setSlip] = useState('');
  return (
    <AskDialog title={t('returns.cardTitle')} ok={t('returns.do.card')} ready={slip.trim() !== ''} onClose={onClose} onOk={() => onPay({ way: 'card', amountMinor, reference: slip })} testId="return-card-dialog">
      <p className="dialog-big">{money(language, amountMinor, view.currency)}</p>
      <p>{t('returns.says.card')}</p>
      <TextField label={t('returns.slip')} value={slip} onChange={setSlip} maxLength={60} autoFocus testId="return-slip" />
    </AskDialog>
  );
}

/** What was refused, or has no way of its own, goes back as a person chooses: in cash where the shop gives any, or on the terminal. */
function OtherWays({ view, busy, onPay }: { readonly view: ReturnView; readonly busy: boolean; readonly onPay: (part: Part) => Promise<boolean> }) {
  const { t, language } = useWords();
  const [card, setCard] = useState(false);
  const refused = view.steps.filter((step) => step.state === 'refused').reduce((all, step) => all + step.amountMinor, 0);
  const cardMinor = view.otherMinor + refused;
  if (cardMinor === 0) return null;
  const shown = (minor: number): string => money(language, minor, view.currency);
  return (
    <section className="returns-other" data-testid="return-other">
      <h3>{view.otherMinor > 0 ? t('returns.other', { amount: shown(view.otherMinor) }) : t('returns.otherWay')}</h3>
      <div className="row">
        {view.cash === 'no' ? null : (
          <Button disabled={busy} onPress={() => void onPay({ way: 'cash', amountMinor: view.owedMinor })} testId="return-other-cash">
            <Banknote size={20} aria-hidden />
            {t('returns.otherCash', { amount: shown(view.cashMinor) })}
          </Button>
        )}
        <Button disabled={busy} onPress={() => setCard(true)} testId="return-other-card">
          <CreditCard size={20} aria-hidden />
          {t('returns.otherCard', { amount: shown(cardMinor) })}
        </Button>
      </div>
      {card ? <CardDialog amountMinor={cardMinor} view={view} onPay={onPay} onClose={() => setCard(false)} /> : null}
    </section>
  );
}

function Finished({ view, onSellAgain }: { readonly view: ReturnView; readonly onSellAgain: () => void }) {
  const { t, language } = useWords();
  const [paper, setPaper] = useState<PaperData | null>(null);
  const again = view.purpose === 'tender' && view.followerId === null;
  useEffect(() => {
    void call('receipt.paper', { receiptId: view.returnId }).then((found) => {
      if (found.ok) setPaper(found.value.paper);
    });
  }, [view.returnId]);
  useShortcuts({ F9: again ? onSellAgain : toSale }, 'screen');
  return (
    <section className="returns-detail" data-testid="return-done">
      <Panel tone="good" icon={<CircleCheck size={36} aria-hidden />} title={t('returns.done', { number: view.number ?? 0 })}>
        <p>{t('returns.doneText', { amount: money(language, view.totalMinor, view.currency) })}</p>
      </Panel>
      <div className="returns-acts">
        {again ? (
          <Button kind="primary" size="large" hotkey="F9" onPress={onSellAgain} testId="return-sell-again">{t('returns.sellAgain')}</Button>
        ) : (
          <Button kind="primary" size="large" hotkey="F9" onPress={toSale} testId="return-next">{t('returns.next')}</Button>
        )}
      </div>
      <div className="returns-paper">{paper ? <Paper paper={paper} /> : null}</div>
    </section>
  );
}

/** A confirmed return: its money part by part, each with its state, a sentence and a button. */
export function MoneyBack({ view, onChange, onDropped }: { readonly view: ReturnView; readonly onChange: (view: ReturnView) => void; readonly onDropped: () => void }) {
  const { t, language } = useWords();
  const { shop } = useShop();
  const [failure, setFailure] = useState<Failure | null>(null);
  const [busy, setBusy] = useState(false);
  // A second tap is the same part; what was refused and is tried again is another.
  const [requestId, setRequestId] = useState(() => crypto.randomUUID());
  const act = async (work: () => ReturnType<typeof call<'return.pay'>>): Promise<boolean> => {
    setBusy(true);
    const done = await work();
    setBusy(false);
    setFailure(done.ok ? null : done.error);
    setRequestId(crypto.randomUUID());
    if (done.ok) onChange(done.value);
    return done.ok;
  };
  const pay = (part: Part): Promise<boolean> => act(() => callApproved('return.pay', { ...part, requestId, returnId: view.returnId }));
  const exchange = (on: boolean): void => {
    void act(() => call('return.exchange', { returnId: view.returnId, on })).then((done) => {
      if (done && on) toSale();
    });
  };
  const sellAgain = async (): Promise<void> => {
    const done = await call('return.sell-again', { returnId: view.returnId });
    if (done.ok) toSale();
    else setFailure(done.error);
  };
  const drop = async (): Promise<void> => {
    const dropped = await call('return.drop', { returnId: view.returnId });
    if (dropped.ok) onDropped();
    else setFailure(dropped.error);
  };
  const waits = view.steps.find((step) => step.state === 'next' || step.state === 'refused');
  const untouched = view.steps.every((step) => step.state === 'next' || step.state === 'later');
  const running = view.steps.some((step) => step.state === 'running' || step.state === 'doubt');
  const payFirst = (): void => {
    if (!waits || busy || waits.way === 'card' || waits.asks) return;
    void pay(waits.way === 'cash' ? { way: 'cash', amountMinor: view.owedMinor } : { way: 'refund', amountMinor: waits.amountMinor, ...(waits.postId === null ? {} : { postId: waits.postId }) });
  };
  useShortcuts(view.state === 'paying' && !view.inExchange ? { F9: payFirst } : {}, 'screen');

  const said = failure ? <Panel tone="bad" icon={<CircleAlert size={28} aria-hidden />} title={failureText(t, language, failure, shop.currency)} testId="return-failure" /> : null;
  if (view.state === 'completed') {
    return (
      <>
        <Finished view={view} onSellAgain={() => void sellAgain()} />
        {said}
      </>
    );
  }
  return (
    <section className="returns-detail" data-testid="return-money">
      <header className="returns-head">
        <h2>{view.purpose === 'tender' ? t('returns.correction') : view.of ? receiptName(t, view.of.number, view.of.store) : t('returns.withoutReceipt')}</h2>
        <p className="line-under">{`${view.of ? `${dayTime(language, view.of.at, shop.timeZone)} · ` : ''}${view.reason}`}</p>
      </header>
      <div className="returns-total">
        <span>{t('returns.goesBack')}</span>
        <output className="amount" data-testid="return-owed" aria-live="polite">{money(language, view.owedMinor, view.currency)}</output>
      </div>
      {view.inExchange ? (
        <Panel tone="waiting" icon={<ArrowLeftRight size={32} aria-hidden />} title={t('returns.exchangeWaits')}>
          <p>{t('returns.exchangeText', { amount: money(language, view.owedMinor, view.currency) })}</p>
          <div className="row">
            <Button kind="primary" onPress={toSale} testId="exchange-sale">{t('returns.toSale')}</Button>
            <Button onPress={() => exchange(false)} disabled={busy} testId="exchange-off">{t('returns.exchangeOff')}</Button>
          </div>
        </Panel>
      ) : (
        <>
          <ol className="returns-steps" aria-label={t('returns.how')}>
            {view.steps.map((step, index) => (
              <StepCard key={`${step.way}-${step.postId ?? step.tenderId}-${step.state}`} step={step} place={index + 1} view={view} first={step === waits} busy={busy} onPay={(part) => void pay(part)} />
            ))}
          </ol>
          <OtherWays view={view} busy={busy} onPay={pay} />
        </>
      )}
      {said}
      {view.inExchange ? null : (
        <div className="returns-acts">
          {untouched ? <Button kind="danger" disabled={busy} onPress={() => void drop()} testId="return-drop">{t('returns.drop')}</Button> : null}
          {untouched && view.purpose === 'goods' && view.owedMinor > 0 ? (
            <Button disabled={busy} onPress={() => exchange(true)} testId="return-exchange">
              <ArrowLeftRight size={20} aria-hidden />
              {t('returns.exchange')}
            </Button>
          ) : null}
          {running ? (
            <>
              <p className="quiet-text grow">{t('returns.asideText')}</p>
              <Button onPress={toSale} testId="return-aside">{t('returns.aside')}</Button>
            </>
          ) : null}
        </div>
      )}
    </section>
  );
}
