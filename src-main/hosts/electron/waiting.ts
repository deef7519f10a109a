import { dialog, powerMonitor, powerSaveBlocker, type BrowserWindow } from 'electron';
import type { App } from '../../app/index.ts';

/** Keeps the machine awake while a payment is waited for: a sleeping till asks nobody. */
export function keepAwake(till: App): void {
  let blocker: number | null = null;
  const look = (): void => {
    const waits = till.quitQuestion() !== null;
    if (waits && blocker === null) blocker = powerSaveBlocker.start('prevent-app-suspension');
    if (!waits && blocker !== null) {
      powerSaveBlocker.stop(blocker);
      blocker = null;
    }
  };
  till.subscribe('cashier', (name) => {
    // After the event: the payment that has just ended is then no longer counted.
    if (name === 'payment.changed') setImmediate(look);
  });
  look();
}

/** Asks before the cashier's window is closed over a payment that is waited for. */
export function askBeforeClosing(window: BrowserWindow, till: App): void {
  window.on('close', (event) => {
    const question = till.quitQuestion();
    if (!question) return;
    const answer = dialog.showMessageBoxSync(window, { type: 'warning', title: 'Kassa', message: question.title, detail: question.text, buttons: [question.stay, question.quit], defaultId: 0, cancelId: 0, noLink: true });
    if (answer === 0) event.preventDefault();
  });
}

/** The machine goes down: an orderly end is asked for, as long as the system lets us. */
export function endWithMachine(stop: () => void): void {
  // Electron hands an event over that its types leave out.
  (powerMonitor as NodeJS.EventEmitter).on('shutdown', (event?: { preventDefault(): void }) => {
    event?.preventDefault();
    stop();
  });
}
