import { useCallback, useEffect, useState } from 'react';
import { ArrowLeftRight } from 'lucide-react';
import type { ReturnView } from '../../../src-main/contract/returns.ts';
import { call, subscribe } from '../../transport/index.ts';
import { Button } from '../../ui/button.tsx';
import { Panel } from '../../ui/pieces.tsx';
import { money } from '../format/index.ts';
import { notify } from '../notices/store.ts';
import { useShop, useTill } from '../till/store.ts';
import { failureText, useWords } from '../words/index.ts';
import { openReturns } from './store.ts';
import './waiting.css';

/** This register's returns that have not ended, read again whenever one changes. */
export function useUnfinishedReturns(): readonly ReturnView[] | null {
  const [found, setFound] = useState<readonly ReturnView[] | null>(null);
  const load = useCallback(async (): Promise<void> => {
    const answer = await call('return.unfinished', {});
    if (answer.ok) setFound(answer.value);
  }, []);
  useEffect(() => {
    void load();
    return subscribe('return.changed', () => void load());
  }, [load]);
  return found;
}

/** On the sale screen, while a return waits for its new sale: what it pays, and the button that sets it off. */
export function WaitingExchange() {
  const { t, language } = useWords();
  const { shop } = useShop();
  const sale = useTill((state) => state.sale);
  const back = useUnfinishedReturns()?.find((one) => one.inExchange);
  const [requestId, setRequestId] = useState(() => crypto.randomUUID());
  if (!back || !sale) return null;
  const held = sale.posts.filter((post) => post.tenderKind === 'set-off').reduce((all, post) => all + post.amountMinor, 0);
  const pays = Math.min(Math.max(0, sale.totals.dueMinor), back.owedMinor);
  const act = async (name: 'return.set-off' | 'return.set-off-undo'): Promise<void> => {
    const done = await (name === 'return.set-off' ? call(name, { requestId }) : call(name, {}));
    setRequestId(crypto.randomUUID());
    if (!done.ok) notify(failureText(t, language, done.error, shop.currency), { tone: 'bad' });
    else if (name === 'return.set-off' && !done.value.inExchange) {
      // What the new goods left of it still has to go back.
      if (done.value.owedMinor > 0) openReturns({ returnId: back.returnId });
      else notify(t('returns.exchangeDone'));
    }
  };
  const shown = (minor: number): string => money(language, minor, back.currency);
  return (
    <div className="exchange-waits">
      <Panel tone="waiting" icon={<ArrowLeftRight size={28} aria-hidden />} title={t('returns.exchangeWaits')} testId="exchange">
        <p>{held > 0 ? t('returns.setOffDone', { amount: shown(held) }) : t('returns.exchangeText', { amount: shown(back.owedMinor) })}</p>
        <div className="row">
          {held > 0 ? (
            <Button size="small" onPress={() => void act('return.set-off-undo')} testId="set-off-undo">{t('returns.setOffUndo')}</Button>
          ) : (
            <>
              <Button size="small" kind="primary" disabled={pays === 0} onPress={() => void act('return.set-off')} testId="set-off">{t('returns.setOff', { amount: shown(pays) })}</Button>
              <Button size="small" onPress={() => openReturns({ returnId: back.returnId })} testId="exchange-open">{t('screens.returns')}</Button>
            </>
          )}
        </div>
      </Panel>
    </div>
  );
}
