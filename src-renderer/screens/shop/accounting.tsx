import { useEffect, useState } from 'react';
import type { AccountPlan } from '../../../src-main/contract/accounting.ts';
import { percent } from '../../features/format/index.ts';
import { notify } from '../../features/notices/store.ts';
import { useTenderName } from '../../features/tenders/index.ts';
import { useShop } from '../../features/till/store.ts';
import { failureText, useWords } from '../../features/words/index.ts';
import { call } from '../../transport/index.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/fields.tsx';

const others: readonly (keyof AccountPlan['others'])[] = ['safe', 'rounding', 'cashDifference', 'payIn', 'payOut', 'tips', 'unsettled'];

/** The accounts that the day's sums are booked on: by VAT rate, by tender, and for what moves beside sales. */
export function AccountingCard() {
  const { t, language } = useWords();
  const { shop } = useShop();
  const tenderName = useTenderName();
  const [plan, setPlan] = useState<AccountPlan | null>(null);
  useEffect(() => {
    void call('accounting.plan', {}).then((found) => {
      if (found.ok) setPlan(found.value);
    });
  }, []);
  if (!plan) return null;
  const save = async (): Promise<void> => {
    const saved = await call('accounting.save', plan);
    if (saved.ok) setPlan(saved.value);
    notify(saved.ok ? t('common.saved') : failureText(t, language, saved.error, shop.currency), saved.ok ? {} : { tone: 'bad' });
  };
  const rate = (basisPoints: number, side: 'sales' | 'vat', account: string): void => setPlan({ ...plan, rates: plan.rates.map((one) => (one.rateBasisPoints === basisPoints ? { ...one, [side]: account } : one)) });
  const tender = (kind: string, account: string): void => setPlan({ ...plan, tenders: plan.tenders.map((one) => (one.kind === kind ? { ...one, account } : one)) });
  return (
    <form
      className="card room-card stack"
      aria-label={t('accounting.title')}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <div className="room-head">
        <h2>{t('accounting.title')}</h2>
        <Button submit testId="accounting-save">
          {t('common.save')}
        </Button>
      </div>
      <p className="quiet-text">{t('accounting.about')}</p>
      <div className="room-grid">
        {plan.rates.map(({ rateBasisPoints, sales }) => (
          <TextField key={rateBasisPoints} label={t('accounting.sales', { rate: percent(language, rateBasisPoints) })} value={sales} onChange={(account) => rate(rateBasisPoints, 'sales', account)} maxLength={20} testId={`account-sales-${rateBasisPoints}`} />
        ))}
        {plan.rates.filter(({ rateBasisPoints }) => rateBasisPoints > 0).map(({ rateBasisPoints, vat }) => (
          <TextField key={rateBasisPoints} label={t('accounting.vat', { rate: percent(language, rateBasisPoints) })} value={vat} onChange={(account) => rate(rateBasisPoints, 'vat', account)} maxLength={20} />
        ))}
        {plan.tenders.map(({ kind, account }) => (
          <TextField key={kind} label={tenderName(kind)} value={account} onChange={(chosen) => tender(kind, chosen)} maxLength={20} testId={`account-${kind}`} />
        ))}
        {others.map((name) => (
          <TextField key={name} label={t(`accounting.other.${name}`)} value={plan.others[name]} onChange={(account) => setPlan({ ...plan, others: { ...plan.others, [name]: account } })} maxLength={20} />
        ))}
      </div>
    </form>
  );
}
