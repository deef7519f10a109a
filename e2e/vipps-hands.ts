import { expect, type Page } from '@playwright/test';
import { enter } from './hands.ts';
import { exchangesOf } from '../src-main/testing/openapi.ts';
import { hasVippsFiles, openVippsSpecifications } from '../src-main/testing/vipps-specifications.ts';
import type { Till } from './till.ts';

const control = (till: Till): string => till.ready.sandboxes['vipps']?.control ?? '';
const post = (till: Till, path: string, body: object): Promise<Response> => fetch(`${control(till)}${path}`, { method: 'POST', body: JSON.stringify(body) });

/** The Vipps button, the amount as it is filled in, Pay: by the code on the customer's screen. */
export async function startByVipps(page: Page): Promise<void> {
  await page.getByTestId('tender-vipps').click();
  await expect(page.getByTestId('pay-dialog')).toBeVisible();
  await enter(page);
}

/** What the customer does on the phone, as soon as it can be done: `ref` is what the camera read, a number, or `*` for the newest payment. */
export async function onPhone(till: Till, action: string, ref: string): Promise<void> {
  await expect.poll(async () => (await post(till, '/customer', { action, ref })).ok, { timeout: 10_000 }).toBe(true);
}

/** What the provider's sandbox does wrong next. */
export const fault = (till: Till, wrong: object): Promise<Response> => post(till, '/faults', wrong);

export const advance = (till: Till, advanceMs: number): Promise<Response> => post(till, '/clock', { advanceMs });

type Entry = { readonly kind: string; readonly amountMinor: number; readonly reference: string; readonly of?: string };

/** What the provider counts. */
export const ledger = async (till: Till): Promise<readonly Entry[]> => ((await (await fetch(`${control(till)}/state`)).json()) as { readonly ledger: readonly Entry[] }).ledger;

/** Everything that was said on the wire, against the published files; where they are not there the story says so. */
export async function keepsToTheFiles(till: Till): Promise<void> {
  if (!hasVippsFiles) {
    process.stdout.write('  the published files of Vipps are not here: what was said on the wire is not checked against them\n');
    expect(process.env['KASSA_CI']).toBeUndefined();
    return;
  }
  const told = (await (await fetch(`${control(till)}/requests`)).json()) as Parameters<typeof exchangesOf>[0];
  const files = openVippsSpecifications();
  const exchanges = exchangesOf(told);
  expect(exchanges.length).toBeGreaterThan(3);
  expect(exchanges.flatMap((exchange) => files.check(exchange))).toEqual([]);
}
