import { useEffect, useState } from 'react';
import { ArrowDown, ArrowUp, Plus, Trash2 } from 'lucide-react';
import type { ArticleView } from '../../../src-main/contract/articles.ts';
import { AskDialog } from '../../features/ask/ask-dialog.tsx';
import { useShop } from '../../features/till/store.ts';
import { notify } from '../../features/notices/store.ts';
import { failureText, useWords } from '../../features/words/index.ts';
import { call } from '../../transport/index.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/fields.tsx';
import { Tabs } from '../../ui/pieces.tsx';

type Item = { readonly articleId: string; readonly name: string };
type Page = { readonly id: string; readonly name: string; readonly items: readonly Item[] };

const pageLimit = 12;
const itemLimit = 30;

function moved(items: readonly Item[], from: number, to: number): readonly Item[] {
  const item = items[from];
  if (!item || to < 0 || to >= items.length) return items;
  return items.toSpliced(from, 1).toSpliced(to, 0, item);
}

/** Articles that a text finds, to be put on the page. */
function Finder({ onAdd }: { readonly onAdd: (article: ArticleView) => void }) {
  const { t } = useWords();
  const [text, setText] = useState('');
  const [found, setFound] = useState<readonly ArticleView[]>([]);
  useEffect(() => {
    let current = true;
    if (text.trim() === '') setFound([]);
    else {
      void call('article.search', { text, limit: 6 }).then((result) => {
        if (current && result.ok) setFound(result.value);
      });
    }
    return () => {
      current = false;
    };
  }, [text]);
  return (
    <div className="stack tight">
      <TextField label={t('keys.add')} value={text} onChange={setText} maxLength={100} />
      <div className="choices">
        {found.map((article) => (
          <Button
            key={article.id}
            size="small"
            onPress={() => {
              onAdd(article);
              setText('');
            }}
          >
            <Plus size={16} aria-hidden />
            {article.name}
          </Button>
        ))}
      </div>
    </div>
  );
}

/** What stands on the sale screen's keys, page by page. */
export function QuickKeysDialog({ onClose }: { readonly onClose: () => void }) {
  const { t, language } = useWords();
  const { shop } = useShop();
  const [pages, setPages] = useState<readonly Page[]>([]);
  const [chosen, setChosen] = useState('');
  useEffect(() => {
    void call('article.quick-keys', {}).then((loaded) => {
      if (!loaded.ok) return;
      setPages(loaded.value.map(({ id, name, keys }) => ({ id, name, items: keys.map((key) => ({ articleId: key.articleId, name: key.name })) })));
      setChosen(loaded.value[0]?.id ?? '');
    });
  }, []);
  const page = pages.find((one) => one.id === chosen);
  const change = (fields: Partial<Page>): void =>
    setPages((now) => now.map((one) => (one.id === chosen ? { ...one, ...fields } : one)));
  const addPage = (): void => {
    const id = `new-${pages.length + 1}-${Date.now()}`;
    setPages((now) => [...now, { id, name: t('keys.page', { number: now.length + 1 }), items: [] }]);
    setChosen(id);
  };
  const save = async (): Promise<boolean> => {
    const saved = await call('article.save-quick-keys', {
      pages: pages.map(({ name, items }) => ({ name, articleIds: items.map((item) => item.articleId) })),
    });
    if (!saved.ok) notify(failureText(t, language, saved.error, shop.currency), { tone: 'bad' });
    return saved.ok;
  };
  return (
    <AskDialog title={t('article.quickKeys')} ok={t('common.save')} ready={pages.every((one) => one.name.trim() !== '')} onClose={onClose} onOk={save}>
      <div className="row">
        <Tabs label={t('sale.pages')} tabs={pages.map(({ id, name }) => ({ id, name }))} chosen={chosen} onChoose={setChosen} />
        <Button size="small" disabled={pages.length >= pageLimit} onPress={addPage}>
          <Plus size={16} aria-hidden />
          {t('keys.newPage')}
        </Button>
      </div>
      {page ? (
        <>
          <div className="row">
            <TextField label={t('keys.pageName')} value={page.name} onChange={(name) => change({ name })} maxLength={30} />
            <Button size="small" kind="danger" onPress={() => setPages((now) => now.filter((one) => one.id !== chosen))}>
              {t('keys.removePage')}
            </Button>
          </div>
          <ol className="stack tight">
            {page.items.map((item, index) => (
              <li key={item.articleId} className="row">
                <span className="grow">{item.name}</span>
                <Button size="small" label={t('keys.up', { name: item.name })} disabled={index === 0} onPress={() => change({ items: moved(page.items, index, index - 1) })}>
                  <ArrowUp size={16} aria-hidden />
                </Button>
                <Button size="small" label={t('keys.down', { name: item.name })} disabled={index === page.items.length - 1} onPress={() => change({ items: moved(page.items, index, index + 1) })}>
                  <ArrowDown size={16} aria-hidden />
                </Button>
                <Button size="small" label={t('keys.remove', { name: item.name })} onPress={() => change({ items: page.items.toSpliced(index, 1) })}>
                  <Trash2 size={16} aria-hidden />
                </Button>
              </li>
            ))}
          </ol>
          {page.items.length < itemLimit ? (
            <Finder
              onAdd={(article) => {
                if (page.items.some((item) => item.articleId === article.id)) return;
                change({ items: [...page.items, { articleId: article.id, name: article.name }] });
              }}
            />
          ) : null}
        </>
      ) : null}
    </AskDialog>
  );
}
