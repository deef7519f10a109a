import type { Page } from 'playwright';

/** A key as a scanner in keyboard mode presses it: which one, and what this machine's keyboard makes of it. */
type Pressed = { readonly code: string; readonly key: string; readonly shift?: boolean };

const plain = (sign: string): Pressed => ({ code: /\d/.test(sign) ? `Digit${sign}` : /[A-Za-z]/.test(sign) ? `Key${sign.toUpperCase()}` : '', key: sign, shift: /[A-Z]/.test(sign) });

/** Signs at the keys of an American keyboard that a Swedish machine makes others of; two of them wait for a letter. */
const swedish: Readonly<Record<string, Pressed>> = {
  ':': { code: 'Semicolon', key: 'Ö', shift: true },
  '-': { code: 'Minus', key: '+' },
  '/': { code: 'Slash', key: '-' },
  '+': { code: 'Equal', key: 'Dead', shift: true },
  '?': { code: 'Slash', key: '_', shift: true },
  '=': { code: 'Equal', key: 'Dead' },
  _: { code: 'Minus', key: '?', shift: true },
  ']': { code: 'BracketRight', key: 'Dead' },
  '&': { code: 'Digit7', key: '/', shift: true },
};

/**
 * A scanner in keyboard mode: the code two milliseconds a key, ended by Enter. The keys are handed over all at once, so
 * that a busy machine does not pause within a scan. `made`: for an American keyboard, while the machine has a Swedish one. `times`: it reads
 * the code again at once.
 */
export async function scan(page: Page, code: string, made: 'for-this-machine' | 'for-america' = 'for-this-machine', times = 1): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const keys = [...code].map((sign) => (made === 'for-america' ? (swedish[sign] ?? plain(sign)) : plain(sign)));
  const presses = keys.map(({ code: place, key, shift }) => ({ code: place, key, modifiers: shift === true ? 8 : 0, ...(key.length === 1 ? { text: key } : {}) }));
  const enter = { key: 'Enter', text: '\r', code: 'Enter', windowsVirtualKeyCode: 13 };
  // The keys carry the times at which a device has sent them, in seconds, the last one now; a busy machine may deliver them later still.
  const all = Array.from({ length: times }, () => [...presses, enter]).flat();
  const startedAt = Date.now() / 1000 - all.length * 0.002;
  await Promise.all(
    all.flatMap((press, index) => {
      const timestamp = startedAt + index * 0.002;
      return [
        session.send('Input.dispatchKeyEvent', { type: 'keyDown', timestamp, ...press }),
        session.send('Input.dispatchKeyEvent', { type: 'keyUp', timestamp: timestamp + 0.001, key: press.key, code: press.code }),
      ];
    }),
  );
  await session.detach();
}
