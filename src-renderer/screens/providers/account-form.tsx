import { useState } from 'react';
import type { ProviderProblem } from '../../../src-main/contract/payment.ts';
import type { ProviderField, ProviderView } from '../../../src-main/contract/providers.ts';
import { notify } from '../../features/notices/store.ts';
import { problemText } from '../../features/problems/index.ts';
import { useShop } from '../../features/till/store.ts';
import { failureText, useWords } from '../../features/words/index.ts';
import { call } from '../../transport/index.ts';
import { Button } from '../../ui/button.tsx';
import { Select, TextField } from '../../ui/fields.tsx';

type Values = Readonly<Record<string, string>>;

/** Whether a field is asked for, as the others stand: an empty choice is its first. */
function asked(fields: readonly ProviderField[], { when }: ProviderField, values: Values): boolean {
  if (!when) return true;
  const other = fields.find(({ name }) => name === when.field);
  return when.is.includes(values[when.field] || (other?.options?.[0]?.value ?? ''));
}

/** The merchant's account: what is secret is written and never read back. */
export function AccountForm({ provider }: { readonly provider: ProviderView }) {
  const { t, language } = useWords();
  const { shop } = useShop();
  const { description, account } = provider;
  const [values, setValues] = useState<Values>(account?.settings ?? {});
  const [busy, setBusy] = useState(false);
  const secret = (field: ProviderField): boolean => field.kind === 'secret';
  const set = (name: string, value: string): void => setValues((now) => ({ ...now, [name]: value }));
  const pick = (wanted: (field: ProviderField) => boolean): Record<string, string> => Object.fromEntries(description.fields.filter(wanted).map(({ name }) => [name, values[name] ?? '']));

  const say = (problem: ProviderProblem | null, good: string): void => {
    if (problem) notify(problemText(t, language, problem, description.name), { tone: 'bad' });
    else notify(good);
  };

  async function save(): Promise<void> {
    const saved = await call('provider.save-account', { kind: description.kind, settings: pick((field) => !secret(field)), secrets: pick(secret) });
    if (!saved.ok) {
      notify(failureText(t, language, saved.error, shop.currency), { tone: 'bad' });
      return;
    }
    setValues(saved.value.account?.settings ?? {});
    notify(t('common.saved'));
  }

  async function test(): Promise<void> {
    setBusy(true);
    const tested = await call('provider.test', { kind: description.kind });
    setBusy(false);
    if (tested.ok) say(tested.value.problem, t('providers.works'));
    else notify(failureText(t, language, tested.error, shop.currency), { tone: 'bad' });
  }

  return (
    <form
      className="stack"
      aria-label={t('providers.account')}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <h3>{t('providers.account')}</h3>
      <div className="account-fields">
      {description.fields.filter((field) => asked(description.fields, field, values)).map((field) => {
        const stored = secret(field) && account?.secretsSet.includes(field.name) === true;
        if (field.options) {
          return <Select key={field.name} label={field.label[language]} hint={field.help[language]} value={values[field.name] || (field.options[0]?.value ?? '')} choices={field.options.map(({ value, label }) => ({ value, label: label[language] }))} onChange={(value) => set(field.name, value)} testId={`setting-${field.name}`} />;
        }
        return (
          <TextField
            key={field.name}
            label={field.label[language]}
            hint={stored ? t('providers.secretSet') : field.help[language]}
            kind={secret(field) ? 'pin' : 'text'}
            value={values[field.name] ?? ''}
            onChange={(value) => set(field.name, value)}
            maxLength={field.maxLength}
            testId={`setting-${field.name}`}
          />
        );
      })}
      </div>
      <div className="row">
        <Button kind="primary" submit testId="provider-save">
          {t('common.save')}
        </Button>
        <Button disabled={busy || account === null} onPress={() => void test()} testId="provider-test">
          {t('providers.test')}
        </Button>
      </div>
    </form>
  );
}
