import { useState } from 'react';
import type { ArticleView } from '../../../src-main/contract/articles.ts';
import { AskDialog } from '../../features/ask/ask-dialog.tsx';
import { money, unitSign } from '../../features/format/index.ts';
import { useShop } from '../../features/till/store.ts';
import { failureText, useWords } from '../../features/words/index.ts';
import { call } from '../../transport/index.ts';
import { TextField } from '../../ui/fields.tsx';
import { closeDialog } from './state.ts';

/** What an article costs, without selling it. The law counts such questions, so each is written down. */
export function AskPriceDialog() {
  const { t, language } = useWords();
  const { shop } = useShop();
  const [code, setCode] = useState('');
  const [article, setArticle] = useState<ArticleView | null>(null);
  const [error, setError] = useState<string | null>(null);
  const ask = async (asked: string): Promise<boolean> => {
    const found = await call('article.ask-price', { code: asked });
    setArticle(found.ok ? found.value : null);
    setError(found.ok ? null : failureText(t, language, found.error, shop.currency));
    setCode(found.ok ? '' : asked);
    // The dialog stays: the next question often follows.
    return false;
  };
  const unit = article ? unitSign(article.unit) : '';
  return (
    <AskDialog title={t('sale.askPrice')} ok={t('sale.askPriceOk')} ready={code.trim() !== ''} onClose={closeDialog} onOk={() => ask(code)} onScan={(scanned, aim) => void ask(aim + scanned)} testId="ask-price">
      {article ? (
        <div aria-live="polite" data-testid="asked-price">
          <p>{article.name}</p>
          <p className="dialog-big">{`${money(language, article.priceMinor, shop.currency)}${unit === '' ? '' : `/${unit}`}`}</p>
        </div>
      ) : null}
      <TextField label={t('article.number')} hint={t('sale.askPriceText')} value={code} onChange={setCode} error={error} maxLength={60} autoFocus testId="ask-price-code" />
    </AskDialog>
  );
}
