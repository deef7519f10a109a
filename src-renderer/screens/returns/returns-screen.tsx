import { useCallback, useEffect, useRef, useState } from 'react';
import { CircleAlert, Undo2 } from 'lucide-react';
import type { Failure } from '../../../src-main/contract/errors.ts';
import type { ReturnableView, ReturnView } from '../../../src-main/contract/returns.ts';
import { useReturnWish } from '../../features/returns/store.ts';
import { useUnfinishedReturns } from '../../features/returns/waiting.tsx';
import { useScanTarget } from '../../features/scanner/targets.ts';
import { useShortcuts } from '../../features/shortcuts/index.ts';
import { useShop } from '../../features/till/store.ts';
import { failureText, useWords } from '../../features/words/index.ts';
import { call, subscribe } from '../../transport/index.ts';
import { Button } from '../../ui/button.tsx';
import { Empty, Panel } from '../../ui/pieces.tsx';
import { Compose } from './compose.tsx';
import { Elsewhere, useChainStores } from './elsewhere.tsx';
import { Find } from './find.tsx';
import { Loose } from './loose.tsx';
import { MoneyBack } from './money-back.tsx';
import './returns.css';

type Shown =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'compose'; readonly of: ReturnableView; readonly begun: ReturnView | null }
  | { readonly kind: 'loose'; readonly begun: ReturnView | null }
  | { readonly kind: 'money'; readonly view: ReturnView };

/** Returns: a receipt is found, its lines are chosen, and its money goes back the way it came. */
export function ReturnsScreen() {
  const { t, language } = useWords();
  const { shop } = useShop();
  const [text, setText] = useState('');
  const [shown, setShown] = useState<Shown>({ kind: 'nothing' });
  const [failure, setFailure] = useState<Failure | null>(null);
  const unfinished = useUnfinishedReturns() ?? [];
  const search = useRef<HTMLInputElement>(null);
  const stores = useChainStores();
  const [elsewhere, setElsewhere] = useState(false);

  const openReceipt = useCallback(async (receiptId: string, storeId?: string): Promise<void> => {
    const found = await call('return.of-receipt', { receiptId, ...(storeId === undefined ? {} : { storeId }) });
    setFailure(found.ok ? null : found.error);
    if (!found.ok) return;
    const begun = found.value.openReturnId === null ? null : await call('return.view', { returnId: found.value.openReturnId });
    if (begun?.ok === true && begun.value.state === 'paying') setShown({ kind: 'money', view: begun.value });
    else setShown({ kind: 'compose', of: found.value, begun: begun?.ok === true ? begun.value : null });
  }, []);
  const openReturn = useCallback(async (view: ReturnView): Promise<void> => {
    if (view.state !== 'open') setShown({ kind: 'money', view });
    else if (view.of) await openReceipt(view.of.receiptId, view.of.store?.storeId);
    else setShown({ kind: 'loose', begun: view });
  }, [openReceipt]);
  /** A barcode names one receipt, which is opened; anything else is looked for. */
  const scanned = useCallback(async (code: string): Promise<void> => {
    setText(code);
    const found = await call('return.find', { text: code, day: null, limit: 2 });
    const [only, other] = found.ok ? found.value : [];
    if (only && !other) await openReceipt(only.receiptId);
  }, [openReceipt]);

  useEffect(() => {
    const { wish } = useReturnWish.getState();
    useReturnWish.setState({ wish: null });
    if (!wish) return;
    if ('text' in wish) void scanned(wish.text);
    else if ('receiptId' in wish) void openReceipt(wish.receiptId);
    else void call('return.view', { returnId: wish.returnId }).then((found) => (found.ok ? openReturn(found.value) : undefined));
  }, [scanned, openReceipt, openReturn]);
  // A refund that ends by itself changes what stands here.
  useEffect(
    () => subscribe('return.changed', (view) => setShown((now) => (now.kind === 'money' && now.view.returnId === view.returnId && view.revision >= now.view.revision ? { kind: 'money', view } : now))),
    [],
  );
  useScanTarget((code) => void scanned(code));
  const nothing = (): void => setShown({ kind: 'nothing' });
  useShortcuts({
    F2: () => search.current?.focus(),
    F6: () => setShown({ kind: 'loose', begun: null }),
    F7: stores.length === 0 ? undefined : () => setElsewhere((before) => !before),
    Escape: () => {
      location.hash = '#/sale';
    },
  }, 'screen');
  const chosenReceiptId = shown.kind === 'compose' ? shown.of.receipt.receiptId : null;
  const toMoney = (view: ReturnView): void => setShown({ kind: 'money', view });

  return (
    <main className="returns" data-testid="returns">
      <div className="returns-left">
        <div className="room-head">
          <h1>{t('screens.returns')}</h1>
          <Button hotkey="Esc" onPress={() => { location.hash = '#/sale'; }} testId="back">{t('common.backToSale')}</Button>
        </div>
        {elsewhere && stores.length > 0 ? (
          <Elsewhere stores={stores} chosenReceiptId={chosenReceiptId} onReceipt={(storeId, receiptId) => void openReceipt(receiptId, storeId)} onBack={() => setElsewhere(false)} />
        ) : (
        <Find
          text={text}
          onText={setText}
          search={search}
          unfinished={unfinished}
          chosenReceiptId={chosenReceiptId}
          chosenReturnId={shown.kind === 'money' ? shown.view.returnId : null}
          onReceipt={(receiptId) => void openReceipt(receiptId)}
          onReturn={(view) => void openReturn(view)}
          onLoose={() => setShown({ kind: 'loose', begun: null })}
          onElsewhere={stores.length > 0 ? () => setElsewhere(true) : null}
        />
        )}
      </div>
      <div className="returns-right">
        {failure ? <Panel tone="bad" icon={<CircleAlert size={28} aria-hidden />} title={failureText(t, language, failure, shop.currency)} /> : null}
        {shown.kind === 'nothing' ? (
          <Empty icon={<Undo2 size={44} strokeWidth={1.5} />} title={t('returns.start')}>
            <p>{t('returns.startText')}</p>
          </Empty>
        ) : null}
        {shown.kind === 'compose' ? <Compose key={shown.of.receipt.receiptId} of={shown.of} begun={shown.begun} onConfirmed={toMoney} onDropped={nothing} /> : null}
        {shown.kind === 'loose' ? <Loose key={shown.begun?.returnId ?? 'new'} begun={shown.begun} onConfirmed={toMoney} onDropped={nothing} /> : null}
        {shown.kind === 'money' ? <MoneyBack key={shown.view.returnId} view={shown.view} onChange={toMoney} onDropped={nothing} /> : null}
      </div>
    </main>
  );
}
