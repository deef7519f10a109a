import { useEffect, useState } from 'react';
import { CheckCheck, CircleAlert, Minus, Plus } from 'lucide-react';
import type { ReturnableView, ReturnView } from '../../../src-main/contract/returns.ts';
import { ReasonField } from '../../features/ask/reason-field.tsx';
import { dayTime, money, quantity, unitSign } from '../../features/format/index.ts';
import { useShortcuts } from '../../features/shortcuts/index.ts';
import { useShop } from '../../features/till/store.ts';
import { failureText, useWords } from '../../features/words/index.ts';
import { call } from '../../transport/index.ts';
import { Button } from '../../ui/button.tsx';
import { Panel } from '../../ui/pieces.tsx';
import { useReturnDraft } from './draft.ts';
import { receiptName } from './receipt-name.ts';
import { Plan } from './plan.tsx';

type Quantities = Readonly<Record<string, number>>;

/** A receipt's lines and how many of each come back. Every tap is on the disk before the total is shown. */
export function Compose({ of, begun, onConfirmed, onDropped }: {
  readonly of: ReturnableView;
  /** A return of it that was begun before. */
  readonly begun: ReturnView | null;
  readonly onConfirmed: (view: ReturnView) => void;
  readonly onDropped: () => void;
}) {
  const { t, language } = useWords();
  const { shop } = useShop();
  const { view, failure, setFailure, busy, save: keep, confirm: confirmSaved, drop } = useReturnDraft(begun, onConfirmed, onDropped);
  const [wanted, setWanted] = useState<Quantities>(() => Object.fromEntries((begun?.lines ?? []).map((line) => [line.ofLineId ?? '', line.quantityMilli])));
  const [reason, setReason] = useState(begun?.reason ?? '');
  const receiptId = of.receipt.receiptId;
  const storeId = of.store?.storeId;

  const save = (quantities: Quantities): Promise<ReturnView | null> => {
    const lines = Object.entries(quantities).filter(([, quantityMilli]) => quantityMilli > 0).map(([lineId, quantityMilli]) => ({ lineId, quantityMilli }));
    return keep(lines.length === 0, (returnId) => call('return.compose', { returnId, receiptId, ...(storeId === undefined ? {} : { storeId }), lines, reason }));
  };
  const set = (lineId: string, quantityMilli: number): void => {
    const next = { ...wanted, [lineId]: quantityMilli };
    setWanted(next);
    void save(next);
  };
  const all = (): void => {
    const next = Object.fromEntries(of.lines.map((line) => [line.lineId, line.leftMilli]));
    setWanted(next);
    void save(next);
  };
  const ready = !busy && reason.trim() !== '' && Object.values(wanted).some((quantityMilli) => quantityMilli > 0);
  const confirm = async (): Promise<void> => {
    if (ready) await confirmSaved(save(wanted));
  };
  useShortcuts({ F9: () => void confirm(), F4: busy ? undefined : all }, 'screen');
  useEffect(() => setFailure(null), [wanted, setFailure]);
  const left = of.lines.some((line) => line.leftMilli > 0);

  return (
    <section className="returns-detail" data-testid="return-compose">
      <header className="returns-head">
        <h2>{receiptName(t, of.receipt.number, of.store)}</h2>
        <p className="line-under">{`${dayTime(language, of.receipt.at, shop.timeZone)}${of.receipt.staffName === '' ? '' : ` · ${of.receipt.staffName}`} · ${money(language, of.receipt.totalMinor, of.receipt.currency)}`}</p>
      </header>
      <ul className="returns-lines">
        {of.lines.map((line, index) => {
          const now = wanted[line.lineId] ?? 0;
          // What is weighed or measured comes back whole.
          const step = line.unit === 'piece' ? 1000 : line.leftMilli;
          const sign = unitSign(line.unit);
          const shown = (milli: number): string => `${quantity(language, milli)}${sign === '' ? '' : ` ${sign}`}`;
          return (
            <li key={line.lineId} className={`returns-line${now > 0 ? ' chosen' : ''}`} data-testid={`return-line-${index + 1}`} data-left={line.leftMilli}>
              <span className="returns-line-main">
                <span>{line.name}</span>
                <span className="line-under">{line.leftMilli === 0 ? t('returns.allBack') : `${t('returns.left', { left: shown(line.leftMilli), sold: shown(line.quantityMilli) })} · ${money(language, line.payableMinor, shop.currency)}`}</span>
              </span>
              <span className="returns-quantity">
                <Button size="small" label={`${t('returns.less')}: ${line.name}`} disabled={now === 0 || busy} onPress={() => set(line.lineId, Math.max(0, now - step))} testId={`return-less-${index + 1}`}><Minus size={20} aria-hidden /></Button>
                <output className="amount" data-testid={`return-quantity-${index + 1}`}>{shown(now)}</output>
                <Button size="small" label={`${t('returns.more')}: ${line.name}`} disabled={now + step > line.leftMilli || line.leftMilli === 0 || busy} onPress={() => set(line.lineId, now + step)} testId={`return-more-${index + 1}`}><Plus size={20} aria-hidden /></Button>
              </span>
            </li>
          );
        })}
      </ul>
      <div className="returns-foot">
        <ReasonField value={reason} onChange={setReason} suggestions={['broughtBack', 'damaged', 'changedMind', 'otherKind']} />
        <Plan view={view} />
      </div>
      {failure ? <Panel tone="bad" icon={<CircleAlert size={28} aria-hidden />} title={failureText(t, language, failure, shop.currency)} testId="return-failure" /> : null}
      <div className="returns-acts">
        <Button disabled={busy} kind="danger" onPress={() => void drop()} testId="return-drop">{t('returns.drop')}</Button>
        <Button hotkey="F4" disabled={!left || busy} onPress={all} testId="return-all"><CheckCheck size={20} aria-hidden />{t('returns.all')}</Button>
        <Button kind="primary" size="large" hotkey="F9" disabled={!ready} onPress={() => void confirm()} testId="return-continue">{t('returns.continue')}</Button>
      </div>
    </section>
  );
}
