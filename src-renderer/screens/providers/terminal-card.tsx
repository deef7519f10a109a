import { useState } from 'react';
import type { ProviderView, TerminalAction } from '../../../src-main/contract/providers.ts';
import { callApproved } from '../../features/approval/store.ts';
import { AskDialog } from '../../features/ask/ask-dialog.tsx';
import { notify } from '../../features/notices/store.ts';
import { problemText } from '../../features/problems/index.ts';
import { useShop } from '../../features/till/store.ts';
import { failureText, useWords } from '../../features/words/index.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/fields.tsx';

type Values = Readonly<Record<string, string>>;

function ActionDialog({ provider, action, onClose }: { readonly provider: ProviderView; readonly action: TerminalAction; readonly onClose: () => void }) {
  const { t, language } = useWords();
  const { shop } = useShop();
  const [values, setValues] = useState<Values>({});
  const [error, setError] = useState<string | null>(null);
  const set = (name: string, value: string): void => setValues((now) => ({ ...now, [name]: value }));
  const ready = action.asks.every((field) => !field.required || (values[field.name] ?? '').trim() !== '');
  const scanned = action.asks.find((field) => field.kind === 'code');

  async function act(): Promise<boolean> {
    const done = await callApproved('provider.terminal', { kind: provider.description.kind, action: action.id, values });
    const text = done.ok ? (done.value.problem ? problemText(t, language, done.value.problem, provider.description.name) : null) : failureText(t, language, done.error, shop.currency);
    setError(text);
    if (text === null) notify(t('common.saved'));
    return text === null;
  }

  return (
    <AskDialog title={action.label[language]} ok={action.label[language]} okKind={action.confirm ? 'destroy' : 'primary'} ready={ready} onClose={onClose} onOk={act} onScan={scanned ? (code) => set(scanned.name, code) : undefined} testId="terminal-action">
      {action.confirm ? <p>{action.confirm[language]}</p> : null}
      {action.asks.map((field, index) => (
        <TextField key={field.name} label={field.label[language]} hint={field.help[language]} value={values[field.name] ?? ''} onChange={(value) => set(field.name, value)} maxLength={field.maxLength} autoFocus={index === 0} error={index === 0 ? error : null} testId={`ask-${field.name}`} />
      ))}
      {action.asks.length === 0 && error !== null ? <p role="alert" className="error">{error}</p> : null}
    </AskDialog>
  );
}

/** This till as the provider knows it, and what can be done with it. Actions that can't be done now stay in their place. */
export function TerminalCard({ provider }: { readonly provider: ProviderView }) {
  const { t, language } = useWords();
  const [open, setOpen] = useState<TerminalAction | null>(null);
  const { description, terminal, account } = provider;
  return (
    <div className="stack" role="group" aria-label={t('providers.terminal')}>
      <h3>{t('providers.terminal')}</h3>
      <dl className="terminal-facts">
        <dt>{t(terminal ? 'providers.registered' : 'providers.notRegistered')}</dt>
        <dd className="amount">{terminal?.settings['name'] ?? '–'}</dd>
        <dt>{description.terminalNumber[language]}</dt>
        <dd className="amount" data-testid="terminal-number">
          {terminal?.externalId || '–'}
        </dd>
      </dl>
      <div className="choices">
        {description.actions.map((action) => (
          <Button key={action.id} disabled={account === null || (action.needs === 'terminal') !== (terminal !== null)} kind={action.confirm ? 'danger' : 'plain'} onPress={() => setOpen(action)} testId={`terminal-${action.id}`}>
            {action.label[language]}
          </Button>
        ))}
      </div>
      {open ? <ActionDialog provider={provider} action={open} onClose={() => setOpen(null)} /> : null}
    </div>
  );
}
