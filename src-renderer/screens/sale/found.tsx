import { useState } from 'react';
import type { PaymentView } from '../../../src-main/contract/payment.ts';
import { play } from '../../features/sounds/index.ts';
import { showPayment } from '../../features/till/store.ts';
import { useWords } from '../../features/words/index.ts';
import { call } from '../../transport/index.ts';
import { Button } from '../../ui/button.tsx';
import { DialogActions } from '../../ui/dialog.tsx';
import { complain } from './actions.ts';
import type { Wait } from './outcome.ts';
import { closeDialog, openDialog } from './state.ts';

/** What becomes of another payment that waits at the provider: left alone, ended, or gone on with as this customer's. */
export function FoundActions({ payment, found }: { readonly payment: PaymentView; readonly found: NonNullable<Wait['found']> }) {
  const { t } = useWords();
  const [requestId] = useState(() => crypto.randomUUID());
  const [busy, setBusy] = useState(false);
  const resolve = async (what: 'cancel' | 'take-over'): Promise<void> => {
    if (busy) return;
    setBusy(true);
    const resolved = await call('payment.found', { attemptId: payment.attemptId, what, requestId });
    setBusy(false);
    if (!resolved.ok) {
      complain(resolved.error);
      return;
    }
    play('scan');
    showPayment(resolved.value);
    openDialog({ kind: 'wait', attemptId: resolved.value.attemptId });
  };
  return (
    <>
      {found.mayTakeOver ? (
        <Button onPress={() => void resolve('take-over')} disabled={busy} testId="found-take-over">
          {t('doubt.foundTakeOver')}
        </Button>
      ) : null}
      <DialogActions>
        <Button size="large" onPress={closeDialog} testId="pay-close">
          {t('doubt.foundLeave')}
        </Button>
        <Button size="large" kind="primary" disabled={busy} onPress={() => void resolve('cancel')} testId="found-end">
          {t('doubt.foundEnd')}
        </Button>
      </DialogActions>
    </>
  );
}
