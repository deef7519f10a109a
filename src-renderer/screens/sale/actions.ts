import i18next from 'i18next';
import type { Language } from '../../../src-main/contract/basics.ts';
import type { Failure, Result } from '../../../src-main/contract/errors.ts';
import { call } from '../../transport/index.ts';
import { notify } from '../../features/notices/store.ts';
import { isReceiptCode, openReturns } from '../../features/returns/store.ts';
import { play } from '../../features/sounds/index.ts';
import { useTill } from '../../features/till/store.ts';
import { failureText, type Say } from '../../features/words/index.ts';
import { chooseLine, openDialog, setQuantity, setSearch, useSaleUi, type Answer, type SaleDialog } from './state.ts';

const say: Say = (key, values) => i18next.t(key, values ?? {});

/** Shows a failure at the foot of the screen, with the sound that calls for attention. */
export function complain(failure: Failure): void {
  const { hello } = useTill.getState();
  play('refused');
  notify(failureText(say, i18next.language as Language, failure, hello?.shop.currency ?? 'EUR'), { tone: 'bad' });
}

/** A change whose only news is the receipt itself; a failure is said aloud. Answers whether it was done. */
export async function done(result: Promise<Result<unknown>>): Promise<boolean> {
  const settled = await result;
  if (!settled.ok) complain(settled.error);
  return settled.ok;
}

function takeQuantity(): number | undefined {
  const { quantityMilli } = useSaleUi.getState();
  setQuantity(null);
  return quantityMilli ?? undefined;
}

const optional = <T>(name: string, value: T | undefined): Record<string, T> => (value === undefined ? {} : { [name]: value });

/** What a refused article asks for before it can be sold; null is a plain refusal. */
function dialogFor(failure: Failure, again: (answer: Answer) => void): SaleDialog | null {
  switch (failure.code) {
    case 'needs-age':
    case 'needs-price':
    case 'needs-weight':
      return { kind: 'question', question: { failure, again } };
    case 'unknown-code':
      return { kind: 'unknown-code', code: String(failure.detail['code'] ?? '') };
    default:
      return null;
  }
}

function settle(result: Result<unknown>, again: (answer: Answer) => void): void {
  if (result.ok) {
    play('scan');
    chooseLine(null);
    return;
  }
  const dialog = dialogFor(result.error, again);
  if (!dialog) {
    complain(result.error);
    return;
  }
  play(result.error.code === 'unknown-code' ? 'refused' : 'needs-you');
  openDialog(dialog);
}

/** Sells what was scanned or typed; asks what has to be asked. */
export async function addCode(code: string, source: 'scan' | 'typed', answer: Answer = {}): Promise<void> {
  // A receipt is no article: who shows one brings something back.
  if (isReceiptCode(code)) {
    setSearch('');
    openReturns({ text: code.trim() });
    return;
  }
  const quantityMilli = answer.quantityMilli ?? takeQuantity();
  setSearch('');
  const result = await call('sale.add-code', {
    code,
    source,
    ...optional('quantityMilli', quantityMilli),
    ...optional('ageConfirmed', answer.ageConfirmed),
  });
  settle(result, (next) => {
    const all = { ...answer, ...optional('quantityMilli', quantityMilli), ...next };
    // An open price can only be given to the article itself.
    if (all.articleId !== undefined && all.unitPriceMinor !== undefined) void addArticle(all.articleId, all);
    else void addCode(code, source, all);
  });
}

/** Sells an article chosen on the screen. */
export async function addArticle(articleId: string, answer: Answer = {}): Promise<void> {
  const quantityMilli = answer.quantityMilli ?? takeQuantity();
  setSearch('');
  const result = await call('sale.add-article', {
    articleId,
    ...optional('quantityMilli', quantityMilli),
    ...optional('unitPriceMinor', answer.unitPriceMinor),
    ...optional('ageConfirmed', answer.ageConfirmed),
  });
  settle(result, (next) => void addArticle(articleId, { ...answer, ...optional('quantityMilli', quantityMilli), ...next }));
}

/** Takes a line off, with a way back. */
export async function removeLine(lineId: string, name: string): Promise<void> {
  const removed = await call('sale.remove-line', { lineId });
  if (!removed.ok) return complain(removed.error);
  chooseLine(null);
  return notify(say('sale.removed', { name }), {
    action: { label: say('common.undo'), run: () => void done(call('sale.restore-line', { lineId })) },
  });
}
