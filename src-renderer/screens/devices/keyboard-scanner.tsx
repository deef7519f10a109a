import { useState } from 'react';
import type { ScannerSettings } from '../../../src-main/contract/scanner.ts';
import { notify } from '../../features/notices/store.ts';
import { useShop } from '../../features/till/store.ts';
import { failureText, useWords } from '../../features/words/index.ts';
import { call } from '../../transport/index.ts';
import { Button } from '../../ui/button.tsx';
import { Select, TextField } from '../../ui/fields.tsx';

const layouts: readonly ScannerSettings['layout'][] = ['as-typed', 'us'];

/** How scanners are read that pretend to be keyboards, for whom the test code is not enough. */
export function KeyboardScanner({ settings }: { readonly settings: ScannerSettings }) {
  const { t, language } = useWords();
  const { shop } = useShop();
  const [layout, setLayout] = useState(settings.layout);
  const [prefix, setPrefix] = useState(settings.prefix);
  const save = async (): Promise<void> => {
    const saved = await call('scanner.save', { layout, prefix });
    notify(saved.ok ? t('common.saved') : failureText(t, language, saved.error, shop.currency), saved.ok ? {} : { tone: 'bad' });
  };
  return (
    <section className="card room-card stack">
      <div className="row">
        <h2 className="grow">{t('devices.keyboard')}</h2>
        <Button onPress={() => void save()} testId="scanner-save">{t('common.save')}</Button>
      </div>
      <div className="room-grid">
        <Select label={t('devices.layoutLabel')} value={layout} choices={layouts.map((value) => ({ value, label: t(`devices.layout.${value}`) }))} onChange={setLayout} testId="scanner-layout" />
        <TextField label={t('devices.prefix')} value={prefix} onChange={setPrefix} maxLength={10} testId="scanner-prefix" />
      </div>
    </section>
  );
}
