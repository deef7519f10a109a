import { useEffect, useRef } from 'react';

/** Keys and what they do: `F4`, `Delete`, `+`, `Alt+P`. The newest layer (a dialog) hides those below it. */
export type Shortcuts = Readonly<Record<string, (() => void) | undefined>>;

const layers: { readonly current: Shortcuts }[] = [];

const nameOf = (event: KeyboardEvent): string => {
  const key = event.key.length === 1 ? event.key.toUpperCase() : event.key;
  if (event.altKey) return `Alt+${event.code.startsWith('Key') ? event.code.slice(3) : key}`;
  return event.ctrlKey ? `Ctrl+${key}` : key;
};

const inField = (target: EventTarget | null): boolean =>
  target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;

/** Keys that belong to the field they are pressed in. */
const fieldKeys = new Set(['Delete', '+', '-', 'Enter', 'Backspace', 'ArrowUp', 'ArrowDown']);

/** While mounted these keys work; a layer above takes all of them. */
export function useShortcuts(shortcuts: Shortcuts): void {
  const layer = useRef(shortcuts);
  layer.current = shortcuts;
  useEffect(() => {
    layers.push(layer);
    return () => {
      layers.splice(layers.indexOf(layer), 1);
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
    const act = layers.at(-1)?.current[name];
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
