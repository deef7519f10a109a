import { useCallback, useEffect, useRef, useState, type RefObject } from 'react';
import { PackageOpen, ReceiptText, Store } from 'lucide-react';
import type { ReceiptRow } from '../../../src-main/contract/receipts.ts';
import type { ReturnView } from '../../../src-main/contract/returns.ts';
import { dayTime, money } from '../../features/format/index.ts';
import { useTenderName } from '../../features/tenders/index.ts';
import { useShop } from '../../features/till/store.ts';
import { useWords } from '../../features/words/index.ts';
import { call } from '../../transport/index.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/fields.tsx';
import { Empty, Pill } from '../../ui/pieces.tsx';
import { receiptName } from './receipt-name.ts';

const shownAtOnce = 40;

/** Sales that fit what was typed, newest first. */
function useFound(text: string, day: string): readonly ReceiptRow[] | null {
  const [rows, setRows] = useState<readonly ReceiptRow[] | null>(null);
  const asked = useRef(0);
  const find = useCallback(async (): Promise<void> => {
    asked.current += 1;
    const mine = asked.current;
    const found = await call('return.find', { text, day: /^\d{4}-\d{2}-\d{2}$/.test(day) ? day : null, limit: shownAtOnce });
    if (mine === asked.current && found.ok) setRows(found.value);
  }, [text, day]);
  useEffect(() => void find(), [find]);
  return rows;
}

function Unfinished({ views, chosenId, onChoose }: { readonly views: readonly ReturnView[]; readonly chosenId: string | null; readonly onChoose: (view: ReturnView) => void }) {
  const { t, language } = useWords();
  if (views.length === 0) return null;
  return (
    <section className="returns-unfinished" aria-label={t('returns.unfinished')}>
      <h2>{t('returns.unfinished')}</h2>
      {views.map((view, index) => {
        const doubt = view.steps.some((step) => step.state === 'doubt');
        const running = view.steps.some((step) => step.state === 'running');
        return (
          <button key={view.returnId} type="button" className="list-row returns-row" aria-pressed={view.returnId === chosenId} onClick={() => onChoose(view)} data-testid={`unfinished-${index + 1}`}>
            <span className="returns-row-main">
              <span>{view.of ? receiptName(t, view.of.number, view.of.store) : t('returns.withoutReceipt')}</span>
              <Pill tone={doubt ? 'amber' : 'waiting'}>{view.inExchange ? t('returns.exchangeWaits') : t(doubt ? 'returns.step.doubt' : running ? 'returns.step.running' : 'returns.waitsForYou')}</Pill>
            </span>
            <span className="amount">{money(language, view.owedMinor, view.currency)}</span>
          </button>
        );
      })}
    </section>
  );
}

/** The left of the room: what is unfinished, and any receipt by scan, number, day and amount, reference or article. */
export function Find({ text, onText, search, unfinished, chosenReceiptId, chosenReturnId, onReceipt, onReturn, onLoose, onElsewhere }: {
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly search: RefObject<HTMLInputElement | null>;
  readonly unfinished: readonly ReturnView[];
  readonly chosenReceiptId: string | null;
  readonly chosenReturnId: string | null;
  readonly onReceipt: (receiptId: string) => void;
  readonly onReturn: (view: ReturnView) => void;
  readonly onLoose: () => void;
  /** Null where the shop belongs to no chain. */
  readonly onElsewhere: (() => void) | null;
}) {
  const { t, language } = useWords();
  const { shop } = useShop();
  const tenderName = useTenderName();
  const [day, setDay] = useState('');
  const rows = useFound(text, day);
  return (
    <section className="returns-find">
      <TextField label={t('returns.find')} hint={t('returns.findHint')} value={text} onChange={onText} maxLength={100} inputRef={search} testId="return-search" />
      <div className="returns-fields">
        <TextField label={t('returns.day')} hint={t('returns.anyDay')} value={day} onChange={setDay} maxLength={10} numeric="numeric" testId="return-day" />
        <Button hotkey="F6" onPress={onLoose} testId="return-loose">
          <PackageOpen size={20} aria-hidden />
          {t('returns.loose')}
        </Button>
      </div>
      {onElsewhere ? (
        <Button hotkey="F7" onPress={onElsewhere} testId="return-elsewhere">
          <Store size={20} aria-hidden />
          {t('returns.elsewhere')}
        </Button>
      ) : null}
      <Unfinished views={unfinished} chosenId={chosenReturnId} onChoose={onReturn} />
      {rows?.length === 0 ? (
        <Empty icon={<ReceiptText size={40} strokeWidth={1.5} />} title={t('returns.notFound')} />
      ) : (
        <ul className="returns-rows" aria-label={t('screens.receipts')} aria-busy={rows === null}>
          {(rows ?? []).map((row) => (
            <li key={row.receiptId}>
              <button type="button" className="list-row returns-row" aria-pressed={row.receiptId === chosenReceiptId} onClick={() => onReceipt(row.receiptId)} data-testid={`found-${row.number}`}>
                <span className="returns-row-main">
                  <span className="amount">{row.number}</span>
                  <span className="line-under">{`${dayTime(language, row.at, shop.timeZone)} · ${row.tenders.map((kind) => tenderName(kind)).join(' + ')}`}</span>
                </span>
                <span className="amount">{money(language, row.totalMinor, row.currency)}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
