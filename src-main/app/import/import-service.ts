import type { ImportPreview, ImportProgress } from '../../contract/articles.ts';
import { fail, ok } from '../../contract/errors.ts';
import { gtin14 } from '../../core/articles/gtin.ts';
import { journalEntry, today, type ShopContext } from '../context.ts';
import type { CallsOf, Handlers } from '../handlers.ts';
import type { Session } from '../session.ts';
import { readArticleFile, type ArticleFile } from './read-file.ts';
import { runImport } from './run-import.ts';
import { vatClassesByRate } from './vat-classes.ts';

const sampleRows = 8;
/** Rows that a window is shown; the counts are of all. */
const refusedShown = 500;
const progressEveryMs = 120;

export type ImportService = { readonly handlers: Handlers<CallsOf<'import'>>; close(): void };

/** The admin's import: a preview that changes nothing, then the run with its progress. One at a time. */
export function createImportService(context: ShopContext, session: Session): ImportService {
  const { stores, bus, ids, clock } = context;
  let previewed: { readonly id: string; readonly file: ArticleFile } | null = null;
  let running: { readonly id: string; cancelled: boolean } | null = null;

  function willUpdate(file: ArticleFile): number {
    const day = today(context);
    return file.good.filter(({ write }) => write.gtin !== '' && stores.articles.byGtin(gtin14(write.gtin), day) !== null).length;
  }

  function previewOf(id: string, fileName: string, file: ArticleFile): ImportPreview {
    const updates = willUpdate(file);
    return {
      importId: id,
      fileName,
      encoding: file.encoding,
      separator: file.separator,
      decimal: file.decimal,
      columns: file.columns.map((column) => ({ ...column })),
      rows: file.rows,
      willAdd: file.good.length - updates,
      willUpdate: updates,
      refused: file.refused.slice(0, refusedShown),
      sample: file.good.slice(0, sampleRows).map(({ line, write }) => ({
        line,
        gtin: write.gtin,
        name: write.name,
        group: write.group,
        priceMinor: write.priceMinor,
        vatClass: write.vatClass,
      })),
    };
  }

  async function run(id: string, file: ArticleFile, staffId: string): Promise<void> {
    const job = { id, cancelled: false };
    running = job;
    let toldMs = 0;
    const tell = (state: ImportProgress['state'], counts: { done: number; added: number; updated: number }): void => {
      toldMs = clock.nowMs();
      bus.publish('import.progress', { importId: id, state, ...counts, total: file.good.length, refused: file.refused.length });
    };
    let last = { done: 0, added: 0, updated: 0 };
    tell('running', last);
    try {
      last = await runImport(
        stores,
        file.good.map((row) => row.write),
        {
          day: today(context),
          newId: () => ids.next(),
          cancelled: () => job.cancelled,
          progress(counts) {
            last = counts;
            if (clock.nowMs() - toldMs >= progressEveryMs) tell('running', counts);
          },
        },
      );
      const detail = { added: last.added, updated: last.updated, refused: file.refused.length, cancelled: job.cancelled };
      stores.journal.append([journalEntry(context, staffId, 'articles-imported', detail)]);
      tell(job.cancelled ? 'cancelled' : 'done', last);
    } catch (error) {
      context.log.error('an import failed', { error: String(error) });
      tell('failed', last);
    } finally {
      running = null;
      bus.publish('articles.changed', {});
    }
  }

  return {
    handlers: {
      'import.preview': async ({ fileName, base64 }) => {
        const allowed = session.authorise('articles-edit', undefined);
        if (!allowed.ok) return allowed;
        const day = today(context);
        const rates = vatClassesByRate(stores.shop.vatRates(context.shop().country), day);
        const file = await readArticleFile(Buffer.from(base64, 'base64'), rates);
        if (typeof file === 'string') return fail(file, { fileName });
        previewed = { id: ids.next(), file };
        return ok(previewOf(previewed.id, fileName, file));
      },
      'import.start': ({ importId }) => {
        const allowed = session.authorise('articles-edit', undefined);
        if (!allowed.ok) return allowed;
        if (running) return fail('import-running');
        if (previewed?.id !== importId) return fail('import-unknown');
        const { file } = previewed;
        previewed = null;
        void run(importId, file, session.staffId());
        return ok({});
      },
      'import.cancel': ({ importId }) => {
        if (running?.id !== importId) return fail('import-unknown');
        running.cancelled = true;
        return ok({});
      },
    },
    close() {
      if (running) running.cancelled = true;
      previewed = null;
    },
  };
}
