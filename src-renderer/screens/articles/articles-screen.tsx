import { useEffect, useRef, useState } from 'react';
import { Boxes, FileUp, LayoutGrid, Plus } from 'lucide-react';
import type { ArticleView } from '../../../src-main/contract/articles.ts';
import { count, money, unitSign } from '../../features/format/index.ts';
import { useScanTarget } from '../../features/scanner/targets.ts';
import { useShortcuts } from '../../features/shortcuts/index.ts';
import { useShop } from '../../features/till/store.ts';
import { useWords } from '../../features/words/index.ts';
import { call, subscribe } from '../../transport/index.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/fields.tsx';
import { Empty, Pill } from '../../ui/pieces.tsx';
import { ArticleDialog } from './article-dialog.tsx';
import { QuickKeysDialog } from './quick-keys-dialog.tsx';

const shown = 100;

function useArticles(text: string) {
  const [found, setFound] = useState<readonly ArticleView[] | null>(null);
  const [total, setTotal] = useState(0);
  const [turn, setTurn] = useState(0);
  useEffect(() => subscribe('articles.changed', () => setTurn((now) => now + 1)), []);
  useEffect(() => {
    let current = true;
    void call('article.search', { text, limit: shown, inactive: true }).then((result) => {
      if (current && result.ok) setFound(result.value);
    });
    void call('article.count', {}).then((result) => {
      if (current && result.ok) setTotal(result.value.count);
    });
    return () => {
      current = false;
    };
  }, [text, turn]);
  return { found, total };
}

/** The shop's articles: find, edit, add; quick keys; the way to the import. */
export function ArticlesScreen() {
  const { t, language } = useWords();
  const { shop } = useShop();
  const [text, setText] = useState('');
  const { found, total } = useArticles(text);
  const [edited, setEdited] = useState<ArticleView | 'new' | null>(null);
  const [keys, setKeys] = useState(false);
  const search = useRef<HTMLInputElement>(null);
  useScanTarget(setText);
  useShortcuts({ F2: () => search.current?.focus(), F4: () => setEdited('new'), Escape: () => { location.hash = '#/sale'; } }, 'screen');
  return (
    <main className="room">
      <div className="room-head">
        <h1>{t('screens.articles')}</h1>
        <div className="row">
          <Button onPress={() => setKeys(true)}>
            <LayoutGrid size={20} aria-hidden />
            {t('article.quickKeys')}
          </Button>
          <Button onPress={() => { location.hash = '#/admin/import'; }} testId="go-to-import">
            <FileUp size={20} aria-hidden />
            {t('screens.import')}
          </Button>
          <Button kind="primary" hotkey="F4" onPress={() => setEdited('new')}>
            <Plus size={20} aria-hidden />
            {t('article.new')}
          </Button>
        </div>
      </div>
      <div className="card room-card stack">
        <TextField label={t('article.search')} hint={t('article.total', { count: total, shown: count(language, total) })} value={text} onChange={setText} maxLength={100} inputRef={search} testId="article-search" />
        {found?.length === 0 ? (
          <Empty icon={<Boxes size={44} strokeWidth={1.5} />} title={t(text === '' ? 'article.none' : 'sale.nothingFound', { text })}>
            <p>{t('article.noneHint')}</p>
          </Empty>
        ) : (
          <div className="room-table" tabIndex={0} role="region" aria-label={t('screens.articles')}>
            <table className="table">
              <thead>
                <tr>
                  <th scope="col">{t('article.name')}</th>
                  <th scope="col">{t('article.number')}</th>
                  <th scope="col">{t('article.group')}</th>
                  <th scope="col">{t('article.vat')}</th>
                  <th scope="col" className="number">{t('article.price')}</th>
                  <th scope="col"><span className="visually-hidden">{t('common.edit')}</span></th>
                </tr>
              </thead>
              <tbody>
                {(found ?? []).map((article) => (
                  <tr key={article.id}>
                    <td>
                      {article.name} {article.active ? null : <Pill tone="amber">{t('article.inactive')}</Pill>}
                    </td>
                    <td>{article.gtin || article.plu}</td>
                    <td>{article.group}</td>
                    <td>{t(`vatClass.${article.vatClass}`)}</td>
                    <td className="number">
                      {article.pricing === 'open' ? t('sale.openPrice') : `${money(language, article.priceMinor, shop.currency)}${article.unit === 'piece' ? '' : `/${unitSign(article.unit)}`}`}
                    </td>
                    <td className="number">
                      <Button size="small" onPress={() => setEdited(article)} label={t('article.edit', { name: article.name })}>
                        {t('common.edit')}
                      </Button>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </div>
      {edited ? <ArticleDialog article={edited === 'new' ? null : edited} onClose={() => setEdited(null)} /> : null}
      {keys ? <QuickKeysDialog onClose={() => setKeys(false)} /> : null}
    </main>
  );
}
