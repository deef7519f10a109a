import { useEffect } from 'react';
import { Ban, CircleHelp, Coins, Hourglass, type LucideIcon } from 'lucide-react';
import type { PaymentView } from '../../../src-main/contract/payment.ts';
import type { AsideView } from '../../../src-main/contract/sale.ts';
import { money } from '../../features/format/index.ts';
import { notify } from '../../features/notices/store.ts';
import { play } from '../../features/sounds/index.ts';
import { isRunning } from '../../features/refunds/refund-state.tsx';
import { useTenderName } from '../../features/tenders/index.ts';
import { showPayment, useTill } from '../../features/till/store.ts';
import { useWords, type Say } from '../../features/words/index.ts';
import { call, subscribe } from '../../transport/index.ts';
import { Kbd } from '../../ui/kbd.tsx';
import { complain, done } from './actions.ts';
import { cameToNothing } from './outcome.ts';
import { closeDialog, useSaleUi } from './state.ts';

/** Clears the counter for the next customer while a payment is waited for. */
export async function setAside(): Promise<void> {
  if (await done(call('sale.set-aside', {}))) closeDialog();
}

/** Puts a receipt on the counter again, with the dialog of its payment if that still runs. */
export async function bringBack(receiptId: string): Promise<void> {
  const brought = await call('sale.bring-back', { receiptId });
  if (!brought.ok) return complain(brought.error);
  const payment = await call('payment.current', {});
  if (payment.ok && payment.value) showPayment(payment.value);
  return undefined;
}

type Look = { readonly tone: 'waiting' | 'amber' | 'bad'; readonly icon: LucideIcon; readonly text: (t: Say, name: string) => string };

function lookOf({ payment, dueMinor, totalMinor }: AsideView): Look {
  if (payment?.question === true) return { tone: 'amber', icon: CircleHelp, text: (t, name) => t('aside.asks', { name }) };
  if (payment) return { tone: 'waiting', icon: Hourglass, text: (t, name) => t('aside.waits', { name }) };
  if (dueMinor < totalMinor) return { tone: 'amber', icon: Coins, text: (t) => t('aside.rest') };
  return { tone: 'bad', icon: Ban, text: (t) => t('aside.unpaid') };
}

/** What waits beside the counter, each with its amount and how its payment stands; a press brings it back. */
export function Aside() {
  const { t, language } = useWords();
  const tenderName = useTenderName();
  const sale = useTill((state) => state.sale);
  if (!sale || sale.aside.length === 0) return null;
  return (
    <div className="aside" role="group" aria-label={t('aside.title')}>
      {sale.aside.map((one, index) => {
        const { tone, icon: Icon, text } = lookOf(one);
        const name = tenderName(one.payment?.tenderKind ?? 'cash', sale.tenders.find((tender) => tender.id === one.payment?.tenderId)?.name);
        return (
          <button key={one.receiptId} type="button" className={`aside-receipt ${tone}`} data-testid={`aside-${index + 1}`} onClick={() => void bringBack(one.receiptId)}>
            <Icon size={18} aria-hidden />
            <span>{text(t, name)}</span>
            <span className="amount">{money(language, one.payment?.amountMinor ?? one.dueMinor, sale.currency)}</span>
            {index === 0 ? <Kbd>F3</Kbd> : null}
          </button>
        );
      })}
    </div>
  );
}

function newsOf(payment: PaymentView, name: string, t: Say, amountOf: (minor: number) => string): string {
  const amount = amountOf(payment.amountMinor);
  if (cameToNothing(payment)) return t('aside.nothing', { name, amount });
  if (!payment.completed) return t('aside.partPaid', { name, amount });
  const number = payment.receiptNumber ?? '';
  return payment.changeMinor > 0 ? t('aside.changeBack', { name, amount: amountOf(payment.changeMinor), number }) : t('aside.paid', { name, amount, number });
}

/** Says what came of a part payment that goes back while its receipt stands aside. */
function useAsideRefunds(): void {
  const tenderName = useTenderName();
  const { t, language } = useWords();
  useEffect(
    () =>
      subscribe('refund.changed', (refund) => {
        const { sale } = useTill.getState();
        const { receiptId } = refund;
        if (receiptId === null || !sale?.aside.some((one) => one.receiptId === receiptId)) return;
        if (isRunning(refund) && !refund.needsDecision) return;
        const given = refund.state === 'refunded';
        play(given ? 'paid' : 'needs-you');
        const values = { amount: money(language, refund.amountMinor, refund.currency), name: tenderName(refund.tenderKind) };
        notify(t(given ? 'refund.asideBack' : 'refund.asideNot', values), { tone: given ? 'plain' : 'bad', action: { label: t('aside.bring'), run: () => void bringBack(receiptId) } });
      }),
    [t, language, tenderName],
  );
}

/** Says what came of a payment whose receipt is not on the counter, without a dialog in the next customer's way. */
export function useAsideNews(): void {
  const tenderName = useTenderName();
  const { t, language } = useWords();
  useAsideRefunds();
  useEffect(
    () =>
      subscribe('payment.changed', (payment) => {
        if (!payment.wait || (payment.state !== 'paid' && !cameToNothing(payment))) return;
        const { dialog } = useSaleUi.getState();
        const { sale } = useTill.getState();
        if ((dialog?.kind === 'wait' && dialog.attemptId === payment.attemptId) || sale?.receiptId === payment.receiptId) return;
        play(payment.state === 'paid' ? 'paid' : 'needs-you');
        const action = payment.completed ? undefined : { label: t('aside.bring'), run: () => void bringBack(payment.receiptId) };
        notify(newsOf(payment, tenderName(payment.tenderKind), t, (minor) => money(language, minor, payment.currency)), { tone: payment.state === 'paid' ? 'plain' : 'bad', action });
      }),
    [t, language, tenderName],
  );
}
