import { memo, useEffect, useRef } from 'react';
import { CircleAlert, CircleCheck, DoorClosed, Hourglass, Monitor, ShoppingBasket, Undo2, Unplug } from 'lucide-react';
import type { CustomerLine, CustomerView } from '../../src-main/contract/customer.ts';
import { amount, money, quantity } from '../features/format/index.ts';
import { useWords } from '../features/words/index.ts';
import { LanguageChoice } from '../features/words/language-choice.tsx';
import { QrPicture } from '../features/qr/qr-code.tsx';
import { ShownCodePicture } from '../features/qr/shown-code.tsx';
import { useCountdown } from '../features/countdown/index.ts';
import { Ring } from '../ui/ring.tsx';
import { AskedNow } from './asking.tsx';
import { ShopFront } from './shop-front.tsx';
import { useCustomer } from './state.ts';
import './customer-display.css';

type Selling = Extract<CustomerView, { kind: 'selling' }>;
type Paying = Extract<CustomerView, { kind: 'paying' }>;
type Returning = Extract<CustomerView, { kind: 'returning' }>;
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
  const qr = view.receiptText;
  const said = (
    <div className="customer-result">
      <CircleCheck size={qr === null ? 96 : 72} strokeWidth={1.5} aria-hidden className="good-icon" />
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
  if (qr === null) return said;
  return (
    <div className="customer-with-qr">
      {said}
      <figure>
        <QrPicture text={qr} label={t('customer.receiptQr')} testId="customer-receipt-qr" />
        <figcaption>{t('customer.receiptQr')}</figcaption>
      </figure>
    </div>
  );
}

const failedIcon = <CircleAlert size={96} strokeWidth={1.5} aria-hidden className="bad-icon" />;

/** What to do now, and how it went, plainly: the same state and the same countdown as the cashier sees. */
function PayingNow({ view }: { readonly view: Paying }) {
  const { t } = useWords();
  const { seconds, share } = useCountdown(view, view.windowLeftMs, view.windowMs);
  const name = view.tenderName || t(`tender.name.${view.tenderKind}`);
  if (view.state === 'failed') {
    return (
      <div className="customer-result">
        {failedIcon}
        <h2>{t('customer.failed')}</h2>
        <p>{t('customer.failedText')}</p>
      </div>
    );
  }
  if (view.state === 'confirming') {
    return (
      <div className="customer-result">
        <Hourglass size={96} strokeWidth={1.5} aria-hidden />
        <h2>{name}</h2>
        <p>{t('customer.confirming', { name })}</p>
      </div>
    );
  }
  const question = view.state === 'question';
  if (view.show) {
    return (
      <div className="customer-result customer-code">
        <h2>{t(question ? 'customer.notYet' : `customerAct.${view.act}`)}</h2>
        <ShownCodePicture show={view.show} label={t(`customerAct.${view.act}`)} testId="customer-qr" />
        <p className="customer-small">{question ? t(`customerAct.${view.act}`) : name}</p>
      </div>
    );
  }
  return (
    <div className="customer-result">
      <Ring share={share} label={String(seconds)} testId="customer-countdown" />
      <h2>{question ? t('customer.notYet') : name}</h2>
      <p>{t(question ? 'customer.notYetText' : `customerAct.${view.act}`)}</p>
    </div>
  );
}

/** The amount that is being paid, as large as the total was. */
function PayingAmount({ view }: { readonly view: Pick<Paying, 'amountMinor' | 'currency'> }) {
  const { t, language } = useWords();
  return (
    <div className="customer-due">
      <span>{t('sale.toPay')}</span>
      <output className="amount customer-amount" data-testid="customer-total">
        {money(language, view.amountMinor, view.currency)}
      </output>
    </div>
  );
}

/** What goes back to the customer, and by what ways; a done part says so. */
function GoesBack({ view }: { readonly view: Returning }) {
  const { t, language } = useWords();
  return (
    <div className="customer-result">
      {view.done ? <CircleCheck size={96} strokeWidth={1.5} aria-hidden className="good-icon" /> : <Undo2 size={96} strokeWidth={1.25} aria-hidden />}
      <h2>{t(view.done ? 'customer.wentBack' : 'customer.goesBack')}</h2>
      <ul className="customer-back">
        {view.parts.map((part, index) => (
          <li key={index} className={part.done ? 'done' : ''}>
            <span>{part.tenderName || t(`tender.name.${part.tenderKind}`)}</span>
            <span className="amount">{money(language, part.amountMinor, view.currency)}</span>
          </li>
        ))}
      </ul>
      {view.done ? null : <p>{t('customer.goesBackText')}</p>}
    </div>
  );
}

function ReturnAmount({ view }: { readonly view: Returning }) {
  const { t, language } = useWords();
  return (
    <div className="customer-due">
      <span>{t('customer.goesBack')}</span>
      <output className="amount customer-amount" data-testid="customer-total">
        {money(language, view.totalMinor, view.currency)}
      </output>
    </div>
  );
}

/** Nobody is served, and somebody at the register asks which screen is its own. */
function Identified({ register }: { readonly register: string }) {
  const { t } = useWords();
  return (
    <div className="customer-result" data-testid="customer-identified">
      <Monitor size={112} strokeWidth={1} aria-hidden />
      <h2>{t('customer.identified', { register })}</h2>
    </div>
  );
}

/** The right half: what the customer should do, or that all is well. */
function Side({ view }: { readonly view: CustomerView }) {
  const { t } = useWords();
  const asked = useCustomer((state) => state.asked);
  if (view.kind === 'thanks') return <Done view={view} />;
  if (view.kind === 'paying') return <PayingNow view={view} />;
  if (view.kind === 'asking') return <AskedNow view={view} />;
  if (view.kind === 'returning') return <GoesBack view={view} />;
  const idle = view.kind === 'idle';
  if (idle && asked !== null) return <Identified register={asked} />;
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
  const { view, shopName, connection, closed, training } = useCustomer();
  if (connection === 'lost' || closed) {
    const lost = connection === 'lost';
    return (
      <main className="customer-result quiet" data-testid="customer-state" data-state={lost ? 'lost' : 'closed'}>
        {lost ? <Unplug size={72} strokeWidth={1.25} aria-hidden /> : <DoorClosed size={72} strokeWidth={1.25} aria-hidden />}
        <h1>{t(lost ? 'customer.lost' : 'trouble.customer')}</h1>
        {lost ? <p>{t('customer.lostText')}</p> : null}
      </main>
    );
  }
  return (
    <main className={`customer ${view.kind}`} data-testid="customer-state" data-state={view.kind}>
      <section className="customer-left">
        {training ? <p className="customer-training" data-testid="customer-training">{t('training.banner')}</p> : null}
        <h1>{shopName}</h1>
        {view.kind === 'selling' ? <Sale view={view} /> : null}
        {view.kind === 'paying' || view.kind === 'asking' ? <PayingAmount view={view} /> : null}
        {view.kind === 'returning' ? <ReturnAmount view={view} /> : null}
      </section>
      <section className="customer-right" aria-live="polite">
        <Side view={view} />
        <LanguageChoice className="customer-languages" label={t('customer.language')} />
      </section>
    </main>
  );
}
