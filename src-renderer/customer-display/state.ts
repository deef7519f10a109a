import { create } from 'zustand';
import type { Language } from '../../src-main/contract/basics.ts';
import type { CustomerView } from '../../src-main/contract/customer.ts';
import { call, onConnection, subscribe, type Connection } from '../transport/index.ts';
import { setLanguage } from '../features/words/index.ts';

type Customer = {
  readonly connection: Connection;
  /** The shop can't be opened: nothing is sold here now. */
  readonly closed: boolean;
  /** Nothing that is shown is real. */
  readonly training: boolean;
  readonly shopName: string;
  readonly shopLanguage: Language;
  readonly view: CustomerView;
  /** The register whose screen this is, while somebody asks; else null. */
  readonly asked: string | null;
};

/** What the customer's screen knows: this sale and the shop's name, nothing else. */
export const useCustomer = create<Customer>(() => ({ connection: 'connecting', closed: false, training: false, shopName: '', shopLanguage: 'en', view: { kind: 'idle' }, asked: null }));

/** A customer's own choice of language ends with them: when the screen rests, or when the next one's first line comes. */
function show(view: CustomerView): void {
  const { view: before, shopLanguage } = useCustomer.getState();
  const nextCustomer = before.kind === 'thanks' && view.kind !== 'thanks';
  if (nextCustomer || (before.kind !== 'idle' && view.kind === 'idle')) setLanguage(shopLanguage);
  useCustomer.setState({ view });
}

/** How long a screen says whose it is, in milliseconds: time to look up from the register. */
const identifyMs = 8_000;
let asking = 0;

function identify(register: string): void {
  clearTimeout(asking);
  useCustomer.setState({ asked: register });
  asking = window.setTimeout(() => useCustomer.setState({ asked: null }), identifyMs);
}

const againMs = 400;

async function load(): Promise<void> {
  const [hello, view] = await Promise.all([call('customer.hello', {}), call('customer.current', {})]);
  useCustomer.setState({ closed: !hello.ok && hello.error.code === 'trouble' });
  // The till changes its shop or is about to be ready: a moment later it answers.
  if (!hello.ok && hello.error.code === 'stopping') setTimeout(() => void load(), againMs);
  if (!hello.ok || !view.ok) return;
  const { shopName, language, theme, training } = hello.value;
  if (theme === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
  // Looks or words of the shop may be saved in the middle of a sale: the customer keeps the language they chose.
  const changed = useCustomer.getState().shopLanguage !== language;
  useCustomer.setState({ shopName, shopLanguage: language, training });
  if (changed || view.value.kind === 'idle') setLanguage(language);
  show(view.value);
}

export function startCustomer(): void {
  subscribe('customer.changed', show);
  subscribe('customer.identify', ({ register }) => identify(register));
  subscribe('shop.changed', () => void load());
  onConnection((connection) => {
    // What a customer bought is nothing for a screen to keep while its till is away.
    useCustomer.setState(connection === 'lost' ? { connection, view: { kind: 'idle' } } : { connection });
    if (connection === 'open') void load();
  });
}
