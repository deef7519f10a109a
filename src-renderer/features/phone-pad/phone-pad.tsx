import { Delete } from 'lucide-react';
import { useWords } from '../words/index.ts';
import './phone-pad.css';

const keys = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '+', '0'] as const;

/** Large keys for a number, on a screen without a keyboard. */
export function PhonePad({ value, maxLength, onChange }: { readonly value: string; readonly maxLength: number; readonly onChange: (value: string) => void }) {
  const { t } = useWords();
  return (
    <div className="phone-pad" role="group" aria-label={t('customer.pad')}>
      {keys.map((key) => (
        <button key={key} type="button" onClick={() => onChange((value + key).slice(0, maxLength))} data-testid={`pad-${key === '+' ? 'plus' : key}`}>
          {key}
        </button>
      ))}
      <button type="button" aria-label={t('customer.padBack')} onClick={() => onChange(value.slice(0, -1))} data-testid="pad-back">
        <Delete size={30} strokeWidth={1.5} aria-hidden />
      </button>
    </div>
  );
}
