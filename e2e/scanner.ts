import type { Page } from 'playwright';

/**
 * Types as a keyboard-wedge scanner does: all keys at once, then Enter. They are handed over in one go, for a driver that
 * waits for each answer may pause within a code on a busy machine.
 */
export async function scan(page: Page, code: string): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const keys = [...code].map((sign) => ({ key: sign, text: sign, code: /\d/.test(sign) ? `Digit${sign}` : '' }));
  const enter = { key: 'Enter', text: '\r', code: 'Enter', windowsVirtualKeyCode: 13 };
  // The keys carry the times at which a device has sent them, in seconds, the last one now; a busy machine may deliver them later still.
  const startedAt = Date.now() / 1000 - keys.length * 0.002;
  await Promise.all(
    [...keys, enter].flatMap((key, index) => {
      const timestamp = startedAt + index * 0.002;
      return [
        session.send('Input.dispatchKeyEvent', { type: 'keyDown', timestamp, ...key }),
        session.send('Input.dispatchKeyEvent', { type: 'keyUp', timestamp: timestamp + 0.001, key: key.key, code: key.code }),
      ];
    }),
  );
  await session.detach();
}
