import { z } from 'zod';
import { call, event, nothing } from './define.ts';
import { id, priceMinor, vatClass } from './basics.ts';
import { unit } from './sale.ts';

/** How the price of an article comes about: fixed, by weight, or typed at the counter. */
export const pricing = z.enum(['fixed', 'weighed', 'open']);

export const articleView = z.strictObject({
  id,
  gtin: z.string(),
  plu: z.string(),
  name: z.string(),
  group: z.string(),
  priceMinor,
  vatClass,
  unit,
  pricing,
  ageLimit: z.int().nullable(),
  labels: z.array(z.string()),
  active: z.boolean(),
});
export type ArticleView = z.infer<typeof articleView>;

/**
 * How numbers made in the store are read: 13 signs, the digits they begin with, then `I` for the item, `P` for a price or `W` for a weight,
 * `V` for the check digit of that value and `C` for the check digit of the whole. `decimals` are those of the price or of the kilograms.
 */
export const measurePattern = z.strictObject({ signs: z.string().trim().toUpperCase().regex(/^[0-9IPWVC]{0,20}$/), decimals: z.int().min(0).max(3) });
export type MeasurePattern = z.infer<typeof measurePattern>;

export const measurePatterns = z.strictObject({
  /** `own`: the shop has written its own; else they are the custom of its country. */
  own: z.boolean(),
  patterns: z.array(measurePattern),
});

/** What a number made in the store says; `measured` is false for any other code. */
export const labelReading = z.strictObject({
  measured: z.boolean(),
  item: z.string(),
  /** The article with this item number; null: none has it. */
  name: z.string().nullable(),
  priceMinor: priceMinor.nullable(),
  weightMilli: z.int().nullable(),
});

/** A quick key: an article on a page. */
export const quickKey = z.strictObject({
  articleId: id,
  name: z.string(),
  priceMinor,
  pricing,
  unit,
  colour: z.int().min(0).max(7),
});
export const quickKeyPage = z.strictObject({ id, name: z.string(), keys: z.array(quickKey) });
export type QuickKeyPage = z.infer<typeof quickKeyPage>;
export type QuickKey = z.infer<typeof quickKey>;

/** A row of a CSV file that was not taken, and why. `line` counts from 1 with the header, as an editor does. */
export const refusedRow = z.strictObject({
  line: z.int(),
  reason: z.enum([
    'gtin-missing',
    'gtin-not-digits',
    'gtin-length',
    'gtin-check-digit',
    'gtin-doubled',
    'name-missing',
    'name-too-long',
    'price-missing',
    'price-unreadable',
    'price-out-of-range',
    'vat-unknown',
    'row-too-short',
    'row-too-long',
    'quote-unclosed',
    'age-unreadable',
    'unit-unknown',
  ]),
  text: z.string(),
});
export type RefusedRow = z.infer<typeof refusedRow>;

export const importPreview = z.strictObject({
  importId: id,
  fileName: z.string(),
  encoding: z.enum(['utf-8', 'latin-1']),
  separator: z.enum([',', ';', '\t']),
  decimal: z.enum([',', '.']),
  /** Columns found: the header's own word and what it was taken for; null is ignored. */
  columns: z.array(z.strictObject({ header: z.string(), field: z.string().nullable() })),
  rows: z.int(),
  willAdd: z.int(),
  willUpdate: z.int(),
  refused: z.array(refusedRow),
  sample: z.array(
    z.strictObject({ line: z.int(), gtin: z.string(), name: z.string(), group: z.string(), priceMinor, vatClass }),
  ),
});
export type ImportPreview = z.infer<typeof importPreview>;

export const importProgress = z.strictObject({
  importId: id,
  state: z.enum(['running', 'done', 'cancelled', 'failed']),
  done: z.int(),
  total: z.int(),
  added: z.int(),
  updated: z.int(),
  refused: z.int(),
});
export type ImportProgress = z.infer<typeof importProgress>;

export const articleCalls = {
  /** While typing: words by their beginnings, GTIN and PLU by their first digits. At most `limit` articles; `inactive` ones too if asked for. */
  'article.search': call(
    z.strictObject({ text: z.string().max(100), limit: z.int().min(1).max(200), inactive: z.boolean().default(false) }),
    z.array(articleView),
  ),
  /** Says what an article costs without selling it: a price enquiry, journalled and counted (NO-13). Errors: unknown-code, bad-code. */
  'article.ask-price': call(z.strictObject({ code: z.string().trim().min(1).max(500) }), articleView),
  'article.quick-keys': call(nothing, z.array(quickKeyPage)),
  /** Replaces all pages. Right: articles-edit. */
  'article.save-quick-keys': call(
    z.strictObject({
      pages: z
        .array(z.strictObject({ name: z.string().trim().min(1).max(30), articleIds: z.array(id).max(30) }))
        .max(12),
    }),
    z.array(quickKeyPage),
  ),
  /** How numbers made in the store are read here. */
  'article.measure-patterns': call(nothing, measurePatterns),
  /** None: the custom of the country again. Right: articles-edit. Errors: pattern-refused {row, problem}. */
  'article.save-measure-patterns': call(z.strictObject({ patterns: z.array(measurePattern).max(30) }), measurePatterns),
  /** What a label says by patterns that are not saved yet. Right: articles-edit. Errors: pattern-refused {row, problem}, bad-code {code, problem}. */
  'article.try-label': call(z.strictObject({ code: z.string().trim().min(1).max(100), patterns: z.array(measurePattern).max(30) }), labelReading),
  'article.count': call(nothing, z.strictObject({ count: z.int() })),
  'article.groups': call(nothing, z.array(z.string())),
  /** New without `id`; a changed price is a new dated price. Right: articles-edit. Errors: bad-check-digit, gtin-in-use {name}. */
  'article.save': call(
    z.strictObject({
      id: id.optional(),
      gtin: z.string().trim().max(14),
      plu: z.string().trim().max(10),
      name: z.string().trim().min(1).max(200),
      group: z.string().trim().max(60),
      priceMinor,
      vatClass,
      unit,
      pricing,
      ageLimit: z.int().min(1).max(99).nullable(),
      labels: z.array(z.string().trim().min(1).max(40)).max(20),
      active: z.boolean(),
    }),
    articleView,
  ),
  /** Reads the file and says what it would do; nothing is changed. Right: articles-edit. */
  'import.preview': call(
    z.strictObject({ fileName: z.string().max(255), base64: z.string().max(120_000_000) }),
    importPreview,
  ),
  /** Carries out a preview; `import.progress` follows. */
  'import.start': call(z.strictObject({ importId: id }), nothing),
  'import.cancel': call(z.strictObject({ importId: id }), nothing),
};

export const articleEvents = {
  'import.progress': event(importProgress),
  'articles.changed': event(nothing),
};

