import { memo, useEffect, useRef, useState, type KeyboardEvent, type RefObject } from 'react';
import { Search as SearchIcon, SearchX, X } from 'lucide-react';
import type { ArticleView } from '../../../src-main/contract/articles.ts';
import { readQuantity } from '../../features/amounts/read.ts';
import { money, quantity, unitSign } from '../../features/format/index.ts';
import { useShop } from '../../features/till/store.ts';
import { useWords } from '../../features/words/index.ts';
import { call } from '../../transport/index.ts';
import { Button } from '../../ui/button.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { Empty } from '../../ui/pieces.tsx';
import { addArticle, addCode } from './actions.ts';
import { setQuantity, setSearch, useSaleUi } from './state.ts';

/** Three screens of a list that is read from the top; more letters find the rest. */
const resultsShown = 24;

/** Results of the text in the search field; an answer that a newer text overtook is dropped. */
function useResults(text: string): readonly ArticleView[] | null {
  const [found, setFound] = useState<readonly ArticleView[] | null>(null);
  const asked = useRef(0);
  useEffect(() => {
    asked.current += 1;
    const mine = asked.current;
    if (text.trim() === '') {
      setFound(null);
      return;
    }
    void call('article.search', { text: text.slice(0, 100), limit: resultsShown }).then((result) => {
      if (mine === asked.current && result.ok) setFound(result.value);
    });
  }, [text]);
  return found;
}

/** Drawn again only when it differs: the letter just typed must not wait for rows that stay. */
const Result = memo(function Result({ article, active, id }: { readonly article: ArticleView; readonly active: boolean; readonly id: string }) {
  const { t, language } = useWords();
  const { shop } = useShop();
  const price = article.pricing === 'open' ? t('sale.openPrice') : money(language, article.priceMinor, shop.currency);
  const unit = unitSign(article.unit);
  return (
    <li id={id} role="option" aria-selected={active} className="result" onClick={() => void addArticle(article.id)}>
      <span className="result-name">
        <span>{article.name}</span>
        <span className="line-under">{[article.gtin || article.plu, article.group].filter((one) => one !== '').join(' · ')}</span>
      </span>
      <span className="amount">{unit === '' || article.pricing === 'open' ? price : `${price}/${unit}`}</span>
    </li>
  );
});

/** The field for everything: scan, number, name, `3 *`. Its results take the place of the quick keys. */
export function Search({ field, children }: { readonly field: RefObject<HTMLInputElement | null>; readonly children: React.ReactNode }) {
  const { t, language } = useWords();
  const text = useSaleUi((state) => state.search);
  const quantityMilli = useSaleUi((state) => state.quantityMilli);
  const results = useResults(text);
  const [active, setActive] = useState(0);
  useEffect(() => setActive(0), [text]);
  const chosen = results?.[active];
  const listId = 'search-results';

  function change(value: string): void {
    const times = /^\s*(\d{1,4}(?:[.,]\d{1,3})?)\s*\*(.*)$/.exec(value);
    const milli = times ? readQuantity(times[1] ?? '') : null;
    if (times && milli !== null) {
      setQuantity(milli);
      setSearch((times[2] ?? '').trimStart());
    } else setSearch(value);
  }

  function enter(): void {
    const typed = text.trim();
    if (typed === '') return;
    const numeric = /^[\d\]]/.test(typed) || /^https?:/i.test(typed);
    if (active === 0 && numeric) void addCode(typed, 'typed');
    else if (chosen) void addArticle(chosen.id);
    else void addCode(typed, 'typed');
  }

  /** Back to the counter, where keys work on lines again; the next letter typed comes here by itself. */
  const leave = (): void => field.current?.blur();

  function onKeyDown(event: KeyboardEvent): void {
    const last = (results?.length ?? 1) - 1;
    if (event.key === 'ArrowDown') setActive((at) => Math.min(last, at + 1));
    else if (event.key === 'ArrowUp') setActive((at) => Math.max(0, at - 1));
    else if (event.key === 'Enter' && text.trim() !== '') {
      enter();
      leave();
    } else if (event.key === 'Escape') {
      setSearch('');
      setQuantity(null);
      leave();
    } else if (event.key === 'Backspace' && text === '' && quantityMilli !== null) setQuantity(null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <>
      <div className="search card">
        <SearchIcon size={22} aria-hidden className="search-icon" />
        {quantityMilli === null ? null : (
          <Button size="small" className="search-quantity" onPress={() => setQuantity(null)} testId="search-quantity">
            {t('sale.times', { quantity: quantity(language, quantityMilli) })}
            <X size={16} aria-hidden />
          </Button>
        )}
        <input
          ref={field}
          type="search"
          className="search-input"
          data-testid="search"
          data-scan="type"
          role="combobox"
          aria-expanded={results !== null}
          aria-controls={listId}
          aria-activedescendant={chosen ? `result-${active}` : undefined}
          aria-label={t('sale.search')}
          placeholder={t('sale.searchHint')}
          autoComplete="off"
          spellCheck={false}
          value={text}
          onChange={(event) => change(event.target.value)}
          onKeyDown={onKeyDown}
        />
        <Kbd always>F2</Kbd>
      </div>
      {results === null ? (
        children
      ) : (
        <ul className="results card" id={listId} role="listbox" aria-label={t('sale.results')} data-testid="results">
          {results.map((article, index) => (
            <Result key={article.id} article={article} active={index === active} id={`result-${index}`} />
          ))}
          {results.length === 0 ? (
            <li role="presentation" className="no-results">
              <Empty icon={<SearchX size={40} strokeWidth={1.5} />} title={t('sale.nothingFound', { text })}>
                <p>{t('sale.nothingFoundHint')}</p>
              </Empty>
            </li>
          ) : null}
        </ul>
      )}
    </>
  );
}
