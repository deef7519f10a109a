import { useState } from 'react';
import type { CountedCash } from '../../../src-main/contract/shifts.ts';
import { amount, money } from '../format/index.ts';
import { AmountField, useAmountField, type AmountFieldState } from '../amounts/amount-field.tsx';
import { useShop } from '../till/store.ts';
import { useWords } from '../words/index.ts';
import { Button } from '../../ui/button.tsx';
import './cash-count.css';

/** What stands in the fields of a count, and what it comes to. */
export type CashCountState = {
  readonly by: CountedCash['by'];
  readonly setBy: (by: CountedCash['by']) => void;
  readonly typed: Readonly<Record<number, string>>;
  readonly type: (pieceMinor: number, text: string) => void;
  readonly sum: AmountFieldState;
  /** Null while something can't be read, or nothing was typed yet. */
  readonly counted: CountedCash | null;
  /** Nothing was typed at all. */
  readonly untouched: boolean;
  readonly totalMinor: number;
};

const readPieces = (text: string): number | null => (/^\d{0,5}$/.test(text.trim()) ? Number(text) : null);

/** The state of a count; `sumMinor` fills in the sum, for a drawer that is known. */
export function useCashCount(sumMinor: number | null): CashCountState {
  const [by, setBy] = useState<CountedCash['by']>(sumMinor === null ? 'pieces' : 'sum');
  const [typed, setTyped] = useState<Readonly<Record<number, string>>>({});
  const sum = useAmountField(sumMinor);
  const rows = Object.entries(typed).map(([piece, text]) => ({ pieceMinor: Number(piece), count: readPieces(text) }));
  const readable = rows.every((row) => row.count !== null);
  const pieces = rows.map(({ pieceMinor, count }) => ({ pieceMinor, count: count ?? 0 }));
  const piecesMinor = pieces.reduce((all, row) => all + row.pieceMinor * row.count, 0);
  const summed = 'minor' in sum.amount && sum.amount.minor >= 0 ? sum.amount.minor : null;
  const anything = rows.some(({ pieceMinor }) => (typed[pieceMinor] ?? '') !== '');
  const counted: CountedCash | null = by === 'sum' ? (summed === null ? null : { by, amountMinor: summed }) : readable && anything ? { by, pieces } : null;
  return {
    untouched: by === 'sum' ? 'problem' in sum.amount && sum.amount.problem === 'empty' : !anything,
    by,
    setBy,
    typed,
    type: (pieceMinor, text) => setTyped((now) => ({ ...now, [pieceMinor]: text })),
    sum,
    counted,
    totalMinor: by === 'sum' ? (summed ?? 0) : piecesMinor,
  };
}

/** One kind of coin or note: how many, and what they come to. */
function Piece({ pieceMinor, state }: { readonly pieceMinor: number; readonly state: CashCountState }) {
  const { language } = useWords();
  const { shop } = useShop();
  const text = state.typed[pieceMinor] ?? '';
  const count = readPieces(text);
  const name = money(language, pieceMinor, shop.currency);
  return (
    <label className="piece">
      <span className="piece-name amount">{name}</span>
      <input
        className="input"
        inputMode="numeric"
        autoComplete="off"
        maxLength={5}
        value={text}
        aria-invalid={count === null ? true : undefined}
        data-testid={`piece-${pieceMinor}`}
        onChange={(event) => state.type(pieceMinor, event.target.value)}
      />
      <span className="piece-sum amount">{count === null || count === 0 ? '' : amount(language, pieceMinor * count)}</span>
    </label>
  );
}

/** Counts a drawer by coin and note, or takes the sum alone. What should be there is never shown here. */
export function CashCount({ state }: { readonly state: CashCountState }) {
  const { t, language } = useWords();
  const { shop, cashPieces } = useShop();
  const bySum = state.by === 'sum';
  return (
    <div className="cash-count">
      <div className="cash-count-head">
        <span>
          <span className="quiet-text">{t('cashCount.total')}</span>
          <output className="cash-count-total amount" data-testid="count-total">
            {money(language, state.totalMinor, shop.currency)}
          </output>
        </span>
        <Button size="small" onPress={() => state.setBy(bySum ? 'pieces' : 'sum')} testId="count-by">
          {t(bySum ? 'cashCount.byPieces' : 'cashCount.bySum')}
        </Button>
      </div>
      {bySum ? (
        <AmountField label={t('cashCount.sum')} field={state.sum} quiet testId="count-sum" />
      ) : (
        <div className="pieces">
          {cashPieces.map((pieceMinor) => (
            <Piece key={pieceMinor} pieceMinor={pieceMinor} state={state} />
          ))}
        </div>
      )}
    </div>
  );
}
