import { useCallback, useEffect, useState } from 'react';
import { CircleAlert, CircleCheck } from 'lucide-react';
import type { Failure } from '../../../src-main/contract/errors.ts';
import type { PaymentView } from '../../../src-main/contract/payment.ts';
import type { TaskView } from '../../../src-main/contract/tasks.ts';
import { money } from '../../features/format/index.ts';
import { isRunning } from '../../features/refunds/refund-state.tsx';
import { useScanTarget } from '../../features/scanner/targets.ts';
import { useShortcuts } from '../../features/shortcuts/index.ts';
import { useShop, useTill } from '../../features/till/store.ts';
import { failureText, useWords } from '../../features/words/index.ts';
import { call, subscribe } from '../../transport/index.ts';
import { Button } from '../../ui/button.tsx';
import { Empty, Panel, Tabs } from '../../ui/pieces.tsx';
import { AttachDialog, AttachedDialog, CloseTaskDialog, HandOverDialog, RefundTaskDialog } from './task-dialogs.tsx';
import { TaskCard, type TaskAct } from './task-card.tsx';
import './tasks.css';

type Shown = 'waiting' | 'ended';
/** Cards drawn before the first answer. */
const placeholders = [1, 2];

/** The list that is looked at, read again whenever late money comes or changes. */
function useTasks(shown: Shown): { readonly tasks: readonly TaskView[] | null; readonly failure: Failure | null } {
  const [found, setFound] = useState<{ readonly of: Shown; readonly tasks: readonly TaskView[] } | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const load = useCallback(async (): Promise<void> => {
    const answer = await call('task.list', { ended: shown === 'ended' });
    setFailure(answer.ok ? null : answer.error);
    if (answer.ok) setFound({ of: shown, tasks: answer.value });
  }, [shown]);
  useEffect(() => {
    void load();
    const stops = [subscribe('task.opened', () => void load()), subscribe('task.changed', () => void load())];
    return () => stops.forEach((stop) => stop());
  }, [load]);
  return { tasks: found?.of === shown ? found.tasks : null, failure };
}

/** Why late money can't be put on the receipt on the counter now; null: it can. */
function useAttachNot(): (task: TaskView) => string | null {
  const { t, language } = useWords();
  const { shop } = useShop();
  const sale = useTill((state) => state.sale);
  const paying = useTill(({ payments, sale: now }) => Object.values(payments).some((one) => one.receiptId === now?.receiptId && one.wait !== null && one.wait.cancelNot !== null && one.state !== 'paid'));
  return (task) => {
    if (!sale || sale.lines.length === 0 || sale.totals.dueMinor <= 0) return t('tasks.attachNot.empty');
    const goingBack = sale.posts.some((post) => post.goesBack?.refund && isRunning(post.goesBack.refund));
    if (goingBack || paying) return t('tasks.attachNot.active');
    const most = sale.totals.dueMinor + shop.overPaymentCapMinor;
    return task.amountMinor > most ? t('tasks.attachNot.above', { amount: money(language, most, sale.currency) }) : null;
  };
}

/** Late money: payments that came after they had come to nothing here. People decide what becomes of each. */
export function TasksScreen() {
  const { t, language } = useWords();
  const { shop } = useShop();
  const sale = useTill((state) => state.sale);
  const [shown, setShown] = useState<Shown>('waiting');
  const { tasks, failure } = useTasks(shown);
  const [chosenId, setChosenId] = useState<string | null>(null);
  const [open, setOpen] = useState<{ readonly act: TaskAct; readonly task: TaskView } | null>(null);
  const [attached, setAttached] = useState<PaymentView | null>(null);
  const attachNot = useAttachNot();
  const list = tasks ?? [];
  const chosen = list.find((task) => task.taskId === chosenId) ?? list[0] ?? null;
  const toSale = (): void => {
    location.hash = '#/sale';
  };
  const may = (act: TaskAct, task: TaskView): boolean => {
    if (task.endedAt !== null || task.refundNot === 'under-way') return false;
    return act === 'attach' ? attachNot(task) === null : act === 'refund' ? task.refundNot === null : true;
  };
  const begin = (act: TaskAct) => () => {
    if (chosen && may(act, chosen)) setOpen({ act, task: chosen });
  };
  const move = (by: number) => () => {
    const at = list.findIndex((task) => task.taskId === chosen?.taskId);
    setChosenId(list[Math.max(0, Math.min(list.length - 1, at + by))]?.taskId ?? null);
  };
  const close = (): void => setOpen(null);
  useScanTarget(null);
  useShortcuts({ F4: begin('attach'), F6: begin('refund'), F7: begin('hand-over'), F8: begin('close'), ArrowDown: move(1), ArrowUp: move(-1), Escape: toSale }, 'screen');

  return (
    <main className="room" data-testid="tasks">
      <div className="room-head">
        <h1>{t('screens.tasks')}</h1>
        <Button hotkey="Esc" onPress={toSale} testId="back">{t('common.backToSale')}</Button>
      </div>
      <p className="task-about">{t('tasks.about')}</p>
      <Tabs label={t('tasks.show')} tabs={[{ id: 'waiting', name: t('tasks.waiting') }, { id: 'ended', name: t('tasks.ended') }]} chosen={shown} onChoose={setShown} />
      {failure ? <Panel tone="bad" icon={<CircleAlert size={32} aria-hidden />} title={failureText(t, language, failure, shop.currency)} /> : null}
      <div className="tasks" aria-busy={tasks === null}>
        {tasks === null && !failure ? placeholders.map((place) => <div key={place} className="card task task-awaited" aria-hidden />) : null}
        {tasks?.length === 0 ? (
          <Empty icon={<CircleCheck size={44} strokeWidth={1.5} />} title={t(shown === 'waiting' ? 'tasks.none' : 'tasks.noneEnded')}>
            <p>{t('tasks.noneHint')}</p>
          </Empty>
        ) : null}
        {list.map((task, index) => (
          <TaskCard key={task.taskId} task={task} place={index + 1} chosen={task === chosen} attachNot={attachNot(task)} onChoose={() => setChosenId(task.taskId)} onAct={(act) => setOpen({ act, task })} />
        ))}
      </div>
      {open?.act === 'attach' && sale ? <AttachDialog task={open.task} sale={sale} onClose={close} onAttached={setAttached} /> : null}
      {open?.act === 'refund' ? <RefundTaskDialog task={open.task} onClose={close} /> : null}
      {open?.act === 'hand-over' ? <HandOverDialog task={open.task} onClose={close} /> : null}
      {open?.act === 'close' ? <CloseTaskDialog task={open.task} onClose={close} /> : null}
      {attached && !open ? <AttachedDialog payment={attached} onClose={() => setAttached(null)} /> : null}
    </main>
  );
}
