import type { ArticleRecord } from '../core/ports/stores.ts';
import { flag, integer, integerOrNull, json, text, textOrNull, type Row } from './database.ts';

/** Columns of an article with the price of a day; the day is the first value to bind. */
export const articleColumns = `a.seq, a.id, a.gtin, a.plu, a.name, a.article_group, a.vat_class, a.unit, a.pricing, a.age_limit, a.active,
  coalesce((SELECT price_minor FROM article_price WHERE article_seq = a.seq AND valid_from <= ? ORDER BY valid_from DESC LIMIT 1), 0) AS price_minor,
  (SELECT json_group_array(label) FROM article_label WHERE article_seq = a.seq) AS labels`;

export const articleOf = (row: Row): ArticleRecord => ({
  id: text(row, 'id'),
  gtin: text(row, 'gtin'),
  plu: textOrNull(row, 'plu') ?? '',
  name: text(row, 'name'),
  group: text(row, 'article_group'),
  priceMinor: integer(row, 'price_minor'),
  vatClass: text(row, 'vat_class') as ArticleRecord['vatClass'],
  unit: text(row, 'unit') as ArticleRecord['unit'],
  pricing: text(row, 'pricing') as ArticleRecord['pricing'],
  ageLimit: integerOrNull(row, 'age_limit'),
  labels: json<string[]>(row, 'labels'),
  active: flag(row, 'active'),
});
