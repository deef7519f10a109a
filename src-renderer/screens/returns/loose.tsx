import { useRef, useState } from 'react';
import { CircleAlert, Minus, Plus } from 'lucide-react';
import type { CallOutput } from '../../../src-main/contract/index.ts';
import type { ReturnView } from '../../../src-main/contract/returns.ts';
import { AmountField, useAmountField } from '../../features/amounts/amount-field.tsx';
import { callApproved } from '../../features/approval/store.ts';
import { ReasonField } from '../../features/ask/reason-field.tsx';
import { money, quantity } from '../../features/format/index.ts';
import { useScanTarget } from '../../features/scanner/targets.ts';
import { useShortcuts } from '../../features/shortcuts/index.ts';
import { play } from '../../features/sounds/index.ts';
import { useShop } from '../../features/till/store.ts';
import { failureText, useWords } from '../../features/words/index.ts';
import { call } from '../../transport/index.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/fields.tsx';
import { Panel } from '../../ui/pieces.tsx';
import { useReturnDraft } from './draft.ts';
import { Plan } from './plan.tsx';

type Article = CallOutput<'return.article'>;
type Line = { readonly article: Article; readonly quantityMilli: number; readonly unitPriceMinor: number };

function Price({ line, onPrice }: { readonly line: Line; readonly onPrice: (minor: number) => void }) {
  const { t } = useWords();
  const field = useAmountField(line.unitPriceMinor);
  return (
    <span className="returns-price" onBlur={() => 'minor' in field.amount && onPrice(field.amount.minor)}>
      <AmountField label={t('returns.price')} hint={t('returns.priceHint')} field={field} quiet testId="return-price" />
    </span>
  );
}

/** Articles that come back without their receipt: scanned, at today's price or lower. A manager's act. */
export function Loose({ begun, onConfirmed, onDropped }: { readonly begun: ReturnView | null; readonly onConfirmed: (view: ReturnView) => void; readonly onDropped: () => void }) {
  const { t, language } = useWords();
  const { shop } = useShop();
  const [lines, setLines] = useState<readonly Line[]>(() =>
    (begun?.lines ?? []).map((line) => ({ article: { articleId: line.articleId ?? '', name: line.name, unit: line.unit, priceMinor: line.unitPriceMinor }, quantityMilli: line.quantityMilli, unitPriceMinor: line.unitPriceMinor })));
  const { view, failure, setFailure, busy, save: keep, confirm: confirmSaved, drop } = useReturnDraft(begun, onConfirmed, onDropped);
  // A second scan may come while the first one is looked up.
  const newest = useRef(lines);
  const [code, setCode] = useState('');
  const [reason, setReason] = useState(begun?.reason ?? '');

  const save = (next: readonly Line[]): Promise<ReturnView | null> => {
    newest.current = next;
    setLines(next);
    const asked = next.map(({ article, quantityMilli, unitPriceMinor }) => ({ articleId: article.articleId, quantityMilli, unitPriceMinor }));
    return keep(next.length === 0, (returnId) => callApproved('return.compose-loose', { returnId, lines: asked, reason }));
  };
  const add = async (scanned: string): Promise<void> => {
    setCode('');
    const found = await call('return.article', { code: scanned });
    if (!found.ok) {
      play('refused');
      setFailure(found.error);
      return;
    }
    play('scan');
    const rung = newest.current;
    const before = rung.find((line) => line.article.articleId === found.value.articleId);
    const next = before
      ? rung.map((line) => (line === before ? { ...line, quantityMilli: line.quantityMilli + 1000 } : line))
      : [...rung, { article: found.value, quantityMilli: 1000, unitPriceMinor: found.value.priceMinor }];
    await save(next);
  };
  const change = (line: Line, fields: Partial<Line>): void => {
    const changed = { ...line, ...fields };
    void save(lines.flatMap((one) => (one !== line ? [one] : changed.quantityMilli > 0 ? [changed] : [])));
  };
  const ready = !busy && reason.trim() !== '' && lines.length > 0;
  const confirm = async (): Promise<void> => {
    if (ready) await confirmSaved(save(lines));
  };
  useScanTarget((scanned, aim) => void add(aim + scanned));
  useShortcuts({ F9: () => void confirm() }, 'screen');

  return (
    <section className="returns-detail" data-testid="return-loose-compose">
      <header className="returns-head">
        <h2>{t('returns.withoutReceipt')}</h2>
      </header>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (code.trim() !== '') void add(code.trim());
        }}
      >
        <TextField label={t('returns.scanArticle')} hint={t('returns.scanArticleHint')} value={code} onChange={setCode} maxLength={60} autoFocus testId="return-code" />
      </form>
      <ul className="returns-lines">
        {lines.map((line, index) => (
          <li key={line.article.articleId} className="returns-line chosen" data-testid={`return-line-${index + 1}`}>
            <span className="returns-line-main">
              <span>{line.article.name}</span>
              <span className="line-under">{money(language, line.article.priceMinor, shop.currency)}</span>
            </span>
            <Price line={line} onPrice={(unitPriceMinor) => unitPriceMinor !== line.unitPriceMinor && change(line, { unitPriceMinor })} />
            <span className="returns-quantity">
              <Button size="small" label={`${t('returns.less')}: ${line.article.name}`} onPress={() => change(line, { quantityMilli: line.quantityMilli - 1000 })}><Minus size={20} aria-hidden /></Button>
              <output className="amount">{quantity(language, line.quantityMilli)}</output>
              <Button size="small" label={`${t('returns.more')}: ${line.article.name}`} onPress={() => change(line, { quantityMilli: line.quantityMilli + 1000 })}><Plus size={20} aria-hidden /></Button>
            </span>
          </li>
        ))}
      </ul>
      <div className="returns-foot">
        <ReasonField value={reason} onChange={setReason} suggestions={['broughtBack', 'damaged', 'goodwill']} />
        <Plan view={view} />
      </div>
      {failure ? <Panel tone="bad" icon={<CircleAlert size={28} aria-hidden />} title={failureText(t, language, failure, shop.currency)} testId="return-failure" /> : null}
      <div className="returns-acts">
        <Button disabled={busy} kind="danger" onPress={() => void drop()} testId="return-drop">{t('returns.drop')}</Button>
        <span className="grow" />
        <Button kind="primary" size="large" hotkey="F9" disabled={!ready} onPress={() => void confirm()} testId="return-continue">{t('returns.continue')}</Button>
      </div>
    </section>
  );
}
