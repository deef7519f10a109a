import type { ChainStoreView } from '../../../src-main/contract/returns.ts';
import type { Say } from '../../features/words/index.ts';

/** How a sale is called: another store's with the store. */
export const receiptName = (t: Say, number: number, store: ChainStoreView | null): string => (store ? t('returns.ofStore', { number, store: store.name }) : t('returns.ofReceipt', { number }));
