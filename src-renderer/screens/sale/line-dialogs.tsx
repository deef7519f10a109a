import { useState } from 'react';
import type { LineView } from '../../../src-main/contract/sale.ts';
import { readAmount, readQuantity } from '../../features/amounts/read.ts';
import { AmountField, useAmountField } from '../../features/amounts/amount-field.tsx';
import { callApproved } from '../../features/approval/store.ts';
import { AskDialog } from '../../features/ask/ask-dialog.tsx';
import { ReasonField } from '../../features/ask/reason-field.tsx';
import { quantity, unitSign } from '../../features/format/index.ts';
import { useWords } from '../../features/words/index.ts';
import { call } from '../../transport/index.ts';
import { Pill } from '../../ui/pieces.tsx';
import { TextField } from '../../ui/fields.tsx';
import { done } from './actions.ts';
import { closeDialog } from './state.ts';

/** How many, or how much, of a line. */
export function QuantityDialog({ line }: { readonly line: LineView }) {
  const { t, language } = useWords();
  const [typed, setTyped] = useState(quantity(language, line.quantityMilli));
  const milli = readQuantity(typed);
  const good = milli !== null && (line.unit !== 'piece' || milli % 1000 === 0);
  return (
    <AskDialog
      title={t('sale.quantity')}
      aside={<Pill>{line.name}</Pill>}
      ok={t('common.save')}
      ready={good}
      onClose={closeDialog}
      onOk={() => (milli === null ? false : done(call('sale.set-quantity', { lineId: line.id, quantityMilli: milli })))}
    >
      <TextField
        label={line.unit === 'piece' ? t('sale.pieces') : t('sale.quantityIn', { unit: unitSign(line.unit) })}
        kind="amount"
        value={typed}
        onChange={setTyped}
        error={good ? null : t('sale.quantityHint')}
        autoFocus
        testId="quantity-field"
      />
    </AskDialog>
  );
}

/** Another price for a line, with the reason that the activity log keeps. */
export function PriceDialog({ line }: { readonly line: LineView }) {
  const { t } = useWords();
  const field = useAmountField(line.unitPriceMinor);
  const [reason, setReason] = useState(line.overrideReason);
  const price = readAmount(field.typed);
  return (
    <AskDialog
      title={t('sale.price')}
      aside={<Pill>{line.name}</Pill>}
      ok={t('common.save')}
      ready={'minor' in price && reason.trim() !== ''}
      onClose={closeDialog}
      onOk={() =>
        'minor' in price
          ? done(callApproved('sale.override-price', { lineId: line.id, unitPriceMinor: price.minor, reason }))
          : false
      }
    >
      <AmountField label={t('sale.newPrice')} field={field} autoFocus testId="price-field" />
      <ReasonField value={reason} onChange={setReason} suggestions={['damaged', 'shelf', 'match', 'goodwill']} />
    </AskDialog>
  );
}
