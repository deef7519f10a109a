import { expect, type Page } from '@playwright/test';
import { enter, scan, signIn, type } from './hands.ts';
import type { Till } from './till.ts';

export const sticker = '009900027501';

/** The admin registers the till; the cashier gives it its number by scanning the sticker. */
export async function register(page: Page): Promise<void> {
  await page.getByTestId('person-3').click();
  await signIn(page, '3333');
  await page.evaluate(() => {
    location.hash = '#/admin/providers';
  });
  await page.getByTestId('terminal-register').click();
  await page.getByTestId('dialog-ok').click();
  await expect(page.getByTestId('terminal-action')).toBeHidden();
  await page.getByTestId('terminal-assign').click();
  await expect(page.getByTestId('ask-seqrId')).toBeFocused();
  await scan(page, sticker);
  await expect(page.getByTestId('ask-seqrId')).toHaveValue(sticker);
  await enter(page);
  await expect(page.getByTestId('provider-seqr').getByTestId('terminal-number')).toHaveText(sticker);
  await page.evaluate(() => {
    location.hash = '#/sale';
  });
  await expect(page.getByTestId('search')).toBeVisible();
}

/** The SEQR button, the amount as it is filled in or typed, Pay. */
export async function startBySeqr(page: Page, amount?: string): Promise<void> {
  await page.getByTestId('tender-seqr').click();
  await expect(page.getByTestId('pay-amount')).toBeFocused();
  if (amount !== undefined) await type(page, amount);
  await enter(page);
}

const control = (till: Till): string => till.ready.sandboxes['seqr']?.control ?? '';
const post = (till: Till, path: string, body: object): Promise<Response> => fetch(`${control(till)}${path}`, { method: 'POST', body: JSON.stringify(body) });

/** What the provider's sandbox does wrong next: with one operation, or with whatever is asked (null). */
export const fault = (till: Till, kind: string, match: string | null, more: object = {}): Promise<Response> => post(till, '/faults', { kind, ...(match === null ? {} : { match }), ...more });

/** The provider's sandbox does everything right again. */
export const noFaults = (till: Till): Promise<Response> => fetch(`${control(till)}/faults`, { method: 'DELETE' });

/** The customer approves as soon as there is something to approve. */
export async function approveWhenItComes(till: Till): Promise<void> {
  await expect.poll(async () => (await post(till, '/customer', { action: 'approve', ref: sticker })).ok, { timeout: 10_000 }).toBe(true);
}

/** What the provider counts. */
export async function ledger(till: Till): Promise<readonly { readonly kind: string; readonly amountMinor: number; readonly reference: string; readonly of?: string }[]> {
  const state = (await (await fetch(`${control(till)}/state`)).json()) as { readonly ledger: readonly { readonly kind: string; readonly amountMinor: number; readonly reference: string; readonly of?: string }[] };
  return state.ledger;
}
