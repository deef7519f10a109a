import { useEffect, useState } from 'react';
import { CircleCheck, CircleMinus, Mail, Printer, PrinterX, QrCode } from 'lucide-react';
import type { PaymentView } from '../../../src-main/contract/payment.ts';
import type { ReceiptRow } from '../../../src-main/contract/receipts.ts';
import { money } from '../../features/format/index.ts';
import { DeliveryPanel, useGiving } from '../../features/giving/delivery.tsx';
import { MailDialog } from '../../features/giving/mail-dialog.tsx';
import { callApproved } from '../../features/approval/store.ts';
import { useScanTarget } from '../../features/scanner/targets.ts';
import { useShortcuts } from '../../features/shortcuts/index.ts';
import { useShop, useTill } from '../../features/till/store.ts';
import { useTenderName } from '../../features/tenders/index.ts';
import { useWords } from '../../features/words/index.ts';
import { call, subscribe } from '../../transport/index.ts';
import { Button } from '../../ui/button.tsx';
import { DialogActions } from '../../ui/dialog.tsx';
import { Panel } from '../../ui/pieces.tsx';
import { addCode, complain } from './actions.ts';
import { Mark } from './mark.tsx';
import { closeDialog } from './state.ts';

/** What became of the receipt's paper, as the printer tells it. */
function usePrinted(receiptId: string): ReceiptRow | null {
  const [row, setRow] = useState<ReceiptRow | null>(null);
  useEffect(() => {
    const stop = subscribe('receipt.printed', (printed) => {
      if (printed.receiptId === receiptId) setRow(printed);
    });
    void call('receipt.last', {}).then((last) => {
      if (last.ok && last.value?.receiptId === receiptId) setRow(last.value);
    });
    return stop;
  }, [receiptId]);
  return row;
}

/** Goes on to the next customer; what nobody chose for is printed then. */
export function leavePaid(receiptId: string): void {
  closeDialog();
  void call('giving.leave', { receiptId });
}

/** The ways to have a receipt without paper that this shop and its country know. */
function Ways({ row, onMail }: { readonly row: ReceiptRow; readonly onMail: () => void }) {
  const { t } = useWords();
  const { giving } = useShop();
  const act = useGiving();
  const mayMail = giving.mail && row.printState !== 'copied';
  const out = row.delivery === 'printed' || row.delivery === 'sent' || row.delivery === 'shown';
  const mayShow = giving.shown && !out;
  const mayDecline = giving.declined && !out && row.delivery !== 'declined';
  useShortcuts(
    {
      E: mayMail ? onMail : undefined,
      Q: mayShow ? () => void act('giving.show', row.receiptId) : undefined,
      N: mayDecline ? () => void act('giving.decline', row.receiptId) : undefined,
    },
    'screen',
  );
  if (!mayMail && !mayShow && !mayDecline) return null;
  return (
    <section className="paid-ways" aria-label={t('giving.ask')}>
      {mayMail ? (
        <Button onPress={onMail} hotkey="E" testId="give-mail">
          <Mail size={20} aria-hidden />
          {t('giving.mail')}
        </Button>
      ) : null}
      {mayShow ? (
        <Button onPress={() => void act('giving.show', row.receiptId)} hotkey="Q" testId="give-qr">
          <QrCode size={20} aria-hidden />
          {t('giving.qr')}
        </Button>
      ) : null}
      {mayDecline ? (
        <Button onPress={() => void act('giving.decline', row.receiptId)} hotkey="N" testId="give-none">
          <CircleMinus size={20} aria-hidden />
          {t('giving.decline')}
        </Button>
      ) : null}
    </section>
  );
}

/** The sale is done: change, number, paper. Enter, or the next customer's first scan, goes on. */
export function Paid({ payment }: { readonly payment: PaymentView }) {
  const { t, language } = useWords();
  const tenderName = useTenderName();
  const printed = usePrinted(payment.receiptId);
  const { giving } = useShop();
  const asks = useTill((state) => giving.first === 'ask' || state.status?.printer === 'absent');
  const [mailing, setMailing] = useState(false);
  const leave = (): void => leavePaid(payment.receiptId);
  useScanTarget((code) => {
    leave();
    void addCode(code, 'scan');
  });
  const print = async (): Promise<void> => {
    const result = await callApproved('receipt.print', { receiptId: payment.receiptId });
    if (!result.ok) complain(result.error);
  };
  // Enter goes on wherever the focus rests: the dialog before this one may still be giving it back.
  useShortcuts({ P: () => void print(), Enter: leave });
  const failed = printed?.printState === 'failed';
  return (
    <>
      <Panel tone="good" icon={<CircleCheck size={44} aria-hidden />} title={t(payment.changeMinor > 0 ? 'pay.changeBack' : payment.amountMinor < 0 ? 'pay.giveBack' : 'pay.paid')} testId="pay-state" state={payment.state}>
        <p className="amount paid-change">{money(language, payment.changeMinor > 0 ? payment.changeMinor : Math.abs(payment.amountMinor), payment.currency)}</p>
        {payment.tipMinor > 0 ? <p className="amount">{`${t('pay.tip')} ${money(language, payment.tipMinor, payment.currency)}`}</p> : null}
        {payment.mark ? (
          <p className="paid-proof">
            <Mark mark={payment.mark} />
            <span>{`${tenderName(payment.tenderKind)} · ${payment.reference}`}</span>
          </p>
        ) : null}
      </Panel>
      {failed ? (
        <Panel tone="amber" icon={<PrinterX size={32} aria-hidden />} title={t(`printer.${printed.printProblem}`)}>
          <p>{t('pay.notPrinted')}</p>
        </Panel>
      ) : null}
      {printed ? <DeliveryPanel row={printed} onMail={() => setMailing(true)} /> : null}
      {printed && asks && printed.delivery === 'waiting' ? <p className="paid-ask">{t('giving.ask')}</p> : null}
      {printed && printed.mail?.state !== 'sending' && printed.mail?.state !== 'queued' ? <Ways row={printed} onMail={() => setMailing(true)} /> : null}
      {printed && mailing ? <MailDialog row={printed} onClose={() => setMailing(false)} /> : null}
      <DialogActions>
        <Button size="large" onPress={() => void print()} hotkey="P" testId="pay-print">
          <Printer size={20} aria-hidden />
          {t(printed?.delivery === 'printed' || printed?.delivery === 'sent' || printed?.delivery === 'shown' ? 'pay.printCopy' : 'pay.print')}
        </Button>
        <Button size="large" kind="primary" autoFocus onPress={leave} testId="pay-close">
          {t('pay.next')}
        </Button>
      </DialogActions>
    </>
  );
}
