import { useEffect, useState } from 'react';
import type { StaffView } from '../../../src-main/contract/staff.ts';
import { call } from '../../transport/index.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions } from '../../ui/dialog.tsx';
import { Select, TextField } from '../../ui/fields.tsx';
import { useScanTarget } from '../scanner/targets.ts';
import { useShortcuts } from '../shortcuts/index.ts';
import { useShop } from '../till/store.ts';
import { failureText, useWords } from '../words/index.ts';
import { useApproval } from './store.ts';

/** A manager's PIN for one act, on the spot. */
export function ApprovalDialog() {
  const asked = useApproval((state) => state.asked);
  return asked ? <Ask key={asked.right} /> : null;
}

function Ask() {
  const { t, language } = useWords();
  const { shop } = useShop();
  const asked = useApproval((state) => state.asked);
  const [people, setPeople] = useState<readonly StaffView[]>([]);
  const [staffId, setStaffId] = useState('');
  const [pin, setPin] = useState('');
  const [error, setError] = useState<string | null>(null);
  useScanTarget(null);
  useShortcuts({});

  useEffect(() => {
    void call('staff.list', {}).then((found) => {
      if (!found.ok) return;
      const able = found.value.filter((one) => one.role !== 'cashier');
      setPeople(able);
      setStaffId(able[0]?.id ?? '');
    });
  }, []);

  if (!asked) return null;
  const giveUp = (): void => asked.answer(null);
  const approve = async (): Promise<void> => {
    const approved = await call('session.approve', { staffId, pin, right: asked.right });
    if (approved.ok) asked.answer(approved.value.approval);
    else {
      setError(failureText(t, language, approved.error, shop.currency));
      setPin('');
    }
  };
  return (
    <Dialog title={t('approval.title')} onClose={giveUp} testId="approval">
      <p>{t(`approval.right.${asked.right}`)}</p>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (pin.length >= 4) void approve();
        }}
      >
        <Select
          label={t('approval.who')}
          value={staffId}
          choices={people.map((one) => ({ value: one.id, label: one.name }))}
          onChange={setStaffId}
        />
        <TextField label={t('signIn.pin')} kind="pin" value={pin} onChange={setPin} error={error} maxLength={8} autoFocus testId="approval-pin" />
        <DialogActions>
          <Button size="large" onPress={giveUp}>
            {t('common.cancel')}
          </Button>
          <Button size="large" kind="primary" submit disabled={pin.length < 4} testId="approval-ok">
            {t('approval.approve')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
