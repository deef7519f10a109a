import { useState } from 'react';
import type { Country, Language } from '../../../src-main/contract/basics.ts';
import { AskDialog } from '../../features/ask/ask-dialog.tsx';
import { languages, useWords, failureText, setLanguage } from '../../features/words/index.ts';
import { call } from '../../transport/index.ts';
import { Button } from '../../ui/button.tsx';
import { Select, TextField } from '../../ui/fields.tsx';

const countries: readonly { readonly id: Country; readonly language: Language }[] = [
  { id: 'FI', language: 'fi' },
  { id: 'SE', language: 'sv' },
  { id: 'NO', language: 'nb' },
  { id: 'DK', language: 'da' },
  { id: 'NL', language: 'nl' },
];

/** A shop of one's own, on one page. */
export function SetupScreen() {
  const { t, language } = useWords();
  const [name, setName] = useState('');
  const [organisationNumber, setOrganisationNumber] = useState('');
  const [country, setCountry] = useState<Country>('FI');
  const [shopLanguage, setShopLanguage] = useState<Language>('fi');
  const [adminName, setAdminName] = useState('');
  const [adminPin, setAdminPin] = useState('');
  const [pinAgain, setPinAgain] = useState('');
  const [error, setError] = useState<string | null>(null);
  const [leaving, setLeaving] = useState(false);
  const ready = name.trim() !== '' && adminName.trim() !== '' && /^\d{4,8}$/.test(adminPin) && pinAgain === adminPin;
  // Said once as much is typed as of the first: a person in the middle of typing has made no mistake yet.
  const differ = pinAgain.length >= adminPin.length && pinAgain !== adminPin;

  async function setUp(): Promise<void> {
    const result = await call('shop.set-up', { name, organisationNumber, country, language: shopLanguage, adminName, adminPin });
    if (!result.ok) setError(failureText(t, language, result.error, 'EUR'));
  }

  return (
    <main className="centre">
      <form
        className="sign-in card stack"
        data-testid="setup"
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) void setUp();
        }}
      >
        <div className="dialog-head">
          <h1>{t('setup.title')}</h1>
          <Button kind="quiet" size="small" onPress={() => setLeaving(true)}>
            {t('setup.demo')}
          </Button>
        </div>
        <p className="quiet-text">{t('setup.text')}</p>
        <div className="room-grid">
          <TextField label={t('shop.name')} value={name} onChange={setName} maxLength={80} autoFocus testId="setup-name" />
          <TextField label={t('shop.organisationNumber')} value={organisationNumber} onChange={setOrganisationNumber} maxLength={30} />
          <Select
            label={t('shop.country')}
            value={country}
            choices={countries.map(({ id }) => ({ value: id, label: t(`country.${id}`) }))}
            onChange={(chosen) => {
              const found = countries.find(({ id }) => id === chosen);
              setCountry(chosen);
              if (!found) return;
              setShopLanguage(found.language);
            }}
          />
          <Select
            label={t('shop.language')}
            value={shopLanguage}
            choices={languages.map(({ id, name: label }) => ({ value: id, label }))}
            onChange={(chosen) => {
              setShopLanguage(chosen);
              setLanguage(chosen);
            }}
          />
          <TextField label={t('setup.adminName')} value={adminName} onChange={setAdminName} maxLength={60} testId="setup-admin" />
          <TextField label={t('setup.adminPin')} kind="pin" value={adminPin} onChange={setAdminPin} maxLength={8} hint={t('staff.pinHint')} testId="setup-pin" />
          <TextField label={t('setup.adminPinAgain')} kind="pin" value={pinAgain} onChange={setPinAgain} maxLength={8} error={differ ? t('setup.pinsDiffer') : null} testId="setup-pin-again" />
        </div>
        {country === 'SE' || country === 'DK' ? <p className="quiet-text">{t(`setup.honest.${country}`)}</p> : null}
        {error ? <p role="alert">{error}</p> : null}
        <Button submit kind="primary" size="large" disabled={!ready} testId="setup-ok">
          {t('setup.ok')}
        </Button>
      </form>
      {leaving ? (
        <AskDialog title={t('demo.demo-fi')} ok={t('demo.go')} onClose={() => setLeaving(false)} onOk={async () => (await call('app.start-shop', { shop: 'demo-fi' })).ok}>
          <p>{t('demo.goText')}</p>
        </AskDialog>
      ) : null}
    </main>
  );
}
