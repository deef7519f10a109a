import type { ElectronApplication } from '@playwright/test';
import { demo, scan, signIn } from './hands.ts';
import { expect, test, type Till } from './till.ts';

/*
 * The customer's window and displays that come and go. A virtual screen has one display, so the system's list of them is stood in for;
 * windows, their places and what is remembered are real. A window
 * that fills its display would fill the one that there is: it is asked to, and stays where it was put.
 */

type Rectangle = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
const till1 = { id: 1, label: 'Till', bounds: { x: 0, y: 0, width: 640, height: 1024 } };
const pole = { id: 2, label: 'Pole', bounds: { x: 640, y: 0, width: 320, height: 240 } };
const wall = { id: 3, label: 'Wall', bounds: { x: 960, y: 0, width: 320, height: 400 } };
type Display = typeof till1;

const electronOf = ({ electron }: Till): ElectronApplication => {
  if (!electron) throw new Error('this story is Electron’s');
  return electron;
};

/** The system has these displays from now on, and says so. */
const plug = (till: Till, displays: readonly Display[]): Promise<void> =>
  electronOf(till).evaluate(({ BrowserWindow, screen }, all) => {
    for (const window of BrowserWindow.getAllWindows()) {
      if (window.isFullScreen()) window.setFullScreen(false);
      let fills = false;
      Object.assign(window, { setFullScreen: (on: boolean) => { fills = on; }, isFullScreen: () => fills });
    }
    const shared = (one: Rectangle, other: Rectangle): number =>
      Math.max(0, Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x)) * Math.max(0, Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y));
    Object.assign(screen, {
      getAllDisplays: () => all,
      getDisplayMatching: (bounds: Rectangle) => [...all].sort((one, other) => shared(bounds, other.bounds) - shared(bounds, one.bounds))[0],
    });
    screen.emit('display-added', {}, {});
  }, displays);

const move = (till: Till, page: 'cashier' | 'customer', bounds: Partial<Rectangle>): Promise<void> =>
  electronOf(till).evaluate(
    ({ BrowserWindow }, to) => {
      const window = BrowserWindow.getAllWindows().find((one) => one.webContents.getURL().includes(to.page));
      window?.setFullScreen(false);
      window?.setMinimumSize(100, 100);
      window?.setBounds(to.bounds);
      // Without a window manager nobody tells that a window was moved.
      window?.emit('move');
    },
    { page, bounds },
  );

/** Where the customer's window begins, and whether it fills its display. */
const place = (till: Till): Promise<string> =>
  electronOf(till).evaluate(({ BrowserWindow }) => {
    const window = BrowserWindow.getAllWindows().find((one) => one.webContents.getURL().includes('customer'));
    return `${window?.getBounds().x} ${window?.isFullScreen() === true ? 'filled' : 'window'}`;
  });

test('the customer’s window takes a display that is plugged in while selling, leaves it with the plug, and is back where a person put it', async ({ till }) => {
  await plug(till, [till1]);
  await move(till, 'cashier', { x: 0, y: 0, width: 600, height: 600 });
  await move(till, 'customer', { x: 50, y: 50, width: 300, height: 200 });
  await signIn(till.cashier);
  await scan(till.cashier, demo.bun.code);
  await plug(till, [till1, pole]);
  await expect.poll(() => place(till)).toBe('640 filled');
  await expect(till.customer.getByTestId('customer-total')).toContainText('3,20');
  // The cashier goes on as if nothing had happened.
  await scan(till.cashier, demo.coffee.code);
  await expect(till.cashier.getByTestId('line-2')).toBeVisible();

  await plug(till, [till1]);
  await expect.poll(() => place(till)).toMatch(/^\d{1,2} window$/);
  await plug(till, [till1, pole, wall]);
  await expect.poll(() => place(till)).toBe('640 filled');

  // A move while the window is still on its way is the system's; a person tries again.
  await expect(async () => {
    await move(till, 'customer', { x: 1000, y: 20, width: 200, height: 200 });
    await expect.poll(() => place(till), { timeout: 1_500 }).toBe('960 filled');
  }).toPass({ timeout: 10_000 });
  await plug(till, [till1, pole]);
  await expect.poll(() => place(till)).toBe('640 filled');
  await plug(till, [till1, pole, wall]);
  await expect.poll(() => place(till)).toBe('960 filled');

  await till.crash();
  await plug(till, [till1, pole, wall]);
  await move(till, 'cashier', { x: 0, y: 0, width: 600, height: 600 });
  await expect.poll(() => place(till)).toBe('960 filled');
});
