import { fail, ok } from '../contract/errors.ts';
import type { ArticleRecord } from '../core/ports/stores.ts';
import { gtinProblem } from '../core/articles/gtin.ts';
import { articleByCode } from './add-to-sale.ts';
import { journalEntry, today, type ShopContext } from './context.ts';
import type { Handlers } from './handlers.ts';
import type { Session } from './session.ts';

type Names =
  | 'article.search'
  | 'article.ask-price'
  | 'article.quick-keys'
  | 'article.save-quick-keys'
  | 'article.count'
  | 'article.groups'
  | 'article.save';

/** Articles as the counter finds them and the admin edits them. */
export function createArticleService(context: ShopContext, session: Session): Handlers<Names> {
  const { articles } = context.stores;

  const pages = () => ok([...articles.quickKeys(today(context))]);

  /** The article that already has this GTIN, if it is another one. */
  function holderOf(gtin: string, id: string | undefined): ArticleRecord | null {
    const holder = gtin === '' ? null : articles.byGtin(gtin, today(context));
    return holder && holder.id !== id ? holder : null;
  }

  return {
    'article.search': ({ text, limit, inactive }) => ok([...articles.search(text, limit, today(context), inactive)]),
    'article.ask-price': ({ code }) => {
      const found = articleByCode(context, code);
      if (!found.ok) return found;
      const { id, name, group, priceMinor } = found.value;
      context.stores.journal.append([journalEntry(context, session.staffId(), 'price-enquiry', { article: id, name, group, amountMinor: priceMinor })]);
      return found;
    },
    'article.quick-keys': pages,
    'article.save-quick-keys': ({ pages: edited }) => {
      const allowed = session.authorise('articles-edit', undefined);
      if (!allowed.ok) return allowed;
      articles.saveQuickKeys(edited, () => context.ids.next());
      context.bus.publish('articles.changed', {});
      return pages();
    },
    'article.count': () => ok({ count: articles.count() }),
    'article.groups': () => ok([...articles.groups()]),
    'article.save': ({ id, ...fields }) => {
      const allowed = session.authorise('articles-edit', undefined);
      if (!allowed.ok) return allowed;
      const before = id === undefined ? null : articles.byId(id, today(context));
      if (id !== undefined && !before) return fail('article-unknown');
      if (fields.gtin !== '' && gtinProblem(fields.gtin) !== null) return fail('bad-check-digit', { gtin: fields.gtin });
      const holder = holderOf(fields.gtin, id);
      if (holder) return fail('gtin-in-use', { name: holder.name });
      const article: ArticleRecord = { ...fields, id: before?.id ?? context.ids.next() };
      context.stores.transaction(() => {
        articles.save(article, today(context));
        const price = { oldPriceMinor: before?.priceMinor ?? null, newPriceMinor: article.priceMinor };
        const kind = before && before.priceMinor !== article.priceMinor ? 'price-changed' : 'article-changed';
        const detail = { article: article.id, name: article.name, ...price };
        context.stores.journal.append([journalEntry(context, session.staffId(), kind, detail)]);
      });
      context.bus.publish('articles.changed', {});
      return ok(article);
    },
  };
}
