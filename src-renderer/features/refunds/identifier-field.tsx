import type { Currency, Language } from '../../../src-main/contract/basics.ts';
import type { Failure } from '../../../src-main/contract/errors.ts';
import type { ProviderField } from '../../../src-main/contract/providers.ts';
import { TextField } from '../../ui/fields.tsx';
import { failureText, useWords, type Say } from '../words/index.ts';

/** What the customer has to tell for a refund, in the provider's own words. Nothing where it asks for nothing. */
export function IdentifierField({ asks, value, onChange, error, autoFocus }: { readonly asks: ProviderField | null; readonly value: string; readonly onChange: (value: string) => void; readonly error?: string | null; readonly autoFocus?: boolean }) {
  const { t, language } = useWords();
  if (!asks) return null;
  return <TextField label={asks.label[language]} hint={`${asks.help[language]} ${t('refund.asked')}`} value={value} onChange={onChange} maxLength={asks.maxLength} error={error} autoFocus={autoFocus} testId="refund-identifier" />;
}

/** Whether there is as much told as the provider needs. What it looks like is the till's to check. */
export const isTold = (asks: ProviderField | null, value: string): boolean => !asks?.required || value.trim() !== '';

/** For the call: only what was asked for goes along. */
export const toldOf = (asks: ProviderField | null, value: string): { readonly identifier?: string } => (asks ? { identifier: value } : {});

/** Why a refund did not begin; the field is named as the screen names it. */
export const refundFailure = (t: Say, language: Language, failure: Failure, currency: Currency, asks: ProviderField | null): string =>
  failure.code === 'refund-identifier' && asks ? t('errors.refund-identifier', { field: asks.label[language] }) : failureText(t, language, failure, currency);
