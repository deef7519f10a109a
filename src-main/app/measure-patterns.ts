import { z } from 'zod';
import { measurePattern, type MeasurePattern, type measurePatterns } from '../contract/articles.ts';
import { fail, ok, type Result } from '../contract/errors.ts';
import { readCode, type ReadCode } from '../core/articles/codes.ts';
import { patternProblem, usualPatterns } from '../core/articles/measure-codes.ts';
import { journalEntry, today, type ShopContext } from './context.ts';
import type { Handlers } from './handlers.ts';
import type { Session } from './session.ts';

type Names = 'article.measure-patterns' | 'article.save-measure-patterns' | 'article.try-label';
type Reading = Pick<ShopContext, 'stores' | 'shop'>;

const setting = 'measure-patterns';
const stored = z.array(measurePattern);

/** The shop's own, or the custom of its country where it has none. */
function patternsOf({ stores, shop }: Reading): z.infer<typeof measurePatterns> {
  const text = stores.shop.setting(setting);
  // Every scan comes by here: a shop that has written none has nothing to read.
  const own = text === null ? [] : stored.parse(JSON.parse(text));
  return own.length > 0 ? { own: true, patterns: own } : { own: false, patterns: [...usualPatterns[shop().country]] };
}

/** Reads a code as this shop does. */
export const readHere = (context: Reading, text: string): ReadCode => readCode(text, context.shop().country, patternsOf(context).patterns);

function refused(patterns: readonly MeasurePattern[]): Result<never> | null {
  for (const [index, pattern] of patterns.entries()) {
    const problem = patternProblem(pattern, patterns.slice(0, index));
    if (problem) return fail('pattern-refused', { row: index + 1, problem });
  }
  return null;
}

/** The admin's patterns of numbers made in the store. */
export function createMeasurePatterns(context: ShopContext, session: Session): Handlers<Names> {
  const { stores } = context;
  return {
    'article.measure-patterns': () => ok(patternsOf(context)),
    'article.save-measure-patterns': ({ patterns }) => {
      const allowed = session.authorise('articles-edit', undefined);
      if (!allowed.ok) return allowed;
      const problem = refused(patterns);
      if (problem) return problem;
      stores.transaction(() => {
        stores.shop.setSetting(setting, JSON.stringify(patterns));
        stores.journal.append([journalEntry(context, session.staffId(), 'settings-changed', { page: 'measure-patterns', patterns: patterns.map(({ signs, decimals }) => `${signs} ${decimals}`) })]);
      });
      return ok(patternsOf(context));
    },
    'article.try-label': ({ code, patterns }) => {
      const allowed = session.authorise('articles-edit', undefined);
      if (!allowed.ok) return allowed;
      const problem = refused(patterns);
      if (problem) return problem;
      const { country } = context.shop();
      const read = readCode(code, country, patterns.length === 0 ? usualPatterns[country] : patterns);
      if (read.kind === 'unknown') return fail('bad-code', { code: code.slice(0, 60), problem: read.problem });
      if (read.kind !== 'in-store') return ok({ measured: false, item: '', name: null, priceMinor: null, weightMilli: null });
      const { item, priceMinor, weightMilli } = read;
      const name = stores.articles.byPlu(item, today(context))?.name ?? null;
      return ok({ measured: true, item, name, priceMinor: priceMinor ?? null, weightMilli: weightMilli ?? null });
    },
  };
}
