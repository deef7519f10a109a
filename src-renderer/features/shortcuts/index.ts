import { useLayoutEffect, useRef } from 'react';

/** Keys and what they do: `F4`, `Delete`, `+`, `Alt+P`. A dialog's layer hides all below it, a screen's lets them through. */
export type Shortcuts = Readonly<Record<string, (() => void) | undefined>>;

type Layer = { shortcuts: Shortcuts; readonly kind: 'screen' | 'dialog' };

const layers: Layer[] = [];

/** What a key does: the newest layer that knows it, no further down than the newest dialog. */
function actionOf(name: string): (() => void) | undefined {
  for (const layer of layers.toReversed()) {
    const act = layer.shortcuts[name];
    if (act || layer.kind === 'dialog') return act;
  }
  return undefined;
}

const nameOf = (event: KeyboardEvent): string => {
  const key = event.key.length === 1 ? event.key.toUpperCase() : event.key;
  if (event.altKey) return `Alt+${event.code.startsWith('Key') ? event.code.slice(3) : key}`;
  return event.ctrlKey ? `Ctrl+${key}` : key;
};

/** The scanner's own field only rests the focus; keys pressed there are the screen's. */
const isSink = (target: EventTarget | null): boolean => target instanceof HTMLElement && target.dataset['scan'] === 'sink';

const inField = (target: EventTarget | null): boolean =>
  (target instanceof HTMLInputElement && !isSink(target)) || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;

/** Keys that belong to the field they are pressed in. */
const fieldKeys = new Set(['Delete', '+', '-', 'Enter', 'Backspace', 'ArrowUp', 'ArrowDown']);

/** While mounted these keys work. */
export function useShortcuts(shortcuts: Shortcuts, kind: Layer['kind'] = 'dialog'): void {
  const layer = useRef<Layer>({ shortcuts, kind });
  layer.current.shortcuts = shortcuts;
  // A screen or dialog that is seen has its keys, and one that is gone has none.
  useLayoutEffect(() => {
    const own = layer.current;
    layers.push(own);
    return () => {
      layers.splice(layers.indexOf(own), 1);
    };
  }, []);
}

const showKeys = (shown: boolean): void => {
  if (shown) document.documentElement.dataset['keys'] = '';
  else delete document.documentElement.dataset['keys'];
};

/** Starts the window's keys. Runs behind the scanner's reader, so that no scan ever comes here. */
export function startShortcuts(): () => void {
  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Alt') {
      showKeys(true);
      // The browser would move to its menu.
      event.preventDefault();
      return;
    }
    const name = nameOf(event);
    const act = actionOf(name);
    if (!act || event.defaultPrevented || (inField(event.target) && fieldKeys.has(name))) return;
    event.preventDefault();
    act();
  }
  function onKeyUp(event: KeyboardEvent): void {
    if (event.key === 'Alt') {
      showKeys(false);
      event.preventDefault();
    }
  }
  const hide = (): void => showKeys(false);
  window.addEventListener('keydown', onKeyDown);
  window.addEventListener('keyup', onKeyUp);
  window.addEventListener('blur', hide);
  return () => {
    window.removeEventListener('keydown', onKeyDown);
    window.removeEventListener('keyup', onKeyUp);
    window.removeEventListener('blur', hide);
  };
}
