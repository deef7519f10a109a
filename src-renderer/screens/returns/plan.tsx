import type { ReturnView } from '../../../src-main/contract/returns.ts';
import { money } from '../../features/format/index.ts';
import { useTenderName } from '../../features/tenders/index.ts';
import { useWords } from '../../features/words/index.ts';

/** What goes back, and how, before anything has. */
export function Plan({ view }: { readonly view: ReturnView | null }) {
  const { t, language } = useWords();
  const tenderName = useTenderName();
  const steps = view?.steps ?? [];
  return (
    <div className="returns-plan" data-testid="return-plan">
      <div className="returns-total">
        <span>{t('returns.goesBack')}</span>
        <output className="amount" data-testid="return-total" aria-live="polite">{view ? money(language, view.totalMinor, view.currency) : '–'}</output>
      </div>
      {steps.map((step, index) => (
        <div className="returns-plan-row" key={index}>
          <span>{tenderName(step.tenderKind)}</span>
          <span className="amount">{money(language, step.amountMinor, view?.currency ?? 'EUR')}</span>
        </div>
      ))}
      {view && view.otherMinor > 0 && steps.length > 0 ? <p className="quiet-text">{t('returns.other', { amount: money(language, view.otherMinor, view.currency) })}</p> : null}
    </div>
  );
}
