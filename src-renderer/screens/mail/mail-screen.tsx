import { useEffect, useState } from 'react';
import { CircleAlert, MailCheck } from 'lucide-react';
import type { Failure } from '../../../src-main/contract/errors.ts';
import type { CallOutput } from '../../../src-main/contract/index.ts';
import type { MailSecurity } from '../../../src-main/contract/mail.ts';
import type { MailProblem } from '../../../src-main/contract/mail-state.ts';
import { looksLikeAddress } from '../../features/giving/read-address.ts';
import { notify } from '../../features/notices/store.ts';
import { useShortcuts } from '../../features/shortcuts/index.ts';
import { useShop } from '../../features/till/store.ts';
import { failureText, useWords } from '../../features/words/index.ts';
import { call } from '../../transport/index.ts';
import { Button } from '../../ui/button.tsx';
import { Check, Select, TextField } from '../../ui/fields.tsx';
import { Panel } from '../../ui/pieces.tsx';
import './mail.css';

type Settings = CallOutput<'mail.settings'>;

const securities: readonly MailSecurity[] = ['starttls', 'tls', 'none'];

function useSettings() {
  const [settings, setSettings] = useState<Settings | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  useEffect(() => {
    void call('mail.settings', {}).then((found) => {
      if (found.ok) setSettings(found.value);
      else setFailure(found.error);
    });
  }, []);
  return { settings, setSettings, failure };
}

/** A mail to see that the settings are right; what is wrong is said in a sentence. */
function TestMail() {
  const { t, language } = useWords();
  const { shop, giving } = useShop();
  const [to, setTo] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<MailProblem | 'sent' | null>(null);
  const test = async (): Promise<void> => {
    setBusy(true);
    setProblem(null);
    const tested = await call('mail.test', { to: to.trim() });
    setBusy(false);
    if (tested.ok) setProblem(tested.value.problem ?? 'sent');
    else notify(failureText(t, language, tested.error, shop.currency), { tone: 'bad' });
  };
  return (
    <form
      className="card room-card stack"
      aria-label={t('mail.testTitle')}
      onSubmit={(event) => {
        event.preventDefault();
        if (looksLikeAddress(to) && !busy) void test();
      }}
    >
      <h2>{t('mail.testTitle')}</h2>
      <p className="quiet-text">{t('mail.testText')}</p>
      <div className="mail-test-to">
        <TextField label={t('mail.testTo')} kind="email" value={to} onChange={setTo} maxLength={254} testId="mail-test-to" />
      </div>
      <div className="row">
        <Button submit disabled={busy || !giving.mail || !looksLikeAddress(to)} testId="mail-test">
          {t('mail.test')}
        </Button>
      </div>
      {problem === null ? null : problem === 'sent' ? (
        <Panel tone="good" icon={<MailCheck size={32} aria-hidden />} title={t('mail.testSent')} testId="mail-test-result" state="sent" />
      ) : (
        <Panel tone="bad" icon={<CircleAlert size={32} aria-hidden />} title={t(`mail.problem.${problem}`)} testId="mail-test-result" state={problem} />
      )}
    </form>
  );
}

function SettingsForm({ stored, onSaved }: { readonly stored: Settings; readonly onSaved: (settings: Settings) => void }) {
  const { t, language } = useWords();
  const { shop } = useShop();
  const { passwordSet, ...first } = stored;
  const [draft, setDraft] = useState(first);
  const [port, setPort] = useState(String(stored.port));
  const [password, setPassword] = useState('');
  const set = (fields: Partial<typeof draft>): void => setDraft((now) => ({ ...now, ...fields }));
  const portNumber = /^\d{1,5}$/.test(port.trim()) ? Number(port) : 0;
  const portRight = portNumber >= 1 && portNumber <= 65_535;
  const addressRight = draft.senderAddress.trim() === '' || looksLikeAddress(draft.senderAddress);
  const save = async (): Promise<void> => {
    const saved = await call('mail.save-settings', { ...draft, port: portNumber, ...(password === '' ? {} : { password }) });
    if (!saved.ok) {
      notify(failureText(t, language, saved.error, shop.currency), { tone: 'bad' });
      return;
    }
    setPassword('');
    onSaved(saved.value);
    notify(t('common.saved'));
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (portRight && addressRight) void save();
      }}
    >
      <div className="room-head">
        <h1>{t('screens.mail')}</h1>
        <Button kind="primary" submit disabled={!portRight || !addressRight} testId="mail-save">
          {t('common.save')}
        </Button>
      </div>
      <div className="card room-card stack">
        <Select
          label={t('mail.first')}
          value={draft.first}
          choices={[{ value: 'print', label: t('mail.firstPrint') }, { value: 'ask', label: t('mail.firstAsk') }]}
          onChange={(chosen) => set({ first: chosen })}
          testId="giving-first"
        />
        <Check label={t('mail.showsQr')} checked={draft.showsQr} onChange={(showsQr) => set({ showsQr })} />
      </div>
      <div className="card room-card stack">
        <h2>{t('mail.title')}</h2>
        <p className="quiet-text">{t('mail.text')}</p>
        <div className="room-grid">
          <TextField label={t('mail.host')} value={draft.host} onChange={(host) => set({ host })} maxLength={200} testId="mail-host" />
          <TextField label={t('mail.port')} value={port} onChange={setPort} maxLength={5} numeric="numeric" error={portRight ? null : t('mail.portWrong')} testId="mail-port" />
          <Select label={t('mail.security.name')} value={draft.security} choices={securities.map((security) => ({ value: security, label: t(`mail.security.${security}`) }))} onChange={(security) => set({ security })} testId="mail-security" />
          <TextField label={t('mail.user')} value={draft.user} onChange={(user) => set({ user })} maxLength={200} testId="mail-user" />
          <TextField label={t('mail.password')} hint={t(passwordSet ? 'mail.passwordSet' : 'mail.passwordNone')} kind="secret" value={password} onChange={setPassword} maxLength={200} testId="mail-password" />
          <TextField label={t('mail.senderName')} hint={t('mail.senderNameHint')} value={draft.senderName} onChange={(senderName) => set({ senderName })} maxLength={80} />
          <TextField label={t('mail.senderAddress')} kind="email" value={draft.senderAddress} onChange={(senderAddress) => set({ senderAddress })} maxLength={254} error={addressRight ? null : t('errors.mail-address')} testId="mail-sender" />
        </div>
        <Check label={t('mail.keeps')} checked={draft.keepsRecipients} onChange={(keepsRecipients) => set({ keepsRecipients })} />
      </div>
    </form>
  );
}

/** How receipts reach customers, and the server that mails them. */
export function MailScreen() {
  const { t, language } = useWords();
  const { shop } = useShop();
  const { settings, setSettings, failure } = useSettings();
  useShortcuts({ Escape: () => { location.hash = '#/sale'; } }, 'screen');
  return (
    <main className="room">
      {settings ? (
        <>
          <SettingsForm stored={settings} onSaved={setSettings} />
          <TestMail />
        </>
      ) : (
        <>
          <h1>{t('screens.mail')}</h1>
          {failure ? <Panel tone="bad" icon={<CircleAlert size={32} aria-hidden />} title={failureText(t, language, failure, shop.currency)} /> : null}
        </>
      )}
    </main>
  );
}
