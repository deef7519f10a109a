import { useEffect, useState } from 'react';
import { ImageUp } from 'lucide-react';
import type { Failure, Result } from '../../../src-main/contract/errors.ts';
import type { LogoView } from '../../../src-main/contract/logo.ts';
import { notify } from '../../features/notices/store.ts';
import { useShop } from '../../features/till/store.ts';
import { failureText, useWords } from '../../features/words/index.ts';
import { call } from '../../transport/index.ts';
import { Button } from '../../ui/button.tsx';
import { readLogo } from './read-logo.ts';

/** The logo at the head of receipts, as the printer prints it. */
export function LogoCard() {
  const { t, language } = useWords();
  const { shop } = useShop();
  const [logo, setLogo] = useState<LogoView>(null);
  useEffect(() => {
    void call('logo.get', {}).then((found) => {
      if (found.ok) setLogo(found.value);
    });
  }, []);
  const told = (error: Failure): void => notify(failureText(t, language, error, shop.currency), { tone: 'bad' });
  const show = (answer: Result<LogoView>): void => {
    if (!answer.ok) return told(answer.error);
    setLogo(answer.value);
    notify(t('common.saved'));
  };
  const choose = async (file: File): Promise<void> => {
    const shades = await readLogo(file);
    if (shades) show(await call('logo.save', shades));
    else notify(t('logo.unreadable'), { tone: 'bad' });
  };
  return (
    <div className="card room-card stack">
      <h2>{t('logo.title')}</h2>
      <p className="quiet-text">{t('logo.text')}</p>
      {logo ? <img className="logo-shown" src={logo.src} alt={t('logo.title')} data-testid="logo-shown" /> : null}
      <div className="row">
        <label className="button">
          <ImageUp size={20} aria-hidden />
          {t('logo.choose')}
          <input
            type="file"
            className="visually-hidden"
            accept="image/*"
            data-testid="logo-file"
            onChange={(event) => {
              const [file] = event.target.files ?? [];
              // The same file may be chosen again after it was changed.
              event.target.value = '';
              if (file) void choose(file);
            }}
          />
        </label>
        {logo ? <Button kind="quiet" onPress={() => void call('logo.remove', {}).then(show)} testId="logo-remove">{t('logo.remove')}</Button> : null}
      </div>
    </div>
  );
}
