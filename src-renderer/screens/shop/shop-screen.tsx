import { useEffect, useState } from 'react';
import { Scale } from 'lucide-react';
import type { VatClass } from '../../../src-main/contract/basics.ts';
import type { CallOutput } from '../../../src-main/contract/index.ts';
import type { ShopView } from '../../../src-main/contract/shop.ts';
import { AmountField, useAmountField } from '../../features/amounts/amount-field.tsx';
import { readPercent } from '../../features/amounts/read.ts';
import { calendarDay, percent } from '../../features/format/index.ts';
import { notify } from '../../features/notices/store.ts';
import { ReturnSettings } from '../../features/returns/settings-card.tsx';
import { useShortcuts } from '../../features/shortcuts/index.ts';
import { useShop } from '../../features/till/store.ts';
import { failureText, languages, useWords } from '../../features/words/index.ts';
import { call } from '../../transport/index.ts';
import { Button } from '../../ui/button.tsx';
import { Check, Select, TextField } from '../../ui/fields.tsx';
import { Panel } from '../../ui/pieces.tsx';
import { AccountingCard } from './accounting.tsx';
import { MeasurePatterns } from './measure-patterns.tsx';
import { LogoCard } from './logo-card.tsx';

const ways: readonly ShopView['serves'][] = ['none', 'take-away', 'eat-in'];
const vatClasses: readonly VatClass[] = ['standard', 'low', 'lowest', 'zero'];

function VatTable() {
  const { t, language } = useWords();
  const [rates, setRates] = useState<CallOutput<'shop.vat-rates'>>([]);
  useEffect(() => {
    void call('shop.vat-rates', {}).then((found) => {
      if (found.ok) setRates(found.value);
    });
  }, []);
  return (
    <div className="card room-card">
      <h2>{t('shop.vatTable')}</h2>
      <p className="quiet-text">{t('shop.vatText')}</p>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{t('article.vat')}</th>
            <th scope="col" className="number">{t('shop.rate')}</th>
            <th scope="col">{t('shop.from')}</th>
          </tr>
        </thead>
        <tbody>
          {vatClasses.flatMap((vatClass) =>
            rates
              .filter((rate) => rate.vatClass === vatClass)
              .map((rate) => (
                <tr key={`${vatClass} ${rate.from}`}>
                  <td>{t(`vatClass.${vatClass}`)}</td>
                  <td className="number">{percent(language, rate.rateBasisPoints)}</td>
                  <td>{rate.from === '1970-01-01' ? t('shop.always') : calendarDay(language, rate.from)}</td>
                </tr>
              )),
          )}
        </tbody>
      </table>
    </div>
  );
}

/** The shop as receipts show it, and its own rules. */
export function ShopScreen() {
  const { t, language } = useWords();
  const { shop, asksServing } = useShop();
  const [draft, setDraft] = useState({
    name: shop.name,
    organisationNumber: shop.organisationNumber,
    vatNumber: shop.vatNumber,
    phone: shop.phone,
    language: shop.language,
    receiptFooter: shop.receiptFooter,
    roundCash: shop.roundCash,
    serves: shop.serves,
  });
  const [address, setAddress] = useState(shop.addressLines.join('\n'));
  const [limit, setLimit] = useState(String(shop.cashierDiscountLimitBasisPoints / 100));
  const cap = useAmountField(shop.overPaymentCapMinor);
  const set = (fields: Partial<typeof draft>): void => setDraft((now) => ({ ...now, ...fields }));
  const limitBasisPoints = limit.trim() === '0' ? 0 : readPercent(limit);
  const ready = draft.name.trim() !== '' && limitBasisPoints !== null && 'minor' in cap.amount;
  const save = async (): Promise<void> => {
    if (limitBasisPoints === null || !('minor' in cap.amount)) return;
    const addressLines = address.split('\n').map((line) => line.trim()).filter((line) => line !== '').slice(0, 4);
    const saved = await call('shop.save', { ...draft, addressLines, cashierDiscountLimitBasisPoints: limitBasisPoints, overPaymentCapMinor: cap.amount.minor });
    notify(saved.ok ? t('common.saved') : failureText(t, language, saved.error, shop.currency), saved.ok ? {} : { tone: 'bad' });
  };
  useShortcuts({ Escape: () => { location.hash = '#/sale'; } }, 'screen');
  return (
    <main className="room">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) void save();
        }}
      >
        <div className="room-head">
          <h1>{t('screens.shop')}</h1>
          <Button kind="primary" submit disabled={!ready} testId="shop-save">
            {t('common.save')}
          </Button>
        </div>
        {shop.country === 'SE' || shop.country === 'DK' ? (
          <div className="room-card">
            <Panel tone="amber" icon={<Scale size={32} aria-hidden />} title={t('shop.law')}>
              <p>{t(`setup.honest.${shop.country}`)}</p>
            </Panel>
          </div>
        ) : null}
        <div className="card room-card stack">
          <div className="room-grid">
            <TextField label={t('shop.name')} value={draft.name} onChange={(name) => set({ name })} maxLength={80} />
            <TextField label={t('shop.organisationNumber')} value={draft.organisationNumber} onChange={(organisationNumber) => set({ organisationNumber })} maxLength={30} />
            <TextField label={t('shop.vatNumber')} value={draft.vatNumber} onChange={(vatNumber) => set({ vatNumber })} maxLength={30} />
            <TextField label={t('shop.phone')} value={draft.phone} onChange={(phone) => set({ phone })} maxLength={30} />
            <Select label={t('shop.language')} value={draft.language} choices={languages.map(({ id, name }) => ({ value: id, label: name }))} onChange={(chosen) => set({ language: chosen })} />
            <TextField label={t('shop.discountLimit')} value={limit} onChange={setLimit} maxLength={6} numeric="decimal" error={limitBasisPoints === null ? t('sale.discountHint') : null} />
            {asksServing ? <Select label={t('shop.serves')} value={draft.serves} choices={ways.map((value) => ({ value, label: t(`shop.serving.${value}`) }))} onChange={(serves) => set({ serves })} /> : null}
            <AmountField label={t('shop.overPaymentCap')} field={cap} quiet testId="shop-over-payment-cap" />
          </div>
          <div className="room-grid">
            <TextField label={t('shop.address')} value={address} onChange={setAddress} multiline />
            <TextField label={t('shop.footer')} value={draft.receiptFooter} onChange={(receiptFooter) => set({ receiptFooter })} maxLength={400} multiline />
          </div>
          {shop.country === 'NL' ? <Check label={t('shop.roundCash')} checked={draft.roundCash} onChange={(roundCash) => set({ roundCash })} /> : null}
        </div>
      </form>
      <LogoCard />
      <ReturnSettings />
      <MeasurePatterns />
      <AccountingCard />
      <VatTable />
    </main>
  );
}
