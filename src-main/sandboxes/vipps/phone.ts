import { phoneDocument } from '../shared/phone-document.ts';
import type { State } from './state.ts';

/** The customer's side of a payment: the codes on screens and the pushes, one of them, yes or no. */
const script = `
const at = (id) => document.querySelector('[data-testid="' + id + '"]');
let ref = '', listed = '';
const words = { CREATED: 'Approve to pay.', AUTHORIZED: 'Paid. Thank you!', ABORTED: 'You have declined.', EXPIRED: 'The time is over.', TERMINATED: 'The shop has cancelled.' };
const money = (one) => (one.amountMinor / 100).toFixed(2) + ' ' + one.currency;
const digits = (text) => { const all = (text || '').replace(/\\D/g, ''); return all.length === 8 ? '47' + all : all; };
async function act(action) {
  const answer = await fetch('/control/customer', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ action, ref }) });
  const told = await answer.json();
  if (told.ok) show(told); else say(told.error);
}
function say(text, state) { at('phone-state').textContent = text; at('phone-state').dataset.state = state || ''; }
function show(told) {
  at('phone-amount').textContent = money(told);
  document.getElementById('shop').textContent = [told.shop, told.description].filter(Boolean).join(' · ');
  const said = told.refused ? 'Your bank refused. Try again, or decline.' : told.confirming && told.status === 'CREATED' ? 'Your bank is asking you to confirm.' : words[told.status];
  say(said || told.status, told.status);
  for (const id of ['phone-confirm', 'phone-decline']) at(id).disabled = told.status !== 'CREATED';
}
function row(one, shop) {
  const button = document.createElement('button');
  button.dataset.ref = one.reference;
  button.setAttribute('aria-pressed', String(one.reference === ref));
  button.append(money(one) + ' · ' + shop);
  const small = document.createElement('small');
  small.textContent = (one.userFlow === 'PUSH_MESSAGE' ? 'Sent to ' + one.phoneNumber : 'A code on a screen') + ' · ' + one.reference;
  button.append(small);
  button.onclick = () => { ref = one.reference; listed = ''; act('scan'); look(); };
  return button;
}
async function look() {
  const { payments, units } = await (await fetch('/control/state')).json();
  const shopOf = (one) => (units.find((unit) => unit.msn === one.msn) || {}).name || '';
  const number = digits(at('phone-number').value);
  const waiting = payments.filter((one) => one.state === 'CREATED' && (one.userFlow === 'PUSH_MESSAGE' ? !number || digits(one.phoneNumber) === number : one.onScreen));
  const now = ref + ' ' + waiting.map((one) => one.reference).join(' ');
  if (now !== listed) at('phone-list').replaceChildren(...waiting.map((one) => row(one, shopOf(one))));
  listed = now;
  const mine = payments.findLast((one) => one.reference === ref);
  if (mine) show({ ...mine, status: mine.state, shop: shopOf(mine), confirming: mine.authorizing || mine.unknownUntilMs !== null, refused: mine.state === 'CREATED' && mine.events.at(-1).success === false });
  else say(waiting.length ? 'Choose what to pay.' : 'Nothing is waiting for you.');
}
at('phone-confirm').onclick = () => act('approve');
at('phone-decline').onclick = () => act('decline');
setInterval(look, 1000); look();`;

const page = phoneDocument(
  'The customer’s phone',
  `<main><h1>The customer’s phone</h1>
<input data-testid="phone-number" aria-label="Number of this phone" placeholder="Number of this phone" inputmode="tel" autocomplete="off">
<div class="list" data-testid="phone-list" aria-label="Codes on screens and pushes"></div>
<p id="shop"></p><p class="amount" data-testid="phone-amount">–</p>
<button class="go" data-testid="phone-confirm" disabled>Approve</button>
<button data-testid="phone-decline" disabled>Decline</button>
<p class="state" role="status" data-testid="phone-state">Nothing is waiting for you.</p></main><script>${script}</script>`,
);

/** Pages below `/phone`. */
export const phonePage = (_state: State, path: string): Promise<{ readonly type: string; readonly body: string } | null> => Promise.resolve(path === '/' ? page : null);
