import { memo, useEffect, useState } from 'react';
import { LayoutGrid } from 'lucide-react';
import type { QuickKey, QuickKeyPage } from '../../../src-main/contract/articles.ts';
import { amount, unitSign } from '../../features/format/index.ts';
import { useWords } from '../../features/words/index.ts';
import { call, subscribe } from '../../transport/index.ts';
import { Empty, Tabs } from '../../ui/pieces.tsx';
import { addArticle } from './actions.ts';

function usePages(): readonly QuickKeyPage[] | null {
  const [pages, setPages] = useState<readonly QuickKeyPage[] | null>(null);
  useEffect(() => {
    const load = (): void => {
      void call('article.quick-keys', {}).then((result) => {
        if (result.ok) setPages(result.value);
      });
    };
    load();
    return subscribe('articles.changed', load);
  }, []);
  return pages;
}

/** Northern languages make one word of many; smaller, it stays whole on its key. */
const longWord = /\S{13,}/;

function Key({ item }: { readonly item: QuickKey }) {
  const { t, language } = useWords();
  const unit = unitSign(item.unit);
  const price = amount(language, item.priceMinor);
  return (
    <button type="button" className="quick-key" onClick={() => void addArticle(item.articleId)}>
      <span className={`quick-bar colour-${item.colour}`} aria-hidden />
      <span className={longWord.test(item.name) ? 'quick-name long' : 'quick-name'}>{item.name}</span>
      <span className="quick-price">{item.pricing === 'open' ? t('sale.openPrice') : unit === '' ? price : `${price}/${unit}`}</span>
    </button>
  );
}

/** Articles by a tap, in pages. A scan changes nothing here, so it is not drawn again. */
export const QuickKeys = memo(function QuickKeys() {
  const { t } = useWords();
  const pages = usePages();
  const [chosen, setChosen] = useState<string | null>(null);
  if (!pages) return <div className="quick-keys" />;
  const page = pages.find((one) => one.id === chosen) ?? pages[0];
  if (!page) {
    return (
      <Empty icon={<LayoutGrid size={40} strokeWidth={1.5} />} title={t('sale.noKeys')}>
        <p>{t('sale.noKeysHint')}</p>
      </Empty>
    );
  }
  return (
    <>
      <Tabs label={t('sale.pages')} tabs={pages.map(({ id, name }) => ({ id, name }))} chosen={page.id} onChoose={setChosen} />
      <div className="quick-keys" role="tabpanel" aria-label={page.name}>
        {page.keys.map((item) => (
          <Key key={item.articleId} item={item} />
        ))}
      </div>
    </>
  );
});
