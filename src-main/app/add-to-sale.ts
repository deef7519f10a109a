import type { ParsedInput } from '../contract/index.ts';
import { fail, ok, type Result } from '../contract/errors.ts';
import type { ShopView } from '../contract/shop.ts';
import type { ArticleRecord } from '../core/ports/stores.ts';
import type { ReadCode } from '../core/articles/codes.ts';
import { readAim } from '../core/scanner/aim.ts';
import { minor, type Minor } from '../core/money.ts';
import type { NewLine } from '../core/sales/changes.ts';
import type { Serving, VatClass } from '../contract/basics.ts';
import { vatRateServed } from '../core/countries/index.ts';
import { today, type ShopContext } from './context.ts';
import { readHere } from './measure-patterns.ts';

/** An article with what the code, the cashier or the scale said about it. */
type Found = {
  readonly article: ArticleRecord;
  readonly code: string;
  readonly quantityMilli?: number | undefined;
  /** Amount printed into the code itself. */
  readonly fixedAmountMinor?: Minor | undefined;
  readonly unitPriceMinor?: number | undefined;
};

/** A line to add, and the age that selling it asks for. */
export type Addition = { readonly line: NewLine; readonly ageLimit: number | null; readonly article: ArticleRecord | null };

const onePiece = 1000;

/** The rate of a class today, as it is served; stored with the line and never looked up again. */
export const vatRateToday = (context: ShopContext, vatClass: VatClass, serving: Serving): number =>
  vatRateServed(context.shop().country, context.stores.shop.vatRates(context.shop().country), vatClass, today(context), serving);

function byCode(context: ShopContext, code: ReadCode): Found | null {
  const { articles } = context.stores;
  const day = today(context);
  switch (code.kind) {
    case 'gtin': {
      const article = articles.byGtin(code.gtin, day);
      return article ? { article, code: code.gtin } : null;
    }
    case 'gtin-measure': {
      const article = articles.byGtin(code.gtin, day);
      if (!article) return null;
      const fixed = code.priceMinor === undefined ? undefined : minor(code.priceMinor);
      const pieces = article.unit === 'piece' && code.count !== undefined ? code.count * onePiece : undefined;
      return { article, code: code.gtin, quantityMilli: pieces ?? code.weightMilli, fixedAmountMinor: fixed };
    }
    case 'in-store': {
      // A full in-store number may be an article of its own; else its item digits are the PLU.
      const article = articles.byGtin(code.gtin, day) ?? articles.byPlu(code.item, day);
      if (!article) return null;
      if (article.gtin !== '' && article.gtin === code.gtin) return { article, code: code.gtin };
      const fixed = code.priceMinor === undefined ? undefined : minor(code.priceMinor);
      return { article, code: code.item, quantityMilli: code.weightMilli, fixedAmountMinor: fixed };
    }
    case 'plu': {
      const article = articles.byPlu(code.plu, day);
      return article ? { article, code: code.plu } : null;
    }
    case 'receipt':
    case 'unknown':
      return null;
    default:
      return unknownKind(code);
  }
}

function unknownKind(code: never): never {
  throw new Error(`codes: unknown kind ${JSON.stringify(code)}`);
}

function lineOf(context: ShopContext, found: Found, quantityMilli: number, serving: Serving): NewLine {
  const { article } = found;
  const price = minor(found.unitPriceMinor ?? article.priceMinor);
  return {
    id: context.ids.next(),
    articleId: article.id,
    name: article.name,
    code: found.code,
    unit: article.unit,
    quantityMilli,
    unitPriceMinor: price,
    listPriceMinor: article.pricing === 'open' ? price : minor(article.priceMinor),
    overrideReason: '',
    discount: null,
    discountReason: '',
    vatClass: article.vatClass,
    vatRateBasisPoints: vatRateToday(context, article.vatClass, serving),
    labels: article.labels,
    note: '',
    fixedAmountMinor: found.fixedAmountMinor ?? null,
    ageLimit: article.ageLimit,
  };
}

/** What is missing before the article can be sold: nothing, or a question that the screen asks. */
function addition(context: ShopContext, found: Found, typedMilli: number | undefined, serving: Serving): Result<Addition> {
  const { article } = found;
  const asked = { articleId: article.id, name: article.name };
  if (!article.active) return fail('article-not-for-sale', asked);
  if (article.pricing === 'open' && found.unitPriceMinor === undefined && found.fixedAmountMinor === undefined) {
    return fail('needs-price', asked);
  }
  const quantityMilli = found.quantityMilli ?? typedMilli;
  if (article.pricing === 'weighed' && quantityMilli === undefined && found.fixedAmountMinor === undefined) {
    return fail('needs-weight', { ...asked, unit: article.unit, unitPriceMinor: article.priceMinor });
  }
  if (article.unit === 'piece' && (quantityMilli ?? onePiece) % onePiece !== 0) {
    return fail('quantity-out-of-range', { maximum: 9999 });
  }
  return ok({ line: lineOf(context, found, quantityMilli ?? onePiece, serving), ageLimit: article.ageLimit, article });
}

/** A code as people see it: without what a scanner says of its kind. */
const shown = (text: string): string => (readAim(text)?.data ?? text).slice(0, 60);

/** The article that a scanned or typed code names. Errors: unknown-code, bad-code. */
export function articleByCode(context: ShopContext, typed: string): Result<ArticleRecord> {
  const text = typed.trim();
  const code = readHere(context, text);
  if (code.kind === 'unknown') return fail('bad-code', { code: shown(text), problem: code.problem });
  const found = byCode(context, code);
  return found ? ok(found.article) : fail('unknown-code', { code: shown(text) });
}

/** How food is served here when nobody says. */
export const usualServing = ({ serves }: Pick<ShopView, 'serves'>): Serving => (serves === 'none' ? 'take-away' : serves);

/** The line that a scanned or typed code adds, served so. Errors: unknown-code, bad-code, and the questions of `addition`. */
export function additionByCode(context: ShopContext, input: ParsedInput<'sale.add-code'>, serving: Serving): Result<Addition> {
  const text = input.code.trim();
  const code = readHere(context, text);
  if (code.kind === 'unknown') return fail('bad-code', { code: shown(text), problem: code.problem });
  const found = byCode(context, code);
  if (!found) return fail('unknown-code', { code: shown(text) });
  return addition(context, found, input.quantityMilli, serving);
}

/** The line of an article chosen on the screen. */
export function additionByArticle(context: ShopContext, input: ParsedInput<'sale.add-article'>, serving: Serving): Result<Addition> {
  const article = context.stores.articles.byId(input.articleId, today(context));
  if (!article) return fail('article-unknown');
  const code = article.gtin === '' ? article.plu : article.gtin;
  return addition(context, { article, code, unitPriceMinor: input.unitPriceMinor }, input.quantityMilli, serving);
}

/** The line of something without an article. */
export const openPriceLine = (context: ShopContext, input: ParsedInput<'sale.add-open-price'>, serving: Serving): NewLine => ({
  id: context.ids.next(),
  articleId: null,
  name: input.name,
  code: input.code ?? '',
  unit: 'piece',
  quantityMilli: input.quantityMilli ?? onePiece,
  unitPriceMinor: minor(input.unitPriceMinor),
  listPriceMinor: minor(input.unitPriceMinor),
  overrideReason: '',
  discount: null,
  discountReason: '',
  vatClass: input.vatClass,
  vatRateBasisPoints: vatRateToday(context, input.vatClass, serving),
  labels: [],
  note: '',
  fixedAmountMinor: null,
  ageLimit: null,
});
