import QRCode from 'qrcode';
import bwipjs from 'bwip-js/node';
import { phoneDocument as page } from '../shared/phone-document.ts';
import type { State } from './state.ts';

/** A dozen stickers of the sandbox's own range. */
export const stickers: readonly string[] = Array.from({ length: 12 }, (_, index) => `0099${String(27_501 + index).padStart(8, '0')}`);

/** The customer's side of a payment: what is scanned, what is paid, a PIN, yes or no. */
const script = `
const at = (id) => document.querySelector('[data-testid="' + id + '"]');
let ref = '';
const words = { ISSUED: 'Type your PIN to pay.', PENDING_ISSUER_ACKNOWLEDGE: 'One moment, the shop is looking at your card.', PAID: 'Paid. Thank you!', CANCELED: 'This payment was cancelled.', FAILED: 'Your bank refused the payment.', RESERVED: 'Reserved.' };
async function act(action, more) {
  const answer = await fetch('/control/customer', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ action, ref: ref || at('phone-seqr-id').value, ...more }) });
  const told = await answer.json();
  if (told.ok) show(told); else say(told.error);
}
function say(text, state) { at('phone-state').textContent = text; at('phone-state').dataset.state = state || ''; }
function show(told) {
  ref = told.ref;
  at('phone-amount').textContent = (told.amountMinor / 100).toFixed(2) + ' ' + told.currency;
  document.getElementById('title').textContent = told.till && told.till !== told.title ? told.title + ' · ' + told.till : told.title;
  say(words[told.status] || told.status, told.status);
  const open = told.status === 'ISSUED';
  for (const id of ['phone-confirm', 'phone-decline', 'phone-pin']) at(id).disabled = !open;
}
async function look() {
  const { invoices, terminals } = await (await fetch('/control/state')).json();
  const known = terminals.filter((one) => one.seqrId && !one.gone);
  document.getElementById('tills').replaceChildren(...known.map((one) => new Option(one.name, one.seqrId)));
  const found = known[0];
  if (!at('phone-seqr-id').value && found) at('phone-seqr-id').value = found.seqrId;
  const mine = invoices.find((one) => one.reference === ref);
  if (mine) show({ ...mine, ref: mine.reference, till: (terminals.find((one) => one.id === mine.terminalId) || {}).name });
}
at('phone-scan').onclick = () => { ref = ''; act('scan'); };
at('phone-pin').onfocus = () => act('confirm');
at('phone-confirm').onclick = () => { if (/^\\d{4}$/.test(at('phone-pin').value)) { act('approve'); at('phone-pin').value = ''; } else say('A PIN has four digits.'); };
at('phone-decline').onclick = () => act('decline');
setInterval(look, 1000); look();`;

const phone = (): { readonly type: string; readonly body: string } =>
  page(
    'The customer’s phone',
    `<main><h1>The customer’s phone</h1>
<input data-testid="phone-seqr-id" aria-label="SEQR ID" placeholder="SEQR ID on the sticker" list="tills"><datalist id="tills"></datalist>
<button class="go" data-testid="phone-scan">Scan the sticker</button>
<p id="title"></p><p class="amount" data-testid="phone-amount">–</p>
<input data-testid="phone-pin" aria-label="PIN" placeholder="PIN, four digits" inputmode="numeric" maxlength="4" type="password" autocomplete="off" disabled>
<button class="go" data-testid="phone-confirm" disabled>Pay</button>
<button data-testid="phone-decline" disabled>Decline</button>
<p class="state" role="status" data-testid="phone-state">Scan the sticker at the till.</p>
<a href="/phone/stickers">Stickers to print</a></main><script>${script}</script>`,
  );

async function sticker(id: string): Promise<string> {
  // All capitals, error level M, quiet zone 2: as the print guidelines want it (SEQR, section 9).
  const qr = await QRCode.toString(`HTTP://SEQR.SE/Q${id}`, { type: 'svg', errorCorrectionLevel: 'M', margin: 2 });
  const bars = bwipjs.toSVG({ bcid: 'code128', text: id, includetext: true, height: 10, scale: 2 });
  return `<div class="sticker">${qr}${bars}</div>`;
}

/** Pages below `/phone`. */
export async function phonePage(_state: State, path: string): Promise<{ readonly type: string; readonly body: string } | null> {
  if (path === '/') return phone();
  if (path !== '/stickers') return null;
  const all = await Promise.all(stickers.map(sticker));
  return page('Stickers', `<main class="stickers">${all.join('')}</main>`);
}
