import { useEffect, useState } from 'react';
import type { CallOutput } from '../../../src-main/contract/index.ts';
import { AskDialog } from '../../features/ask/ask-dialog.tsx';
import { notify } from '../../features/notices/store.ts';
import { useShop } from '../../features/till/store.ts';
import { failureText, useWords } from '../../features/words/index.ts';
import { call } from '../../transport/index.ts';
import { Button } from '../../ui/button.tsx';
import { Check, TextField } from '../../ui/fields.tsx';

type Settings = CallOutput<'customer-info.settings'>;

/** A typed number of days; null where it is none. */
function daysOf(typed: string): number | null {
  const days = /^\d{1,4}$/.test(typed.trim()) ? Number(typed) : 0;
  return days >= 1 && days <= 3_650 ? days : null;
}

function DeleteAll({ count, onDone }: { readonly count: number; readonly onDone: () => void }) {
  const { t, language } = useWords();
  const { shop } = useShop();
  const [asks, setAsks] = useState(false);
  const remove = async (): Promise<boolean> => {
    const deleted = await call('customer-info.delete', {});
    notify(deleted.ok ? t('customerInfo.deleted') : failureText(t, language, deleted.error, shop.currency), deleted.ok ? {} : { tone: 'bad' });
    if (deleted.ok) onDone();
    return deleted.ok;
  };
  return (
    <div className="row">
      <p className="quiet-text grow" data-testid="customer-info-kept" data-state={count}>{t('customerInfo.kept', { count })}</p>
      <Button disabled={count === 0} onPress={() => setAsks(true)} testId="customer-info-delete-all">
        {t('customerInfo.deleteAll')}
      </Button>
      {asks ? (
        <AskDialog title={t('customerInfo.deleteAllTitle')} ok={t('customerInfo.deleteAll')} okKind="destroy" onClose={() => setAsks(false)} onOk={remove} testId="customer-info-all-dialog">
          <p>{t('customerInfo.deleteText')}</p>
        </AskDialog>
      ) : null}
    </div>
  );
}

function Loaded({ settings, reload }: { readonly settings: Settings; readonly reload: () => void }) {
  const { t, language } = useWords();
  const { shop } = useShop();
  const [keeps, setKeeps] = useState(settings.keepCustomerInfo);
  const [typed, setTyped] = useState(String(settings.days));
  const days = daysOf(typed);
  const save = async (): Promise<void> => {
    if (days === null) return;
    const saved = await call('customer-info.save-settings', { keepCustomerInfo: keeps, days });
    notify(saved.ok ? t('common.saved') : failureText(t, language, saved.error, shop.currency), saved.ok ? {} : { tone: 'bad' });
  };
  return (
    <>
      <div className="row">
        <h2 className="grow">{t('customerInfo.settings')}</h2>
        <Button disabled={days === null} onPress={() => void save()} testId="customer-info-save">
          {t('common.save')}
        </Button>
      </div>
      <p className="quiet-text">{t('customerInfo.text')}</p>
      <Check label={t('customerInfo.keep')} checked={keeps} onChange={setKeeps} />
      <div className="room-grid">
        <TextField label={t('customerInfo.days')} value={typed} onChange={setTyped} maxLength={4} numeric="numeric" error={days === null ? t('customerInfo.daysWrong') : null} testId="customer-info-days" />
      </div>
      <DeleteAll count={settings.kept} onDone={reload} />
    </>
  );
}

/** Whether the shop keeps what customers agree to share with a payment, how long, and the way to delete all of it. */
export function CustomerInfoCard() {
  const [settings, setSettings] = useState<Settings | null>(null);
  const load = (): void => {
    void call('customer-info.settings', {}).then((found) => {
      if (found.ok) setSettings(found.value);
    });
  };
  useEffect(load, []);
  return settings ? (
    <section className="card room-card stack" data-testid="customer-info-settings">
      <Loaded settings={settings} reload={load} />
    </section>
  ) : null;
}
