import { useEffect, useState } from 'react';
import { CircleAlert } from 'lucide-react';
import type { Failure } from '../../../src-main/contract/errors.ts';
import type { ShiftView } from '../../../src-main/contract/shifts.ts';
import type { StaffView } from '../../../src-main/contract/staff.ts';
import { AmountField, useAmountField } from '../../features/amounts/amount-field.tsx';
import { callApproved } from '../../features/approval/store.ts';
import { AskDialog } from '../../features/ask/ask-dialog.tsx';
import { ReasonField } from '../../features/ask/reason-field.tsx';
import { CashCount, useCashCount } from '../../features/cash-count/cash-count.tsx';
import { money } from '../../features/format/index.ts';
import { notify } from '../../features/notices/store.ts';
import { useShop } from '../../features/till/store.ts';
import { failureText, useWords } from '../../features/words/index.ts';
import { call } from '../../transport/index.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions } from '../../ui/dialog.tsx';
import { Select } from '../../ui/fields.tsx';
import { Panel } from '../../ui/pieces.tsx';
import { drawerName } from './names.ts';

type Props = { readonly shift: ShiftView; readonly onClose: () => void };

/** The sentence of a failure, for a field. */
function useSentence(): (failure: Failure) => string {
  const { t, language } = useWords();
  const { shop } = useShop();
  return (failure) => failureText(t, language, failure, shop.currency);
}

/** Something goes in or out of the drawer, with a reason; its paper comes out by itself. */
export function MoveDialog({ shift, kind, onClose }: Props & { readonly kind: 'pay-in' | 'pay-out' | 'safe-drop' }) {
  const { t } = useWords();
  const sentence = useSentence();
  const field = useAmountField(null);
  const [reason, setReason] = useState('');
  const [error, setError] = useState<string | null>(null);
  const typed = 'minor' in field.amount && field.amount.minor > 0 ? field.amount.minor : null;
  const suggestions = { 'pay-in': ['moreChange', 'putBack'], 'pay-out': ['goods', 'postage', 'cleaning'], 'safe-drop': ['tooMuchCash', 'toTheBank'] }[kind];
  const move = async (): Promise<boolean> => {
    if (typed === null) return false;
    const moved = await callApproved('shift.move', { shiftId: shift.shiftId, kind, amountMinor: typed, reason });
    if (!moved.ok) {
      setError(sentence(moved.error));
      return false;
    }
    const printed = await call('shift.print', { of: 'movement', id: moved.value.movementId });
    if (!printed.ok) notify(sentence(printed.error), { tone: 'bad' });
    return true;
  };
  return (
    <AskDialog title={t(`shift.kind.${kind}`)} ok={t(`shift.do.${kind}`)} ready={typed !== null && reason.trim() !== ''} onClose={onClose} onOk={move} testId="shift-move">
      <AmountField label={t('shift.amount')} field={field} error={error} autoFocus testId="shift-amount" />
      <ReasonField value={reason} onChange={setReason} suggestions={suggestions} />
    </AskDialog>
  );
}

/** A blind count: what should be there is told when the count is confirmed, and not before. */
export function CountDialog({ shift, onClose }: Props) {
  const { t } = useWords();
  const sentence = useSentence();
  const count = useCashCount(null);
  const [busy, setBusy] = useState(false);
  const confirm = async (): Promise<void> => {
    if (busy || count.counted === null) return;
    setBusy(true);
    const made = await callApproved('shift.count', { shiftId: shift.shiftId, counted: count.counted });
    setBusy(false);
    if (made.ok) onClose();
    else notify(sentence(made.error), { tone: 'bad' });
  };
  return (
    <Dialog title={t('shift.countTitle', { name: drawerName(shift.drawer, t) })} onClose={onClose} wide testId="count-dialog">
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void confirm();
        }}
      >
        <p className="quiet-text">{t('shift.countText')}</p>
        <CashCount state={count} />
        <DialogActions>
          <Button size="large" onPress={onClose}>
            {t('common.cancel')}
          </Button>
          <Button size="large" kind="primary" submit disabled={count.counted === null || busy} testId="count-confirm">
            {t('shift.confirm')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}

/** What a difference asks for. */
function Explanation({ shift, value, onChange }: { readonly shift: ShiftView; readonly value: string; readonly onChange: (value: string) => void }) {
  const { t, language } = useWords();
  const { shop } = useShop();
  const difference = shift.count?.differenceMinor ?? 0;
  if (difference === 0) return null;
  return (
    <>
      <Panel tone="amber" icon={<CircleAlert size={32} aria-hidden />} title={t(difference < 0 ? 'shift.tooLittle' : 'shift.tooMuch', { amount: money(language, Math.abs(difference), shop.currency) })}>
        <p>{t('shift.explain')}</p>
      </Panel>
      <ReasonField value={value} onChange={onChange} suggestions={['wrongChange', 'notFound', 'mistake']} autoFocus />
    </>
  );
}

/** Ends the shift by its count: the difference explained, what stays in the drawer for the next. */
export function CloseDialog({ shift, onClose }: Props) {
  const { t, language } = useWords();
  const { shop } = useShop();
  const sentence = useSentence();
  const counted = shift.count?.countedMinor ?? 0;
  const left = useAmountField(Math.min(shift.floatMinor, counted));
  const [explanation, setExplanation] = useState('');
  const [error, setError] = useState<string | null>(null);
  const leftMinor = 'minor' in left.amount ? left.amount.minor : null;
  const needs = shift.count !== null && shift.count.differenceMinor !== 0;
  const ready = leftMinor !== null && leftMinor >= 0 && leftMinor <= counted && (!needs || explanation.trim() !== '');
  const close = async (): Promise<boolean> => {
    if (leftMinor === null || !shift.count) return false;
    const closed = await callApproved('shift.close', { shiftId: shift.shiftId, countId: shift.count.countId, explanation, leftMinor });
    if (!closed.ok) {
      setError(sentence(closed.error));
      return false;
    }
    const printed = await call('shift.print', { of: 'shift', id: shift.shiftId });
    if (!printed.ok) notify(sentence(printed.error), { tone: 'bad' });
    return true;
  };
  return (
    <AskDialog title={t('shift.closeTitle', { name: drawerName(shift.drawer, t) })} ok={t('shift.close')} ready={ready} onClose={onClose} onOk={close} testId="close-dialog">
      <Explanation shift={shift} value={explanation} onChange={setExplanation} />
      <AmountField label={t('shift.left')} hint={t('shift.takenOut', { amount: money(language, Math.max(0, counted - (leftMinor ?? 0)), shop.currency) })} field={left} error={error} quiet testId="shift-left" />
    </AskDialog>
  );
}

/** The drawer goes on with another person, who answers for what was counted. */
export function HandOverDialog({ shift, onClose }: Props) {
  const { t } = useWords();
  const sentence = useSentence();
  const [people, setPeople] = useState<readonly StaffView[]>([]);
  const [toStaffId, setToStaffId] = useState('');
  const [explanation, setExplanation] = useState('');
  useEffect(() => {
    void call('staff.list', {}).then((found) => {
      if (!found.ok) return;
      const others = found.value.filter((one) => one.id !== shift.staffId);
      setPeople(others);
      setToStaffId(others[0]?.id ?? '');
    });
  }, [shift.staffId]);
  const needs = shift.count !== null && shift.count.differenceMinor !== 0;
  const handOver = async (): Promise<boolean> => {
    if (!shift.count) return false;
    const done = await callApproved('shift.hand-over', { shiftId: shift.shiftId, countId: shift.count.countId, toStaffId, explanation });
    if (!done.ok) notify(sentence(done.error), { tone: 'bad' });
    return done.ok;
  };
  return (
    <AskDialog title={t('shift.handOver')} ok={t('shift.handOver')} ready={toStaffId !== '' && (!needs || explanation.trim() !== '')} onClose={onClose} onOk={handOver} testId="hand-over-dialog">
      <Explanation shift={shift} value={explanation} onChange={setExplanation} />
      <Select label={t('shift.to')} value={toStaffId} choices={people.map((one) => ({ value: one.id, label: one.name }))} onChange={setToStaffId} testId="shift-to" />
    </AskDialog>
  );
}
