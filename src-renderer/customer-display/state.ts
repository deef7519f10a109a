import { create } from 'zustand';
import type { Language } from '../../src-main/contract/basics.ts';
import type { CustomerView } from '../../src-main/contract/customer.ts';
import { call, onConnection, subscribe, type Connection } from '../transport/index.ts';
import { setLanguage } from '../features/words/index.ts';

type Customer = {
  readonly connection: Connection;
  readonly shopName: string;
  readonly shopLanguage: Language;
  readonly view: CustomerView;
};

/** What the customer's screen knows: this sale and the shop's name, nothing else. */
export const useCustomer = create<Customer>(() => ({ connection: 'connecting', shopName: '', shopLanguage: 'en', view: { kind: 'idle' } }));

/** A customer's own choice of language ends with the sale. */
function show(view: CustomerView): void {
  const before = useCustomer.getState();
  if (before.view.kind !== 'idle' && view.kind === 'idle') setLanguage(before.shopLanguage);
  useCustomer.setState({ view });
}

async function load(): Promise<void> {
  const [hello, view] = await Promise.all([call('app.hello', {}), call('customer.current', {})]);
  if (!hello.ok || !view.ok) return;
  const { shop, theme } = hello.value;
  if (theme === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
  useCustomer.setState({ shopName: shop.name, shopLanguage: shop.language });
  setLanguage(shop.language);
  show(view.value);
}

export function startCustomer(): void {
  subscribe('customer.changed', show);
  subscribe('shop.changed', () => void load());
  onConnection((connection) => {
    useCustomer.setState({ connection });
    if (connection === 'open') void load();
  });
}
