import { memo, useEffect, useRef } from 'react';
import { CircleCheck, ShoppingBasket, Unplug } from 'lucide-react';
import type { CustomerLine, CustomerView } from '../../src-main/contract/customer.ts';
import { amount, money, quantity } from '../features/format/index.ts';
import { languages, setLanguage, useWords } from '../features/words/index.ts';
import { ShopFront } from './shop-front.tsx';
import { useCustomer } from './state.ts';
import './customer-display.css';

type Selling = Extract<CustomerView, { kind: 'selling' }>;
type Thanks = Extract<CustomerView, { kind: 'thanks' }>;

const Line = memo(
  function Line({ line }: { readonly line: CustomerLine }) {
    const { language } = useWords();
    const times = line.quantityMilli === 1000 ? '' : `${quantity(language, line.quantityMilli)} × `;
    return (
      <li className="customer-line">
        <span>{`${times}${line.name}`}</span>
        <span className="amount">{amount(language, line.amountMinor)}</span>
      </li>
    );
  },
  (before, after) =>
    before.line.id === after.line.id &&
    before.line.name === after.line.name &&
    before.line.amountMinor === after.line.amountMinor &&
    before.line.quantityMilli === after.line.quantityMilli,
);

function Sale({ view }: { readonly view: Selling }) {
  const { t, language } = useWords();
  const end = useRef<HTMLLIElement>(null);
  const key = `${view.lines.length} ${view.totalMinor} ${view.paid.length} ${view.dueMinor}`;
  useEffect(() => {
    end.current?.scrollIntoView({ block: 'end' });
  }, [key]);
  return (
    <>
      <ul className="customer-lines" key={language} tabIndex={0} aria-label={t('customer.follow')}>
        {view.lines.map((line) => (
          <Line key={line.id} line={line} />
        ))}
        {view.discountMinor === 0 ? null : (
          <li className="customer-line minus">
            <span>{t('sale.receiptDiscount')}</span>
            <span className="amount">{amount(language, -view.discountMinor)}</span>
          </li>
        )}
        {view.paid.map((part, index) => (
          <li className="customer-line minus" key={index}>
            <span>{part.tenderName || t(`tender.name.${part.tenderKind}`)}</span>
            <span className="amount">{amount(language, -part.amountMinor)}</span>
          </li>
        ))}
        <li ref={end} aria-hidden />
      </ul>
      <div className="customer-due">
        <span>{t(view.paid.length > 0 ? 'customer.leftToPay' : 'sale.toPay')}</span>
        <output className="amount customer-amount" data-testid="customer-total">
          {money(language, view.dueMinor, view.currency)}
        </output>
      </div>
    </>
  );
}

function Done({ view }: { readonly view: Thanks }) {
  const { t, language } = useWords();
  return (
    <div className="customer-result">
      <CircleCheck size={96} strokeWidth={1.5} aria-hidden className="good-icon" />
      <h2>{t('customer.thanks')}</h2>
      {view.changeMinor > 0 ? (
        <>
          <p>{t('customer.change')}</p>
          <output className="amount customer-amount" data-testid="customer-change">
            {money(language, view.changeMinor, view.currency)}
          </output>
        </>
      ) : null}
      <p className="customer-small">{t('customer.paid', { amount: money(language, view.totalMinor, view.currency), number: view.receiptNumber })}</p>
    </div>
  );
}

function Languages() {
  const { t, language } = useWords();
  return (
    <nav className="customer-languages" aria-label={t('customer.language')}>
      {languages.map(({ id, name }) => (
        <button key={id} type="button" lang={id} aria-pressed={id === language} onClick={() => setLanguage(id)}>
          {name}
        </button>
      ))}
    </nav>
  );
}

/** The right half: what the customer should do, or that all is well. */
function Side({ view }: { readonly view: CustomerView }) {
  const { t } = useWords();
  if (view.kind === 'thanks') return <Done view={view} />;
  const idle = view.kind === 'idle';
  return (
    <div className="customer-result quiet">
      {idle ? <ShopFront /> : <ShoppingBasket size={112} strokeWidth={1} aria-hidden />}
      <h2>{t(idle ? 'customer.welcome' : 'customer.follow')}</h2>
    </div>
  );
}

/** The second screen. It forgets everything when the sale ends. */
export function CustomerDisplay() {
  const { t } = useWords();
  const { view, shopName, connection } = useCustomer();
  if (connection === 'lost') {
    return (
      <main className="customer-result quiet" data-testid="customer-state" data-state="lost">
        <Unplug size={72} strokeWidth={1.25} aria-hidden />
        <h1>{t('customer.lost')}</h1>
      </main>
    );
  }
  return (
    <main className={`customer ${view.kind}`} data-testid="customer-state" data-state={view.kind}>
      <section className="customer-left">
        <h1>{shopName}</h1>
        {view.kind === 'selling' ? <Sale view={view} /> : null}
      </section>
      <section className="customer-right" aria-live="polite">
        <Side view={view} />
        <Languages />
      </section>
    </main>
  );
}
