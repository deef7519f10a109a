import { useState, type ReactNode } from 'react';
import { CircleCheck } from 'lucide-react';
import type { Failure, Result } from '../../../src-main/contract/errors.ts';
import type { PaymentView } from '../../../src-main/contract/payment.ts';
import type { SaleView } from '../../../src-main/contract/sale.ts';
import type { TaskView } from '../../../src-main/contract/tasks.ts';
import { callApproved } from '../../features/approval/store.ts';
import { AskDialog } from '../../features/ask/ask-dialog.tsx';
import { money } from '../../features/format/index.ts';
import { notify } from '../../features/notices/store.ts';
import { IdentifierField, isTold, refundFailure, toldOf } from '../../features/refunds/identifier-field.tsx';
import { useScanTarget } from '../../features/scanner/targets.ts';
import { useShortcuts } from '../../features/shortcuts/index.ts';
import { useTenderName } from '../../features/tenders/index.ts';
import { useShop } from '../../features/till/store.ts';
import { useWords } from '../../features/words/index.ts';
import { call } from '../../transport/index.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/fields.tsx';
import { Panel } from '../../ui/pieces.tsx';

type Noted = {
  readonly task: TaskView;
  readonly title: string;
  readonly text: string;
  readonly ok: string;
  readonly destroys?: boolean;
  readonly ready?: boolean;
  readonly onClose: () => void;
  /** Does it with the note; answers the failure, or null. */
  readonly act: (note: string) => Promise<Failure | null>;
  readonly children?: ReactNode;
};

/** Every decision about late money: how much, what will happen, and a note for the journal. */
function NotedDialog({ task, title, text, ok, destroys = false, ready = true, onClose, act, children }: Noted) {
  const { t, language } = useWords();
  const [note, setNote] = useState('');
  const [error, setError] = useState<string | null>(null);
  const go = async (): Promise<boolean> => {
    const failure = await act(note);
    setError(failure ? refundFailure(t, language, failure, task.currency, task.asks) : null);
    return failure === null;
  };
  return (
    <AskDialog title={title} ok={ok} okKind={destroys ? 'destroy' : 'primary'} ready={ready && note.trim() !== ''} onClose={onClose} onOk={go} testId="task-dialog">
      <p className="dialog-big amount">{money(language, task.amountMinor, task.currency)}</p>
      <p className="task-text">{text}</p>
      {children}
      <TextField label={t('tasks.note')} hint={t('tasks.noteHint')} value={note} onChange={setNote} maxLength={200} autoFocus={children === undefined} testId="task-note" />
      {error === null ? null : <p role="alert" className="error">{error}</p>}
    </AskDialog>
  );
}

const failureOf = (result: Result<unknown>): Failure | null => (result.ok ? null : result.error);

type Open = { readonly task: TaskView; readonly onClose: () => void };

/** What putting late money on the receipt on the counter will come to. */
function useComesTo(task: TaskView, sale: SaleView): string {
  const { t, language } = useWords();
  const { dueMinor } = sale.totals;
  const rest = money(language, Math.abs(dueMinor - task.amountMinor), sale.currency);
  const due = money(language, dueMinor, sale.currency);
  if (task.amountMinor === dueMinor) return t('tasks.attachAll');
  return task.amountMinor < dueMinor ? t('tasks.attachLess', { due, rest }) : t('tasks.attachMore', { due, rest });
}

export function AttachDialog({ task, sale, onClose, onAttached }: Open & { readonly sale: SaleView; readonly onAttached: (payment: PaymentView) => void }) {
  const { t } = useWords();
  const text = useComesTo(task, sale);
  const attach = async (note: string): Promise<Failure | null> => {
    const attached = await callApproved('task.attach', { taskId: task.taskId, receiptId: sale.receiptId ?? '', note });
    if (attached.ok) onAttached(attached.value.payment);
    return failureOf(attached);
  };
  return <NotedDialog task={task} title={t('tasks.attachDialog')} text={text} ok={t('tasks.attach')} onClose={onClose} act={attach} />;
}

export function RefundTaskDialog({ task, onClose }: Open) {
  const { t } = useWords();
  const name = useTenderName()(task.provider);
  const [identifier, setIdentifier] = useState('');
  const [requestId] = useState(() => crypto.randomUUID());
  const refund = async (note: string): Promise<Failure | null> => failureOf(await callApproved('task.refund', { requestId, taskId: task.taskId, note, ...toldOf(task.asks, identifier) }));
  return (
    <NotedDialog task={task} title={t('tasks.refundDialog')} text={t('tasks.refundText', { name })} ok={t('tasks.refund')} destroys ready={isTold(task.asks, identifier)} onClose={onClose} act={refund}>
      {task.asks ? <IdentifierField asks={task.asks} value={identifier} onChange={setIdentifier} autoFocus /> : undefined}
    </NotedDialog>
  );
}

export function HandOverDialog({ task, onClose }: Open) {
  const { t } = useWords();
  const handOver = async (note: string): Promise<Failure | null> => {
    const done = await call('task.hand-over', { taskId: task.taskId, note });
    if (done.ok) notify(t('tasks.doneHandedOver'));
    return failureOf(done);
  };
  return <NotedDialog task={task} title={t('tasks.handOverDialog')} text={t('tasks.handOverText')} ok={t('tasks.handOver')} onClose={onClose} act={handOver} />;
}

export function CloseTaskDialog({ task, onClose }: Open) {
  const { t } = useWords();
  const name = useTenderName()(task.provider);
  const close = async (note: string): Promise<Failure | null> => {
    const done = await callApproved('task.close', { taskId: task.taskId, note });
    if (done.ok) notify(t('tasks.doneClosed'));
    return failureOf(done);
  };
  return <NotedDialog task={task} title={t('tasks.closeDialog')} text={t('tasks.closeText', { name })} ok={t('tasks.close')} destroys onClose={onClose} act={close} />;
}

/** What became of the receipt that it was put on: its number, what goes back in cash, or what is still to pay. */
export function AttachedDialog({ payment, onClose }: { readonly payment: PaymentView; readonly onClose: () => void }) {
  const { t, language } = useWords();
  const { shop } = useShop();
  const say = (minor: number): string => money(language, minor, shop.currency);
  const toSale = (): void => {
    onClose();
    location.hash = '#/sale';
  };
  useScanTarget(null);
  useShortcuts({ Enter: toSale });
  const number = payment.receiptNumber ?? '';
  const title = !payment.completed ? t('tasks.doneRest', { amount: say(payment.amountMinor), rest: say(payment.dueMinor) }) : payment.changeMinor > 0 ? t('tasks.doneBack', { number, amount: say(payment.changeMinor) }) : t('tasks.donePaid', { number });
  return (
    <Dialog title={t('tasks.state.attached')} onClose={onClose} testId="task-attached">
      <p className="dialog-big amount">{say(payment.completed && payment.changeMinor > 0 ? payment.changeMinor : payment.amountMinor)}</p>
      <Panel tone={payment.completed ? 'good' : 'amber'} icon={<CircleCheck size={32} aria-hidden />} title={title} />
      <DialogActions>
        <Button size="large" onPress={onClose}>{t('common.close')}</Button>
        <Button size="large" kind="primary" onPress={toSale} testId="task-to-sale">{t('common.backToSale')}</Button>
      </DialogActions>
    </Dialog>
  );
}
