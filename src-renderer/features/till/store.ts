import { create } from 'zustand';
import type { HelloView, StatusView } from '../../../src-main/contract/shop.ts';
import type { PaymentView } from '../../../src-main/contract/payment.ts';
import type { SaleView } from '../../../src-main/contract/sale.ts';
import type { TroubleView } from '../../../src-main/contract/trouble.ts';
import type { SessionView } from '../../../src-main/contract/staff.ts';
import { call, onConnection, subscribe, type Connection } from '../../transport/index.ts';
import { setVolume } from '../sounds/index.ts';
import { changedSale } from './sale-change.ts';
import { machineLanguage, setLanguage } from '../words/index.ts';

/** What the window knows of the till. It holds no truth of its own: all of it comes from the main side. */
export type TillState = {
  readonly connection: Connection;
  readonly hello: HelloView | null;
  readonly session: SessionView | null;
  readonly sale: SaleView | null;
  /** Payments that providers prove, by attempt, each as it was last heard of: one on the counter, others beside it. */
  readonly payments: Readonly<Record<string, PaymentView>>;
  readonly status: StatusView | null;
  readonly failed: boolean;
  /** What keeps the shop from opening; nothing of the shop is shown meanwhile. */
  readonly trouble: TroubleView | null;
};

export const useTill = create<TillState>(() => ({
  connection: 'connecting',
  hello: null,
  session: null,
  sale: null,
  payments: {},
  status: null,
  failed: false,
  trouble: null,
}));

/** The shop, once it is known; screens are drawn only then. */
export function useShop(): HelloView {
  const hello = useTill((state) => state.hello);
  if (!hello) throw new Error('the shop is not loaded yet');
  return hello;
}

function applyTheme(theme: HelloView['theme']): void {
  if (theme === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
}

function chooseLanguage(): void {
  const { hello, session } = useTill.getState();
  if (hello) setLanguage(session?.staff?.language ?? hello.language);
}

/** More than a register can have under way; what is older has long ended. */
const keptPayments = 40;

/** An answer and an event may tell of the same payment; the newer one stays. */
export function showPayment(payment: PaymentView): void {
  const { payments } = useTill.getState();
  const before = payments[payment.attemptId];
  if (before && before.at > payment.at) return;
  const kept = Object.entries(payments).slice(-keptPayments);
  useTill.setState({ payments: { ...Object.fromEntries(kept), [payment.attemptId]: payment } });
}

let holds = 0;
/** How many changes of the receipt have been told so far. */
let changes = 0;
/** A receipt that has arrived and is not drawn yet. */
let arrived: SaleView | null = null;

function showSale(sale: SaleView): void {
  if (holds > 0) arrived = sale;
  else useTill.setState({ sale });
}

/**
 * Draws an answer and the receipt that it changed as one picture: until the answer is here the receipt stays as it is on
 * the screen. What the main side has done is done meanwhile.
 */
export async function drawnTogether<T>(answer: Promise<T>, draw: (value: T) => void): Promise<void> {
  holds += 1;
  try {
    draw(await answer);
  } finally {
    holds -= 1;
    if (holds === 0 && arrived) useTill.setState({ sale: arrived });
    if (holds === 0) arrived = null;
  }
}

async function loadSale(): Promise<void> {
  const { session } = useTill.getState();
  if (!session?.staff || session.locked) {
    arrived = null;
    useTill.setState({ sale: null });
    return;
  }
  const payment = await call('payment.current', {});
  if (payment.ok && payment.value) showPayment(payment.value);
  const before = changes;
  const current = await call('sale.current', {});
  // A change may overtake the answer: the first scan of a receipt does. What it showed, or asked for again, is newer.
  if (current.ok && changes === before) showSale(current.value);
}

/** The shop does not answer: it may say what keeps it from opening. */
async function loadTrouble(): Promise<void> {
  const found = await call('trouble.current', {});
  const trouble = found.ok ? found.value : null;
  useTill.setState({ trouble, failed: trouble === null });
  // A shop that was open has its language on the screen already; else it is the machine's.
  if (trouble && !useTill.getState().hello) setLanguage(trouble.language ?? machineLanguage());
}

/** Loads everything from the main side, at the start and whenever the connection or the shop is new. */
async function load(): Promise<void> {
  const [hello, session] = await Promise.all([call('app.hello', {}), call('session.get', {})]);
  if (!hello.ok || !session.ok) {
    await loadTrouble();
    return;
  }
  useTill.setState({ hello: hello.value, session: session.value, status: hello.value.status, failed: false, trouble: null });
  applyTheme(hello.value.theme);
  setVolume(hello.value.volume);
  chooseLanguage();
  await loadSale();
}

/** Connects the window's state to the main side's events. */
export function startTill(): void {
  subscribe('sale.changed', (change) => {
    changes += 1;
    const { session, sale } = useTill.getState();
    if (!session?.staff || session.locked) return;
    const next = changedSale(arrived ?? sale, change);
    if (next) showSale(next);
    else void loadSale();
  });
  subscribe('payment.changed', (payment) => {
    if (payment.wait) showPayment(payment);
  });
  subscribe('status.changed', (status) => useTill.setState({ status }));
  subscribe('session.changed', (session) => {
    useTill.setState({ session });
    // Whoever comes next begins at the counter, not in somebody else's room.
    if (!session.staff) location.hash = '#/sale';
    chooseLanguage();
    void loadSale();
  });
  subscribe('shop.changed', () => void load());
  onConnection((connection) => {
    useTill.setState({ connection });
    if (connection === 'open') void load();
  });
}
