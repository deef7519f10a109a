import { useState } from 'react';
import { Volume2 } from 'lucide-react';
import type { HelloView } from '../../../src-main/contract/shop.ts';
import { notify } from '../../features/notices/store.ts';
import { useShortcuts } from '../../features/shortcuts/index.ts';
import { play, setVolume } from '../../features/sounds/index.ts';
import { useShop } from '../../features/till/store.ts';
import { failureText, languages, useWords } from '../../features/words/index.ts';
import { call } from '../../transport/index.ts';
import { Button } from '../../ui/button.tsx';
import { Select } from '../../ui/fields.tsx';

const themes = ['system', 'light', 'dark'] as const;
const sounds = ['scan', 'refused', 'paid', 'needs-you'] as const;

/** Look, sound and language of this register. */
export function SettingsScreen() {
  const { t, language } = useWords();
  const hello = useShop();
  const [volume, setShownVolume] = useState(hello.volume);
  const save = async (fields: Partial<Pick<HelloView, 'theme' | 'volume'>>): Promise<void> => {
    const saved = await call('settings.save', { theme: hello.theme, volume, ...fields });
    if (saved.ok) notify(t('common.saved'));
    else notify(failureText(t, language, saved.error, hello.shop.currency), { tone: 'bad' });
  };
  // The key that brings the focus here comes up here too: only a volume that moved is saved.
  const saveVolume = (): void => {
    if (volume !== hello.volume) void save({ volume });
  };
  useShortcuts({ Escape: () => { location.hash = '#/sale'; } }, 'screen');
  return (
    <main className="room">
      <div className="room-head">
        <h1>{t('screens.settings')}</h1>
        <span className="quiet-text">{t('app.version', { version: hello.version })}</span>
      </div>
      <div className="card room-card stack">
        <div className="room-grid">
          <Select label={t('settings.theme')} value={hello.theme} choices={themes.map((value) => ({ value, label: t(`settings.themes.${value}`) }))} onChange={(theme) => void save({ theme })} testId="theme" />
          <Select label={t('session.language')} value={language} choices={languages.map(({ id, name }) => ({ value: id, label: name }))} onChange={(chosen) => void call('session.set-language', { language: chosen })} />
        </div>
        <label className="field">
          <span className="label">{t('settings.volume', { volume })}</span>
          <input
            type="range"
            min={0}
            max={100}
            step={10}
            value={volume}
            onChange={(event) => {
              setShownVolume(Number(event.target.value));
              setVolume(Number(event.target.value));
            }}
            onPointerUp={saveVolume}
            onKeyUp={saveVolume}
          />
        </label>
        <div className="choices">
          {sounds.map((sound) => (
            <Button key={sound} size="small" onPress={() => play(sound)}>
              <Volume2 size={18} aria-hidden />
              {t(`settings.sounds.${sound}`)}
            </Button>
          ))}
        </div>
      </div>
    </main>
  );
}
