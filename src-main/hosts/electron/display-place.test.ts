import { describe, expect, test } from 'vitest';
import { emptyMemory, moved, placeOf, seen, type Display, type Memory } from './display-place.ts';

const display = (id: number, label: string, x: number, width = 1920, height = 1080): Display => ({ id, label, bounds: { x, y: 0, width, height } });
const till = display(1, 'Till', 0);
const pole = display(2, 'Pole', 1920, 1280, 800);
const wall = display(3, 'Wall', 3200, 3840, 2160);
const on = (displays: readonly Display[], memory: Memory, cashierOn = 1): string => {
  const place = placeOf(displays, cashierOn, memory);
  return place.kind === 'display' ? place.display.label : 'window';
};

describe('the customer’s window', () => {
  test('takes the second display, leaves when it is unplugged, and is back when it is plugged in again', () => {
    expect(on([till], emptyMemory)).toBe('window');
    expect(on([till, pole], emptyMemory)).toBe('Pole');
    const memory = seen(emptyMemory, pole);
    expect(on([till], memory)).toBe('window');
    expect(on([till, pole], memory)).toBe('Pole');
  });

  test('never covers the cashier’s display, wherever that is', () => {
    expect(on([till, pole], emptyMemory, 2)).toBe('Till');
    expect(on([pole], emptyMemory, 2)).toBe('window');
    expect(on([till, pole], moved(emptyMemory, null, pole, 1, pole.bounds), 2)).toBe('Till');
  });

  test('stays where it is when one more display comes, and goes where a person put it from then on', () => {
    const first = seen(emptyMemory, pole);
    expect(on([till, wall, pole], first)).toBe('Pole');
    const chosen = moved(first, pole, wall, 1, wall.bounds);
    expect(on([till, pole, wall], chosen)).toBe('Wall');
    // The chosen one is away for a while: the other serves, and gives it back.
    expect(on([till, pole], seen(chosen, pole))).toBe('Pole');
    expect(on([till, pole, wall], seen(chosen, pole))).toBe('Wall');
  });

  test('that was brought to the cashier’s display stays a window there, until it is put back', () => {
    const bounds = { x: 100, y: 100, width: 800, height: 500 };
    const declined = moved(seen(emptyMemory, pole), pole, till, 1, bounds);
    expect(placeOf([till, pole], 1, declined)).toEqual({ kind: 'window', bounds });
    expect(on([till, pole, wall], declined)).toBe('Wall');
    expect(on([till, pole], moved(declined, null, pole, 1, pole.bounds))).toBe('Pole');
  });

  test('is not put where nobody sees it', () => {
    const memory: Memory = { displays: [], window: { x: 1800, y: 100, width: 800, height: 500 } };
    expect(placeOf([till], 1, memory)).toEqual({ kind: 'window', bounds: null });
  });

  test('knows a display again by its name when the system gives it another number, and none by its number alone', () => {
    const memory = moved(emptyMemory, null, wall, 1, wall.bounds);
    expect(on([till, pole, { ...wall, id: 9 }], memory)).toBe('Wall');
    const other = { ...display(3, 'Other', 3200, 1024, 768) };
    expect(on([till, pole, other], seen(memory, pole))).toBe('Pole');
    const nameless = { ...wall, label: '' };
    expect(on([till, pole, { ...nameless, id: 9 }], moved(emptyMemory, null, nameless, 1, wall.bounds))).toBe('Pole');
  });

  test('remembers a bounded number of displays', () => {
    const many = Array.from({ length: 40 }, (_, index) => display(100 + index, `D${index}`, 0));
    expect(many.reduce<Memory>((memory, one) => seen(memory, one), emptyMemory).displays).toHaveLength(20);
    expect(many.reduce<Memory>((memory, one) => moved(memory, null, one, 1, one.bounds), emptyMemory).displays[0]?.label).toBe('D39');
  });
});
