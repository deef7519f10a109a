import { Archive, ArrowRightToLine, CircleAlert, CircleCheck, ReceiptText, Undo2, UserRound, type LucideIcon } from 'lucide-react';
import type { TaskState, TaskView } from '../../../src-main/contract/tasks.ts';
import { dayTime, money } from '../../features/format/index.ts';
import { RefundPanel } from '../../features/refunds/refund-state.tsx';
import { useTenderName } from '../../features/tenders/index.ts';
import { useShop } from '../../features/till/store.ts';
import { useWords } from '../../features/words/index.ts';
import { Button } from '../../ui/button.tsx';
import { Pill, type Tone } from '../../ui/pieces.tsx';

export type TaskAct = 'attach' | 'refund' | 'hand-over' | 'close';

const looks: Readonly<Record<TaskState, { readonly tone: Tone; readonly icon: LucideIcon }>> = {
  open: { tone: 'amber', icon: CircleAlert },
  'handed-over': { tone: 'waiting', icon: UserRound },
  attached: { tone: 'good', icon: ReceiptText },
  refunded: { tone: 'good', icon: CircleCheck },
  closed: { tone: 'plain', icon: Archive },
};

function useFacts(task: TaskView): readonly (readonly [string, string])[] {
  const { t, language } = useWords();
  const { shop } = useShop();
  const name = useTenderName()(task.provider);
  const { was } = task;
  const told: (readonly [string, string])[] = [
    [t('tasks.reference', { name }), task.reference === '' ? '–' : task.reference],
    [t('tasks.ownReference'), task.ownReference === '' ? '–' : task.ownReference],
    [t('tasks.met'), dayTime(language, task.openedAt, shop.timeZone)],
    [t('tasks.wasFor'), was ? t(`tasks.was.${was.receiptState}`, { number: was.receiptNumber ?? '', amount: money(language, was.totalMinor, task.currency) }) : t('tasks.wasUnknown')],
  ];
  if (was) told.push([t(task.doubt === 'open' ? 'carryOver.stands' : 'tasks.howEnded'), `${t(`wait.name.${was.attemptState}`, { name })} · ${money(language, was.askedMinor, task.currency)} · ${dayTime(language, was.at, shop.timeZone)}`]);
  return told;
}

/** One late payment: what is known of it, how it stands, and what can be done. */
export function TaskCard({ task, place, chosen, attachNot, onChoose, onAct }: {
  readonly task: TaskView;
  readonly place: number;
  readonly chosen: boolean;
  /** Why it can't be put on the receipt on the counter; null: it can. */
  readonly attachNot: string | null;
  readonly onChoose: () => void;
  readonly onAct: (act: TaskAct) => void;
}) {
  const { t, language } = useWords();
  const { shop } = useShop();
  const name = useTenderName()(task.provider);
  const facts = useFacts(task);
  const { tone, icon: Icon } = looks[task.state];
  const running = task.refundNot === 'under-way';
  const doubted = task.doubt === 'open';
  const key = (hotkey: string): { readonly hotkey?: string } => (chosen ? { hotkey } : {});
  return (
    <article className="card task" data-testid={`task-${place}`} data-state={task.state} data-chosen={chosen || undefined} aria-label={`${name} ${money(language, task.amountMinor, task.currency)}`} onClick={onChoose} onFocus={onChoose}>
      <header className="task-head">
        <span className="task-amount amount">{money(language, task.amountMinor, task.currency)}</span>
        <span className="task-name">{name}</span>
        {task.doubt === null ? null : <Pill tone={task.doubt === 'open' ? 'waiting' : 'plain'}>{t(`carryOver.doubt.${task.doubt}`)}</Pill>}
        <Pill tone={tone} icon={<Icon size={16} aria-hidden />}>{t(`tasks.state.${task.state}`)}</Pill>
      </header>
      <dl className="task-facts">
        {facts.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
        {task.attachedTo ? (
          <div>
            <dt>{t('tasks.state.attached')}</dt>
            <dd>{task.attachedTo.number === null ? t('tasks.onCounter') : t('tasks.onReceipt', { number: task.attachedTo.number })}</dd>
          </div>
        ) : null}
      </dl>
      {task.note === '' ? null : (
        <p className="task-noted">
          {task.note}
          <span className="line-under">{`${task.staffName} · ${dayTime(language, task.updatedAt, shop.timeZone)}`}</span>
        </p>
      )}
      {task.refund && task.state !== 'attached' && task.state !== 'closed' ? <RefundPanel refund={task.refund} /> : null}
      {task.endedAt !== null ? null : (
        <>
          <div className="task-acts">
            <Button kind="primary" {...key('F4')} disabled={running || doubted || attachNot !== null} onPress={() => onAct('attach')} testId="task-attach">
              <ArrowRightToLine size={19} aria-hidden />
              {t('tasks.attach')}
            </Button>
            <Button kind="danger" {...key('F6')} disabled={doubted || task.refundNot !== null} onPress={() => onAct('refund')} testId="task-refund">
              <Undo2 size={19} aria-hidden />
              {t('tasks.refund')}
            </Button>
            <Button {...key('F7')} disabled={running} onPress={() => onAct('hand-over')} testId="task-hand-over">
              <UserRound size={19} aria-hidden />
              {t('tasks.handOver')}
            </Button>
            <Button {...key('F8')} disabled={running || doubted} onPress={() => onAct('close')} testId="task-close">
              <Archive size={19} aria-hidden />
              {t('tasks.close')}
            </Button>
          </div>
          {doubted ? <p className="quiet-text">{t('carryOver.wait', { name })}</p> : null}
          {!running && !doubted && attachNot !== null ? <p className="quiet-text">{attachNot}</p> : null}
          {task.refundNot !== null && !running && !doubted ? <p className="quiet-text">{t(`refund.not.${task.refundNot}`, { name })}</p> : null}
        </>
      )}
    </article>
  );
}
