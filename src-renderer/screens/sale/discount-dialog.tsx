import { useState } from 'react';
import type { Discount, LineView } from '../../../src-main/contract/sale.ts';
import { readAmount, readPercent } from '../../features/amounts/read.ts';
import { callApproved } from '../../features/approval/store.ts';
import { AskDialog } from '../../features/ask/ask-dialog.tsx';
import { ReasonField } from '../../features/ask/reason-field.tsx';
import { percent } from '../../features/format/index.ts';
import { useTill } from '../../features/till/store.ts';
import { useWords } from '../../features/words/index.ts';
import { Button } from '../../ui/button.tsx';
import { Pill, Tabs } from '../../ui/pieces.tsx';
import { TextField } from '../../ui/fields.tsx';
import { done } from './actions.ts';
import { closeDialog } from './state.ts';

const usualShares = [500, 1000, 2000, 3000, 5000];

function discountOf(kind: Discount['kind'], typed: string): Discount | null {
  if (kind === 'percent') {
    const basisPoints = readPercent(typed);
    return basisPoints === null ? null : { kind, basisPoints };
  }
  const amount = readAmount(typed);
  return 'minor' in amount && amount.minor > 0 ? { kind, amountMinor: amount.minor } : null;
}

/** A discount on a line, or (without one) on the whole receipt. */
export function DiscountDialog({ line }: { readonly line: LineView | null }) {
  const { t, language } = useWords();
  const receiptDiscount = useTill((state) => state.sale?.discount ?? null);
  const before = line ? line.discount : receiptDiscount;
  const [kind, setKind] = useState<Discount['kind']>('percent');
  const [typed, setTyped] = useState('');
  const [reason, setReason] = useState('');
  const discount = discountOf(kind, typed);
  const give = (given: Discount | null): Promise<boolean> =>
    done(
      line
        ? callApproved('sale.discount-line', { lineId: line.id, discount: given, reason })
        : callApproved('sale.discount-receipt', { discount: given, reason }),
    );
  return (
    <AskDialog
      title={t(line ? 'sale.lineDiscount' : 'sale.receiptDiscount')}
      aside={line ? <Pill>{line.name}</Pill> : null}
      ok={t('sale.giveDiscount')}
      ready={discount !== null}
      onClose={closeDialog}
      onOk={() => (discount ? give(discount) : false)}
    >
      <Tabs
        label={t('sale.discountKind')}
        tabs={[
          { id: 'percent', name: t('sale.percent') },
          { id: 'amount', name: t('sale.amount') },
        ]}
        chosen={kind}
        onChoose={setKind}
      />
      <TextField
        label={t(kind === 'percent' ? 'sale.discountPercent' : 'sale.discountAmount')}
        kind="amount"
        value={typed}
        onChange={setTyped}
        error={typed !== '' && !discount ? t('sale.discountHint') : null}
        autoFocus
        testId="discount-field"
      />
      {kind === 'percent' ? (
        <div className="choices">
          {usualShares.map((share) => (
            <Button key={share} size="small" onPress={() => setTyped(String(share / 100))}>
              {percent(language, share)}
            </Button>
          ))}
        </div>
      ) : null}
      <ReasonField value={reason} onChange={setReason} suggestions={['damaged', 'shortDated', 'staff', 'goodwill']} />
      {before ? (
        <Button
          kind="danger"
          onPress={() => {
            void give(null).then((taken) => taken && closeDialog());
          }}
        >
          {t('sale.takeDiscountAway')}
        </Button>
      ) : null}
    </AskDialog>
  );
}
