import { useState } from 'react';
import type { LineView } from '../../../src-main/contract/sale.ts';
import { callApproved } from '../../features/approval/store.ts';
import { AskDialog } from '../../features/ask/ask-dialog.tsx';
import { ReasonField } from '../../features/ask/reason-field.tsx';
import { useTill } from '../../features/till/store.ts';
import { useWords } from '../../features/words/index.ts';
import { call } from '../../transport/index.ts';
import { Pill } from '../../ui/pieces.tsx';
import { TextField } from '../../ui/fields.tsx';
import { done } from './actions.ts';
import { closeDialog } from './state.ts';

/** A note on a line, or (without one) on the receipt; it is printed. */
export function NoteDialog({ line }: { readonly line: LineView | null }) {
  const { t } = useWords();
  const receiptNote = useTill((state) => state.sale?.note ?? '');
  const [text, setText] = useState(line ? line.note : receiptNote);
  const input = line ? { lineId: line.id, text } : { text };
  return (
    <AskDialog
      title={t(line ? 'sale.lineNote' : 'sale.receiptNote')}
      aside={line ? <Pill>{line.name}</Pill> : null}
      ok={t('common.save')}
      onClose={closeDialog}
      onOk={() => done(call('sale.note', input))}
    >
      <TextField label={t('sale.note')} value={text} onChange={setText} hint={t('sale.noteHint')} autoFocus testId="note-field" />
    </AskDialog>
  );
}

/** The customer's own reference: an order, a name, a club number. */
export function ReferenceDialog() {
  const { t } = useWords();
  const before = useTill((state) => state.sale?.customerReference ?? '');
  const [text, setText] = useState(before);
  return (
    <AskDialog title={t('sale.reference')} ok={t('common.save')} onClose={closeDialog} onOk={() => done(call('sale.customer-reference', { text }))}>
      <TextField label={t('sale.reference')} value={text} onChange={setText} hint={t('sale.referenceHint')} autoFocus testId="reference-field" />
    </AskDialog>
  );
}

/** Opening the drawer without a sale: it is counted, so it wants a reason. */
export function DrawerDialog() {
  const { t } = useWords();
  const [reason, setReason] = useState('');
  return (
    <AskDialog
      title={t('sale.openDrawer')}
      ok={t('sale.openDrawer')}
      ready={reason.trim() !== ''}
      onClose={closeDialog}
      onOk={() => done(callApproved('drawer.open', { reason }))}
    >
      <ReasonField value={reason} onChange={setReason} suggestions={['change', 'mistake']} autoFocus />
    </AskDialog>
  );
}
