/*
 * Where the customer's window belongs. Nothing here knows Electron: displays in, place out, so that every plug that is pulled can be
 * tried in a test.
 */

export type Bounds = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

/** A display as the system tells of it. Its id may be another one after the next start, and its label may be empty. */
export type Display = { readonly id: number; readonly label: string; readonly bounds: Bounds };

/** A display that was seen here before, and whether the customer's window belongs there. */
export type KnownDisplay = { readonly id: number; readonly label: string; readonly width: number; readonly height: number; readonly use: boolean };

/** What this machine keeps of it: the display that a person chose last is first. */
export type Memory = { readonly displays: readonly KnownDisplay[]; /** Where the window was while it was one of its own. */ readonly window: Bounds | null };

export const emptyMemory: Memory = { displays: [], window: null };

/** The whole of a display, or a window of its own on the cashier's. */
export type Place = { readonly kind: 'display'; readonly display: Display } | { readonly kind: 'window'; readonly bounds: Bounds | null };

const mostKnown = 20;

/** By id and size; a system that gives another id each time is helped by the display's own name. */
const isSame = (known: KnownDisplay, { id, label, bounds }: Display): boolean =>
  known.width === bounds.width && known.height === bounds.height && (known.id === id || (known.label !== '' && known.label === label));

const asKnown = ({ id, label, bounds: { width, height } }: Display, use: boolean): KnownDisplay => ({ id, label, width, height, use });

const overlap = (one: Bounds, other: Bounds): number => {
  const across = Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x);
  const down = Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y);
  return across > 0 && down > 0 ? across * down : 0;
};

/** A window that would be out of sight, or a corner of which would be left, is put elsewhere. */
const inSight = (bounds: Bounds, displays: readonly Display[]): boolean => displays.some((display) => overlap(bounds, display.bounds) >= (bounds.width * bounds.height) / 2);

/** Where the customer's window goes: never over the cashier's own display, first where a person last put it, then on any display nobody has said no to. */
export function placeOf(displays: readonly Display[], cashierOn: number, memory: Memory): Place {
  const others = displays.filter(({ id }) => id !== cashierOn);
  const chosen = memory.displays.filter(({ use }) => use).flatMap((known) => others.find((display) => isSame(known, display)) ?? []);
  const unknown = others.filter((display) => !memory.displays.some((known) => isSame(known, display)));
  const display = chosen[0] ?? unknown[0];
  if (display) return { kind: 'display', display };
  return { kind: 'window', bounds: memory.window && inSight(memory.window, displays) ? memory.window : null };
}

/** A display got the window by itself: it is known from now on, behind those that somebody chose. */
export function seen(memory: Memory, display: Display): Memory {
  if (memory.displays.some((known) => isSame(known, display))) return memory;
  return { ...memory, displays: [...memory.displays, asKnown(display, true)].slice(0, mostKnown) };
}

/** A person moved the window: where it is now it belongs; brought to the cashier's display, it leaves the other one for good. */
export function moved(memory: Memory, from: Display | null, to: Display, cashierOn: number, bounds: Bounds): Memory {
  const rest = (display: Display): readonly KnownDisplay[] => memory.displays.filter((known) => !isSame(known, display));
  if (to.id !== cashierOn) return { ...memory, displays: [asKnown(to, true), ...rest(to)].slice(0, mostKnown) };
  return { displays: from === null ? memory.displays : [asKnown(from, false), ...rest(from)].slice(0, mostKnown), window: bounds };
}
