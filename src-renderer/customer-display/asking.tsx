import { useState } from 'react';
import type { CustomerView } from '../../src-main/contract/customer.ts';
import { PhonePad } from '../features/phone-pad/phone-pad.tsx';
import { useWords } from '../features/words/index.ts';
import { call } from '../transport/index.ts';

type Asking = Extract<CustomerView, { kind: 'asking' }>;

/** The customer types what the payment needs. It is told to the provider and forgotten. */
export function AskedNow({ view }: { readonly view: Asking }) {
  const { t, language } = useWords();
  const [told, setTold] = useState('');
  const [wrong, setWrong] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const { field } = view;
  async function tell(): Promise<void> {
    if (busy || told === '') return;
    setBusy(true);
    const answer = await call('customer.tell', { told });
    setBusy(false);
    if (!answer.ok) setWrong(answer.error.code === 'told-wrong' ? t('errors.told-wrong', { field: field.label[language] }) : t('customer.tellFailed'));
  }
  return (
    <form
      className="customer-result customer-asked"
      onSubmit={(event) => {
        event.preventDefault();
        void tell();
      }}
    >
      <h2>{field.label[language]}</h2>
      <input
        className="input customer-told amount"
        value={told}
        inputMode="tel"
        autoComplete="off"
        maxLength={field.maxLength}
        aria-label={field.label[language]}
        aria-invalid={wrong === null ? undefined : true}
        onChange={(event) => {
          setWrong(null);
          setTold(event.target.value);
        }}
        data-testid="customer-told"
      />
      <p className={wrong === null ? 'customer-small' : 'customer-wrong'} role={wrong === null ? undefined : 'alert'}>{wrong ?? t('customer.askedText', { name: view.tenderName })}</p>
      <PhonePad
        value={told}
        maxLength={field.maxLength}
        onChange={(value) => {
          setWrong(null);
          setTold(value);
        }}
      />
      <button type="submit" className="button primary large customer-send" disabled={told === '' || busy} data-testid="customer-tell">
        {t('customer.tell')}
      </button>
    </form>
  );
}
