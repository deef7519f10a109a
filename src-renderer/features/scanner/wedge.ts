import { expire, fastMs, noBurst, step, usCodeOf, type Burst, type Key } from './burst.ts';
import { deliverKeys } from './keyboard.ts';
import { usSign } from './us-keys.ts';

/** Keys that only move about: they activate nothing, so they are never held when a person presses them. */
const moving = new Set(['Tab', 'ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Home', 'End', 'PageUp', 'PageDown']);
const modifiers = new Set(['Shift', 'Control', 'Alt', 'Meta', 'CapsLock', 'NumLock', 'AltGraph', 'Process', 'Unidentified']);

/** A little longer than the gap that parts a scan from typing: timers of a busy page come late, never early. */
const waitMs = fastMs + 5;
/** How long three keys that came too fast for a hand are held: on a busy machine the rest of a scan reaches the page late, with its true times. */
const scanWaitMs = 200;
const surelyScan = 3;

type HeldEvent = { readonly key: Key; readonly target: EventTarget | null; readonly init: KeyboardEventInit };

const isField = (target: EventTarget | null): target is HTMLInputElement | HTMLTextAreaElement =>
  (target instanceof HTMLInputElement && ['text', 'search', 'password'].includes(target.type)) || target instanceof HTMLTextAreaElement;

/** Space ticks these, but only the browser's own Space: one that was held back has to be a click. */
const isTick = (element: HTMLElement): boolean => element instanceof HTMLInputElement && ['checkbox', 'radio'].includes(element.type);

/** Search and the scanner's own field take keys at once; a scan that began in them is taken out again. */
const typesAtOnce = (target: EventTarget | null): boolean => isField(target) && target.dataset['scan'] === 'type';

function insertText(field: HTMLInputElement | HTMLTextAreaElement, text: string): void {
  const start = field.selectionStart ?? field.value.length;
  // The browser's own hand keeps the field's length and what Ctrl+Z takes back; it works in the focused field only.
  if (document.activeElement === field && document.execCommand('insertText', false, text)) return;
  const end = field.selectionEnd ?? start;
  if (field.maxLength >= 0 && field.value.length - (end - start) + text.length > field.maxLength) return;
  field.setRangeText(text, start, end, 'end');
  field.dispatchEvent(new InputEvent('input', { bubbles: true, data: text, inputType: 'insertText' }));
}

/** Fields and focus as they were before keys went to the page that may turn out to be a scan's. */
type Before = { readonly values: readonly (readonly [HTMLInputElement | HTMLTextAreaElement, string])[]; readonly focused: Element | null };

function remember(): Before {
  const fields = [...document.querySelectorAll('input, textarea')].filter(isField);
  return { values: fields.map((field) => [field, field.value] as const), focused: document.activeElement };
}

/** Writes as the browser itself would: a field whose value a page writes is one that React takes for unchanged. */
function write(field: HTMLInputElement | HTMLTextAreaElement, value: string): void {
  const kind = field instanceof HTMLInputElement ? HTMLInputElement.prototype : HTMLTextAreaElement.prototype;
  Object.getOwnPropertyDescriptor(kind, 'value')?.set?.call(field, value);
  field.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'deleteContentBackward' }));
}

/** Listens to all keys of the window, before anything else sees them. Returns how to stop. */
export function startWedge(): () => void {
  let burst: Burst = noBurst;
  let held: HeldEvent[] = [];
  let timer: number | null = null;
  let before: Before | null = null;
  const ours = new WeakSet<Event>();
  const swallowedDown = new Set<string>();

  function silence(event: Event): void {
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  /** Gives a held key to the page after all: as text into a field, as a press on a button, else as the key it was. */
  function release({ key, target, init }: HeldEvent): void {
    if (key.text !== null && isField(target)) {
      insertText(target, key.text);
      return;
    }
    const element = target instanceof HTMLElement && target.isConnected ? target : document.body;
    if (key.text === ' ' && (element instanceof HTMLButtonElement || isTick(element))) {
      element.click();
      return;
    }
    for (const type of ['keydown', 'keyup']) {
      const event = new KeyboardEvent(type, { ...init, bubbles: true, cancelable: true });
      ours.add(event);
      element.dispatchEvent(event);
    }
  }

  function releaseFirst(count: number): void {
    for (const one of held.splice(0, count)) release(one);
  }

  /** A key that came late on a busy machine may be followed by one that comes later still. */
  function schedule(lateMs: number): void {
    if (timer !== null) clearTimeout(timer);
    const firstWaitMs = Math.min(scanWaitMs, waitMs + 4 * Math.max(0, lateMs));
    timer = held.length === 0 ? null : window.setTimeout(() => {
      timer = null;
      before ??= remember();
      burst = expire(burst).burst;
      releaseFirst(held.length);
    }, held.length >= surelyScan ? scanWaitMs : firstWaitMs);
  }

  /** A scan whose first keys were let into the page takes them out of it again. */
  function restore(): void {
    if (!before) return;
    for (const [field, value] of before.values) if (field.isConnected && field.value !== value) write(field, value);
    if (before.focused instanceof HTMLElement && before.focused.isConnected) before.focused.focus({ preventScroll: true });
    before = null;
  }

  function separatorOf(event: KeyboardEvent): string | null {
    return event.ctrlKey && (event.key === ']' || event.code === 'BracketRight') ? '\u001d' : null;
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (ours.has(event) || modifiers.has(event.key) || event.isComposing) return;
    const separator = separatorOf(event);
    const combined = (event.ctrlKey || event.metaKey || event.altKey) && separator === null;
    const text = separator ?? (event.key.length === 1 && !combined ? event.key : null);
    const key: Key = { name: event.key, text, us: separator ?? usSign(event.code, event.shiftKey), atMs: event.timeStamp };
    const goesOnFast = event.timeStamp - burst.lastMs < fastMs && burst.held.length + burst.late.length > 0;
    // An accent waits for its letter where a person types it; within a scan it is one more key.
    if (event.key === 'Dead' && !goesOnFast) return;
    const atOnce = typesAtOnce(event.target);
    // Backspace, and Delete in a field, work by the browser's own hand only: sent again by a script they do nothing.
    const holds = !combined && !event.repeat && !moving.has(event.key) && !atOnce && event.key !== 'Backspace' && !(event.key === 'Delete' && isField(event.target));
    // A first key that goes straight into a field still counts as the beginning of a burst.
    const begins = atOnce && text !== null && !goesOnFast;
    if (begins) {
      releaseFirst(held.length);
      before = remember();
      burst = { held: [key], late: [], lastMs: key.atMs, endedMs: burst.endedMs };
      return;
    }
    const result = step(burst, key, holds);
    burst = result.burst;
    const { kind } = result.verdict;
    const goesOn = kind === 'scan' || (kind === 'hold' && burst.held.length + burst.late.length > 1);
    if (!goesOn) before = null;
    if (result.verdict.kind === 'scan') {
      held = [];
      restore();
    } else {
      releaseFirst(held.length - (result.verdict.kind === 'hold' ? Math.max(0, burst.held.length - 1) : 0));
    }
    if (result.verdict.kind !== 'pass') {
      silence(event);
      swallowedDown.add(event.code);
    }
    if (result.verdict.kind === 'hold') {
      const { code, shiftKey } = event;
      held.push({ key, target: event.target, init: { key: event.key, code, shiftKey } });
    }
    schedule(performance.now() - event.timeStamp);
    if (result.verdict.kind === 'scan') deliverKeys(result.verdict.code, usCodeOf(result.verdict.keys), event.timeStamp);
  }

  function onKeyUp(event: KeyboardEvent): void {
    if (ours.has(event) || !swallowedDown.delete(event.code)) return;
    silence(event);
  }

  window.addEventListener('keydown', onKeyDown, { capture: true });
  window.addEventListener('keyup', onKeyUp, { capture: true });
  return () => {
    window.removeEventListener('keydown', onKeyDown, { capture: true });
    window.removeEventListener('keyup', onKeyUp, { capture: true });
    if (timer !== null) clearTimeout(timer);
  };
}
