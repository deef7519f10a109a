import { memo, useEffect, useRef } from 'react';
import { ReceiptText } from 'lucide-react';
import type { LineView } from '../../../src-main/contract/sale.ts';
import { amount, percent, quantity, unitSign } from '../../features/format/index.ts';
import { useTill } from '../../features/till/store.ts';
import { useWords } from '../../features/words/index.ts';
import { Empty } from '../../ui/pieces.tsx';
import { chooseLine, useSaleUi } from './state.ts';

type LineProps = { readonly line: LineView; readonly chosen: boolean; readonly newest: boolean };

/** The small line under a name: price, what it was, note, labels. */
function Under({ line }: { readonly line: LineView }) {
  const { t, language } = useWords();
  const parts: string[] = [];
  const unit = unitSign(line.unit);
  if (unit !== '') parts.push(`${unit} · ${amount(language, line.unitPriceMinor)}/${unit}`);
  else if (line.quantityMilli !== 1000) parts.push(t('sale.each', { price: amount(language, line.unitPriceMinor) }));
  if (line.note !== '') parts.push(line.note);
  if (line.labels.length > 0) parts.push(line.labels.join(' · '));
  if (parts.length === 0) parts.push(line.code);
  const changed: string[] = [];
  if (line.overrideReason !== '') changed.push(t('sale.was', { price: amount(language, line.listPriceMinor) }));
  if (line.discountMinor !== 0) {
    const share = line.discount?.kind === 'percent' ? ` (${percent(language, line.discount.basisPoints)})` : '';
    changed.push(`${amount(language, -line.discountMinor)}${share}`);
  }
  return (
    <span className="line-under">
      {parts.join(' · ')}
      {changed.length > 0 ? <span className="line-changed">{` · ${changed.join(' · ')}`}</span> : null}
    </span>
  );
}

/** Drawn again only when the line itself changed: a scan at a hundred lines paints one of them. */
const Line = memo(
  function Line({ line, chosen, newest }: LineProps) {
    const { language } = useWords();
    return (
      <li data-testid={`line-${line.position}`} className={newest ? 'newest' : ''}>
        <button type="button" className="line" aria-pressed={chosen} onClick={() => chooseLine(chosen ? null : line.id)}>
          <span className="line-quantity amount">{quantity(language, line.quantityMilli)}</span>
          <span className="line-name">
            <span>{line.name}</span>
            <Under line={line} />
          </span>
          <span className="line-amount amount">{amount(language, line.amountMinor)}</span>
        </button>
      </li>
    );
  },
  (before, after) =>
    before.line.id === after.line.id &&
    before.line.revision === after.line.revision &&
    before.line.position === after.line.position &&
    before.chosen === after.chosen &&
    before.newest === after.newest,
);

const none: readonly LineView[] = [];

/** The receipt so far, the newest line lit and in sight. */
export function Lines() {
  const { t, language } = useWords();
  const lines = useTill((state) => state.sale?.lines ?? none);
  const newestId = useTill((state) => state.sale?.newestLineId ?? null);
  const chosenId = useSaleUi((state) => state.chosenLineId);
  const list = useRef<HTMLOListElement>(null);
  const shown = chosenId ?? newestId;

  useEffect(() => {
    list.current?.querySelector(chosenId === null ? '.newest' : '[aria-pressed="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [shown, chosenId, lines.length]);

  if (lines.length === 0) {
    return (
      <Empty icon={<ReceiptText size={44} strokeWidth={1.5} />} title={t('sale.emptyTitle')}>
        <p>{t('sale.emptyHint')}</p>
      </Empty>
    );
  }
  return (
    <ol className="lines" ref={list} aria-label={t('sale.lines')} key={language}>
      {lines.map((line) => (
        <Line key={line.id} line={line} chosen={line.id === chosenId} newest={line.id === newestId} />
      ))}
    </ol>
  );
}
