import type { QuickKeyPage } from '../contract/articles.ts';
import type { ArticleRecord, ArticleStore, ArticleWrite } from '../core/ports/stores.ts';
import { articleColumns, articleOf } from './article-rows.ts';
import { searchArticles } from './article-search.ts';
import { integer, text, type Row, type Statements } from './database.ts';

/** Any written length of a GTIN as the 14 digits that all of them are compared in. */
const padded = (gtin: string): string | null => (gtin === '' ? null : gtin.padStart(14, '0'));

/** Colours of the quick keys go by group, so that what belongs together looks alike. */
const colours = 8;

export function articleStore(sql: Statements, transaction: <T>(work: () => T) => T): ArticleStore {
  const one = (where: string, value: string | null, day: string): ArticleRecord | null => {
    const row = sql(`SELECT ${articleColumns} FROM article a WHERE ${where} = ?`).get(day, value) as Row | undefined;
    return row ? articleOf(row) : null;
  };

  const seqOf = (where: 'id' | 'gtin14', value: string | null): number | null => {
    const row = sql(`SELECT seq FROM article WHERE ${where} = ?`).get(value) as Row | undefined;
    return row ? integer(row, 'seq') : null;
  };

  function setLabels(seq: number, labels: readonly string[], isNew: boolean): void {
    if (!isNew) sql('DELETE FROM article_label WHERE article_seq = ?').run(seq);
    const insert = sql('INSERT OR IGNORE INTO article_label (article_seq, label) VALUES (?, ?)');
    for (const label of labels) insert.run(seq, label);
  }

  /** A price is a row with a day; the same price as now adds none. */
  function setPrice(seq: number, priceMinor: number, day: string): void {
    const now = sql(
      'SELECT price_minor FROM article_price WHERE article_seq = ? AND valid_from <= ? ORDER BY valid_from DESC LIMIT 1',
    ).get(seq, day) as Row | undefined;
    if (now && integer(now, 'price_minor') === priceMinor) return;
    sql(
      `INSERT INTO article_price (article_seq, valid_from, price_minor) VALUES (?, ?, ?)
       ON CONFLICT (article_seq, valid_from) DO UPDATE SET price_minor = excluded.price_minor`,
    ).run(seq, day, priceMinor);
  }

  function insert(article: Omit<ArticleRecord, 'priceMinor' | 'labels'>): number {
    const { lastInsertRowid } = sql(
      `INSERT INTO article (id, gtin14, gtin, plu, name, article_group, vat_class, unit, pricing, age_limit, active)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ).run(
      article.id,
      padded(article.gtin),
      article.gtin,
      article.plu === '' ? null : article.plu,
      article.name,
      article.group,
      article.vatClass,
      article.unit,
      article.pricing,
      article.ageLimit,
      article.active ? 1 : 0,
    );
    return Number(lastInsertRowid);
  }

  function update(seq: number, article: Omit<ArticleRecord, 'id' | 'priceMinor' | 'labels'>): void {
    sql(
      `UPDATE article SET gtin14 = ?, gtin = ?, plu = ?, name = ?, article_group = ?, vat_class = ?, unit = ?, pricing = ?,
        age_limit = ?, active = ? WHERE seq = ?`,
    ).run(
      padded(article.gtin),
      article.gtin,
      article.plu === '' ? null : article.plu,
      article.name,
      article.group,
      article.vatClass,
      article.unit,
      article.pricing,
      article.ageLimit,
      article.active ? 1 : 0,
      seq,
    );
  }

  /** What the file says replaces; what it doesn't mention stays. */
  function importUpdate(seq: number, row: ArticleWrite): void {
    sql(
      `UPDATE article SET gtin = ?, name = ?, article_group = ?, vat_class = ?, plu = coalesce(?, plu), unit = coalesce(?, unit),
        pricing = coalesce(?, pricing), age_limit = CASE WHEN ? THEN ? ELSE age_limit END, active = 1 WHERE seq = ?`,
    ).run(
      row.gtin,
      row.name,
      row.group,
      row.vatClass,
      row.plu === undefined || row.plu === '' ? null : row.plu,
      row.unit ?? null,
      row.pricing ?? null,
      row.ageLimit === undefined ? 0 : 1,
      row.ageLimit ?? null,
      seq,
    );
  }

  function importRow(row: ArticleWrite, day: string, newId: () => string): boolean {
    const known = row.gtin === '' ? null : seqOf('gtin14', padded(row.gtin));
    const seq =
      known ??
      insert({
        id: newId(),
        gtin: row.gtin,
        plu: row.plu ?? '',
        name: row.name,
        group: row.group,
        vatClass: row.vatClass,
        unit: row.unit ?? 'piece',
        pricing: row.pricing ?? 'fixed',
        ageLimit: row.ageLimit ?? null,
        active: true,
      });
    if (known !== null) importUpdate(known, row);
    setPrice(seq, row.priceMinor, day);
    setLabels(seq, row.labels, known === null);
    return known === null;
  }

  function pageKeys(pageId: string, day: string): QuickKeyPage['keys'] {
    const rows = sql(
      `SELECT ${articleColumns} FROM quick_key k JOIN article a ON a.id = k.article_id
       WHERE k.page_id = ? AND a.active = 1 ORDER BY k.position`,
    ).all(day, pageId) as Row[];
    const groups = new Map<string, number>();
    return rows.map(articleOf).map((article) => {
      if (!groups.has(article.group)) groups.set(article.group, groups.size % colours);
      return {
        articleId: article.id,
        name: article.name,
        priceMinor: article.priceMinor,
        pricing: article.pricing,
        unit: article.unit,
        colour: groups.get(article.group) ?? 0,
      };
    });
  }

  return {
    byId: (id, day) => one('a.id', id, day),
    byGtin: (gtin, day) => one('a.gtin14', padded(gtin), day),
    byPlu: (plu, day) => one('a.plu', plu, day),
    search: (typed, limit, day, inactive = false) => searchArticles(sql, typed, limit, day, inactive).map(articleOf),
    // The largest seq is the count: articles are never deleted, and seq has no gaps to speak of.
    count: () => integer(sql('SELECT coalesce(max(seq), 0) AS n FROM article').get() as Row, 'n'),
    groups: () =>
      (
        sql(
          `WITH RECURSIVE g (name) AS (
             SELECT min(article_group) FROM article
             UNION ALL SELECT (SELECT min(article_group) FROM article WHERE article_group > g.name) FROM g WHERE g.name IS NOT NULL
           ) SELECT name FROM g WHERE name IS NOT NULL AND name <> '' LIMIT 500`,
        ).all() as Row[]
      ).map((row) => text(row, 'name')),
    save(article, day) {
      transaction(() => {
        const known = seqOf('id', article.id);
        const seq = known ?? insert(article);
        if (known !== null) update(known, article);
        setPrice(seq, article.priceMinor, day);
        setLabels(seq, article.labels, known === null);
      });
    },
    importBatch: (rows, day, newId) =>
      transaction(() => {
        let added = 0;
        for (const row of rows) if (importRow(row, day, newId)) added += 1;
        return { added, updated: rows.length - added };
      }),
    quickKeys(day) {
      const pages = sql('SELECT id, name FROM quick_key_page ORDER BY position').all() as Row[];
      return pages.map((page) => ({ id: text(page, 'id'), name: text(page, 'name'), keys: pageKeys(text(page, 'id'), day) }));
    },
    saveQuickKeys(pages, newId) {
      transaction(() => {
        sql('DELETE FROM quick_key_page').run();
        pages.forEach((page, position) => {
          const id = newId();
          sql('INSERT INTO quick_key_page (id, position, name) VALUES (?, ?, ?)').run(id, position, page.name);
          page.articleIds.forEach((articleId, place) => {
            sql('INSERT INTO quick_key (page_id, position, article_id) VALUES (?, ?, ?)').run(id, place, articleId);
          });
        });
      });
    },
  };
}
