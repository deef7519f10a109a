import { useEffect, useState } from 'react';
import type { CallOutput } from '../../../src-main/contract/index.ts';
import { call } from '../../transport/index.ts';
import { Button } from '../../ui/button.tsx';
import { Select } from '../../ui/fields.tsx';
import { AmountField, useAmountField } from '../amounts/amount-field.tsx';
import { notify } from '../notices/store.ts';
import { useShop } from '../till/store.ts';
import { failureText, useWords } from '../words/index.ts';

type Settings = CallOutput<'return.settings'>;
const inCash = ['never', 'when-paid-in-cash', 'always'] as const;

function Loaded({ settings }: { readonly settings: Settings }) {
  const { t, language } = useWords();
  const { shop } = useShop();
  const [cash, setCash] = useState(settings.inCash);
  const cap = useAmountField(settings.cashierCapMinor);
  const save = async (): Promise<void> => {
    if (!('minor' in cap.amount)) return;
    const saved = await call('return.save-settings', { inCash: cash, cashierCapMinor: cap.amount.minor });
    notify(saved.ok ? t('common.saved') : failureText(t, language, saved.error, shop.currency), saved.ok ? {} : { tone: 'bad' });
  };
  return (
    <>
      <div className="row">
        <h2 className="grow">{t('returns.settings')}</h2>
        <Button disabled={!('minor' in cap.amount) || cap.amount.minor < 0} onPress={() => void save()} testId="returns-save">{t('common.save')}</Button>
      </div>
      <div className="room-grid">
        <Select label={t('returns.inCash')} value={cash} choices={inCash.map((one) => ({ value: one, label: t(`returns.cash.${one}`) }))} onChange={setCash} testId="returns-in-cash" />
        <AmountField label={t('returns.cap')} field={cap} quiet testId="returns-cap" />
      </div>
    </>
  );
}

/** What the shop allows about returns. */
export function ReturnSettings() {
  const [settings, setSettings] = useState<Settings | null>(null);
  useEffect(() => {
    void call('return.settings', {}).then((found) => {
      if (found.ok) setSettings(found.value);
    });
  }, []);
  return (
    <div className="card room-card stack">
      {settings ? <Loaded settings={settings} /> : null}
    </div>
  );
}
