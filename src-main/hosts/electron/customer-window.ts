import { screen, type BrowserWindow, type Display as ElectronDisplay } from 'electron';
import type { CustomerDisplay } from '../../contract/lan.ts';
import { createDisplayMemory } from './display-memory.ts';
import { moved, placeOf, seen, type Display, type Place } from './display-place.ts';

/** A system moves windows by itself while displays come and go; what is still so after this long was meant. */
const calmMs = 700;
/** So long after it was put somewhere, a window that is elsewhere was not moved by a person: leaving the full screen takes systems a while. */
const settleMs = 2_500;
/** As often it is put there again; what does not go there then has its reasons. */
const putsAgain = 2;
const ownSize = { width: 900, height: 600 };

const displayOf = ({ id, label, bounds }: ElectronDisplay): Display => ({ id, label, bounds });
const displays = (): readonly Display[] => screen.getAllDisplays().map(displayOf);
const under = (window: BrowserWindow): Display => displayOf(screen.getDisplayMatching(window.getBounds()));

/** Does something once, when nobody has asked for it again for a while. */
function calmly(work: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(work, calmMs);
  };
}

function put(customer: BrowserWindow, cashier: BrowserWindow, place: Place): void {
  const hadFocus = cashier.isFocused();
  if (customer.isFullScreen()) customer.setFullScreen(false);
  if (place.kind === 'display') {
    customer.setBounds(place.display.bounds);
    customer.setFullScreen(true);
  } else {
    customer.setBounds(place.bounds ?? { ...ownSize, x: cashier.getBounds().x + 40, y: cashier.getBounds().y + 40 });
  }
  customer.showInactive();
  // Where there is one display, the till stays in front; and nothing that is scanned meanwhile goes astray.
  if (place.kind === 'window') cashier.moveTop();
  if (hadFocus) cashier.focus();
}

/**
 * Keeps the customer's window where it belongs: over the second display while there is one, else behind the cashier's. Where a person
 * puts it is remembered for that display. Answers with where it is.
 */
export function placeCustomer(customer: BrowserWindow, cashier: BrowserWindow, folder: string, shown: boolean): () => CustomerDisplay {
  const store = createDisplayMemory(folder);
  let memory = store.load();
  let place: Place = { kind: 'window', bounds: null };
  let putAtMs = Number.NEGATIVE_INFINITY;
  let putsLeft = 0;
  /** Where it came to rest against our will, as under a system that places windows itself; there nobody has moved it. */
  let restAt = '';

  function remember(next: typeof memory): void {
    if (next === memory) return;
    memory = next;
    store.save(next);
  }

  function putThere(): void {
    putAtMs = performance.now();
    putsLeft = putsAgain;
    restAt = '';
    put(customer, cashier, place);
    // Whether it has come to rest there is looked at even if nobody tells that it moved.
    lookCalmly();
  }

  function arrange(): void {
    if (customer.isDestroyed() || cashier.isDestroyed()) return;
    const next = placeOf(displays(), under(cashier).id, memory);
    if (next.kind === 'display') remember(seen(memory, next.display));
    const same = JSON.stringify(next) === JSON.stringify(place) && (next.kind === 'window' || under(customer).id === next.display.id);
    place = next;
    if (!same && shown) putThere();
  }

  /** A person moved the window, or the system did because a display has gone: then it is not where they chose. */
  function look(): void {
    if (customer.isDestroyed() || cashier.isDestroyed()) return;
    const now = under(customer);
    const from = place.kind === 'display' ? place.display : null;
    const gone = from !== null && !displays().some(({ id }) => id === from.id);
    const stayed = from === null ? now.id === under(cashier).id : now.id === from.id;
    if (gone) return arrange();
    if (stayed && from !== null) return;
    const nowAt = JSON.stringify(customer.getBounds());
    if (performance.now() - putAtMs < settleMs) {
      if (putsLeft === 0) restAt = nowAt;
      else if (!stayed) {
        putsLeft -= 1;
        put(customer, cashier, place);
        lookCalmly();
      }
      return;
    }
    if (nowAt === restAt) return;
    remember(moved(memory, stayed ? null : from, now, under(cashier).id, customer.getBounds()));
    if (!stayed) arrange();
  }

  const arrangeCalmly = calmly(arrange);
  const lookCalmly = calmly(look);
  customer.on('move', lookCalmly);
  cashier.on('move', arrangeCalmly);
  screen.on('display-added', arrangeCalmly);
  screen.on('display-removed', arrangeCalmly);
  screen.on('display-metrics-changed', arrangeCalmly);
  place = placeOf(displays(), under(cashier).id, memory);
  if (place.kind === 'display') remember(seen(memory, place.display));
  if (shown) customer.once('ready-to-show', putThere);

  return () => {
    if (place.kind === 'window' || customer.isDestroyed()) return { kind: 'window' };
    const { label, bounds } = place.display;
    return { kind: 'display', name: label === '' ? `${bounds.width} × ${bounds.height}` : label, width: bounds.width, height: bounds.height };
  };
}
