import { useState } from 'react';
import type { CustomerView } from '../../src-main/contract/customer.ts';
import { PhonePad } from '../features/phone-pad/phone-pad.tsx';
import { useWords } from '../features/words/index.ts';
import { call } from '../transport/index.ts';
import { Button } from '../ui/button.tsx';

type Asking = Extract<CustomerView, { kind: 'asking' }>;

/** The customer types what the payment needs. It is told to the provider and forgotten. */
export function AskedNow({ view }: { readonly view: Asking }) {
  const { t, language } = useWords();
  const [told, setTold] = useState('');
  const [wrong, setWrong] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const { field } = view;
  const asked = (field.ask ?? field.label)[language];
  async function tell(): Promise<void> {
    if (busy || told === '') return;
    setBusy(true);
    const answer = await call('customer.tell', { told });
    setBusy(false);
    if (!answer.ok) setWrong(answer.error.code === 'told-wrong' ? t('errors.told-wrong', { field: asked }) : t('customer.tellFailed'));
  }
  return (
    <form
      className="customer-result customer-asked"
      onSubmit={(event) => {
        event.preventDefault();
        void tell();
      }}
    >
      <h2>{asked}</h2>
      <input
        className="input customer-told amount"
        value={told}
        inputMode="tel"
        autoComplete="off"
        maxLength={field.maxLength}
        aria-label={asked}
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
      <Button submit kind="primary" size="large" className="customer-send" disabled={told === '' || busy} testId="customer-tell">
        {t('customer.tell')}
      </Button>
    </form>
  );
}
