import { useEffect, useState } from 'react';
import { ArrowLeft, CircleAlert, ReceiptText, Store } from 'lucide-react';
import type { Failure } from '../../../src-main/contract/errors.ts';
import type { ChainStoreView, StoreReceiptRow } from '../../../src-main/contract/returns.ts';
import { dayTime, money } from '../../features/format/index.ts';
import { useScanTarget } from '../../features/scanner/targets.ts';
import { useTenderName } from '../../features/tenders/index.ts';
import { useShop } from '../../features/till/store.ts';
import { failureText, useWords } from '../../features/words/index.ts';
import { call } from '../../transport/index.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/fields.tsx';
import { Empty, Panel } from '../../ui/pieces.tsx';

const shownAtOnce = 20;

/** The other stores of the chain; none where the shop belongs to none, or while nobody has answered. */
export function useChainStores(): readonly ChainStoreView[] {
  const [stores, setStores] = useState<readonly ChainStoreView[]>([]);
  useEffect(() => {
    let here = true;
    void call('return.stores', {}).then((found) => {
      if (here && found.ok) setStores(found.value);
    });
    return () => {
      here = false;
    };
  }, []);
  return stores;
}

/** The search in one store. Asked for when Enter is pressed or a code was scanned: another store is not looked through at every key. */
function SearchIn({ store, chosenReceiptId, onReceipt }: { readonly store: ChainStoreView; readonly chosenReceiptId: string | null; readonly onReceipt: (receiptId: string) => void }) {
  const { t, language } = useWords();
  const { shop } = useShop();
  const tenderName = useTenderName();
  const [text, setText] = useState('');
  const [rows, setRows] = useState<readonly StoreReceiptRow[] | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const search = async (wanted: string): Promise<void> => {
    setText(wanted);
    if (wanted.trim() === '') return;
    const found = await call('return.find-elsewhere', { storeId: store.storeId, text: wanted, limit: shownAtOnce });
    setFailure(found.ok ? null : found.error);
    if (!found.ok) return;
    setRows(found.value);
    const [only, other] = found.value;
    if (only && !other) onReceipt(only.receiptId);
  };
  useScanTarget((code) => void search(code));
  return (
    <>
      <form
        className="returns-fields"
        onSubmit={(event) => {
          event.preventDefault();
          void search(text);
        }}
      >
        <TextField label={t('returns.findElsewhere', { store: store.name })} hint={t('returns.findElsewhereHint')} value={text} onChange={setText} maxLength={100} autoFocus testId="elsewhere-search" />
        <Button submit disabled={text.trim() === ''} testId="elsewhere-find">{t('returns.search')}</Button>
      </form>
      {failure ? <Panel tone="bad" icon={<CircleAlert size={28} aria-hidden />} title={failureText(t, language, failure, shop.currency)} testId="elsewhere-failure" /> : null}
      {rows?.length === 0 ? <Empty icon={<ReceiptText size={40} strokeWidth={1.5} />} title={t('returns.notFoundElsewhere', { store: store.name })} /> : null}
      <ul className="returns-rows" aria-label={store.name}>
        {(rows ?? []).map((row) => (
          <li key={row.receiptId}>
            <button type="button" className="list-row returns-row" aria-pressed={row.receiptId === chosenReceiptId} onClick={() => onReceipt(row.receiptId)} data-testid={`elsewhere-found-${row.number}`}>
              <span className="returns-row-main">
                <span className="amount">{row.number}</span>
                <span className="line-under">{`${dayTime(language, row.at, shop.timeZone)} · ${row.tenders.map((kind) => tenderName(kind)).join(' + ')}`}</span>
              </span>
              <span className="amount">{money(language, row.totalMinor, row.currency)}</span>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

/** The left of the room for a receipt of another store: which store, then which receipt. Nothing of a store is typed but its receipt. */
export function Elsewhere({ stores, chosenReceiptId, onReceipt, onBack }: {
  readonly stores: readonly ChainStoreView[];
  readonly chosenReceiptId: string | null;
  readonly onReceipt: (storeId: string, receiptId: string) => void;
  readonly onBack: () => void;
}) {
  const { t } = useWords();
  const [only] = stores.length === 1 ? stores : [];
  const [store, setStore] = useState<ChainStoreView | null>(only ?? null);
  return (
    <section className="returns-find" aria-label={t('returns.elsewhere')} data-testid="elsewhere">
      <h2>{t('returns.whichStore')}</h2>
      <div className="returns-stores" role="group" aria-label={t('returns.whichStore')}>
        {stores.map((one) => (
          <button key={one.storeId} type="button" className="list-row returns-row" aria-pressed={one.storeId === store?.storeId} onClick={() => setStore(one)} data-testid={`store-${one.storeId}`}>
            <span className="returns-row-main">{one.name}</span>
            <Store size={20} aria-hidden />
          </button>
        ))}
      </div>
      {store ? <SearchIn key={store.storeId} store={store} chosenReceiptId={chosenReceiptId} onReceipt={(receiptId) => onReceipt(store.storeId, receiptId)} /> : null}
      <Button onPress={onBack} hotkey="F7" testId="elsewhere-back">
        <ArrowLeft size={20} aria-hidden />
        {t('returns.ownReceipts')}
      </Button>
    </section>
  );
}
