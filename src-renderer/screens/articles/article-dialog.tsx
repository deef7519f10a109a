import { useState } from 'react';
import type { ArticleView } from '../../../src-main/contract/articles.ts';
import type { Failure } from '../../../src-main/contract/errors.ts';
import type { VatClass } from '../../../src-main/contract/basics.ts';
import { AmountField, useAmountField } from '../../features/amounts/amount-field.tsx';
import { AskDialog } from '../../features/ask/ask-dialog.tsx';
import { useShop } from '../../features/till/store.ts';
import { failureText, useWords } from '../../features/words/index.ts';
import { call } from '../../transport/index.ts';
import { Check, Select, TextField } from '../../ui/fields.tsx';

const empty: Omit<ArticleView, 'id'> = {
  gtin: '',
  plu: '',
  name: '',
  group: '',
  priceMinor: 0,
  vatClass: 'low',
  unit: 'piece',
  pricing: 'fixed',
  ageLimit: null,
  labels: [],
  active: true,
};

const vatClasses: readonly VatClass[] = ['standard', 'low', 'lowest', 'zero'];
const units: readonly ArticleView['unit'][] = ['piece', 'kg', 'g', 'l', 'm', 'h'];
const pricings: readonly ArticleView['pricing'][] = ['fixed', 'weighed', 'open'];

/** All of one article. A changed price holds from today. */
export function ArticleDialog({ article, onClose }: { readonly article: ArticleView | null; readonly onClose: () => void }) {
  const { t, language } = useWords();
  const { shop } = useShop();
  const [draft, setDraft] = useState<Omit<ArticleView, 'id'>>(article ?? empty);
  const [labels, setLabels] = useState((article?.labels ?? []).join(', '));
  const [age, setAge] = useState(article?.ageLimit ? String(article.ageLimit) : '');
  const [failure, setFailure] = useState<Failure | null>(null);
  const price = useAmountField(article ? article.priceMinor : null);
  const set = (fields: Partial<ArticleView>): void => setDraft((now) => ({ ...now, ...fields }));
  const priceMinor = 'minor' in price.amount ? price.amount.minor : draft.pricing === 'open' ? 0 : null;
  const ageGood = age === '' || /^[1-9]\d?$/.test(age);

  const said = failure ? failureText(t, language, failure, shop.currency) : null;
  const ofGtin = failure?.code === 'bad-check-digit' || failure?.code === 'gtin-in-use';

  async function save(): Promise<boolean> {
    if (priceMinor === null || !ageGood) return false;
    const { name, gtin, plu, group, vatClass, unit, pricing, active } = draft;
    const saved = await call('article.save', {
      ...(article ? { id: article.id } : {}),
      name,
      gtin,
      plu,
      group,
      vatClass,
      unit,
      pricing,
      active,
      priceMinor,
      ageLimit: age === '' ? null : Number(age),
      labels: labels.split(',').map((one) => one.trim()).filter((one) => one !== ''),
    });
    setFailure(saved.ok ? null : saved.error);
    return saved.ok;
  }

  return (
    <AskDialog
      title={article ? article.name : t('article.new')}
      ok={t('common.save')}
      ready={draft.name.trim() !== '' && priceMinor !== null && ageGood}
      onClose={onClose}
      onOk={save}
    >
      <TextField label={t('article.name')} value={draft.name} onChange={(name) => set({ name })} maxLength={200} autoFocus testId="article-name" />
      <AmountField label={t('article.price')} field={price} testId="article-price" />
      <div className="room-grid">
        <TextField label={t('article.gtin')} value={draft.gtin} onChange={(gtin) => set({ gtin })} maxLength={14} numeric="numeric" error={ofGtin ? said : null} testId="article-gtin" />
        <TextField label={t('article.plu')} value={draft.plu} onChange={(plu) => set({ plu })} maxLength={10} />
        <TextField label={t('article.group')} value={draft.group} onChange={(group) => set({ group })} maxLength={60} />
        <Select label={t('article.vat')} value={draft.vatClass} choices={vatClasses.map((value) => ({ value, label: t(`vatClass.${value}`) }))} onChange={(vatClass) => set({ vatClass })} />
        <Select label={t('article.pricing')} value={draft.pricing} choices={pricings.map((value) => ({ value, label: t(`pricing.${value}`) }))} onChange={(pricing) => set({ pricing })} />
        <Select label={t('article.unit')} value={draft.unit} choices={units.map((value) => ({ value, label: t(`unit.${value}`) }))} onChange={(unit) => set({ unit })} />
        <TextField label={t('article.age')} value={age} onChange={setAge} maxLength={2} numeric="numeric" error={ageGood ? null : t('article.ageHint')} />
        <TextField label={t('article.labels')} hint={t('article.labelsHint')} value={labels} onChange={setLabels} />
      </div>
      {said !== null && !ofGtin ? <p role="alert" className="error">{said}</p> : null}
      <Check label={t('article.active')} checked={draft.active} onChange={(active) => set({ active })} />
    </AskDialog>
  );
}
