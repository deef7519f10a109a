import { ShoppingBag, Utensils } from 'lucide-react';
import { serving } from '../../../src-main/contract/basics.ts';
import { useTill } from '../../features/till/store.ts';
import { useWords } from '../../features/words/index.ts';
import { call } from '../../transport/index.ts';
import { Kbd } from '../../ui/kbd.tsx';
import { done } from './actions.ts';

/** Changes to the other way of serving. */
export const servingKey = 'Alt+E';

const icons = { 'take-away': ShoppingBag, 'eat-in': Utensils } as const;

/** The other way of serving, where the shop has both and nothing is paid yet. */
export function useOtherServing(): (() => void) | undefined {
  const sale = useTill((state) => state.sale);
  const served = sale?.state === 'open' ? sale.serving : null;
  if (served === null || served === undefined) return undefined;
  return () => void done(call('sale.set-serving', { serving: served === 'eat-in' ? 'take-away' : 'eat-in' }));
}

/** Taken away or eaten here: it decides the VAT of food. */
export function ServingChoice() {
  const { t } = useWords();
  const served = useTill((state) => state.sale?.serving ?? null);
  const open = useTill((state) => state.sale?.state === 'open');
  if (served === null) return null;
  return (
    <div className="segments serving" role="group" aria-label={t('sale.serving')}>
      {serving.options.map((one) => {
        const Icon = icons[one];
        return (
          <button key={one} type="button" aria-pressed={one === served} disabled={!open} onClick={() => one !== served && void done(call('sale.set-serving', { serving: one }))} data-testid={`serving-${one}`}>
            <Icon size={19} aria-hidden />
            {t(`sale.served.${one}`)}
            {one === served ? null : <Kbd>{servingKey}</Kbd>}
          </button>
        );
      })}
    </div>
  );
}
