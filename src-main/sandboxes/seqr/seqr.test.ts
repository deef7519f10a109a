import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, afterEach, describe, expect, test } from 'vitest';
import type { Sandbox } from '../shared/server.ts';
import { startSeqrSandbox } from './index.ts';

/* The sandbox by raw messages, as a client that nobody of this project wrote would send them. */
const folder = mkdtempSync(join(tmpdir(), 'kassa-seqr-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let sandbox: Sandbox;
let reseller: { readonly id: string; readonly password: string };
let terminalId = '';
const password = 'long enough';

type View = {
  readonly credentials: { readonly reseller: typeof reseller };
  readonly invoices: readonly { readonly reference: string; readonly status: string; readonly version: number }[];
  readonly ledger: readonly { readonly kind: string; readonly amountMinor: number; readonly of?: string }[];
};
const state = async (): Promise<View> => (await (await fetch(`${sandbox.control}/state`)).json()) as View;
const control = async (path: string, body: object): Promise<number> => (await fetch(`${sandbox.control}${path}`, { method: 'POST', body: JSON.stringify(body) })).status;
const phone = (action: string, more: object = {}): Promise<number> => control('/customer', { action, ref: 'STICKER1', ...more });

const envelope = (operation: string, content: string): string =>
  `<?xml version="1.0"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:x="http://external.interfaces.ers.seamless.com/"><s:Body><x:${operation}>${content}</x:${operation}></s:Body></s:Envelope>`;
const context = (type: string, id: string, secret: string, user = ''): string =>
  `<context><channel>WS</channel><clientRequestTimeout>0</clientRequestTimeout><initiatorPrincipalId><id>${id}</id><type>${type}</type>${user}</initiatorPrincipalId><password>${secret}</password></context>`;
const asReseller = (): string => context('RESELLERUSER', reseller.id, reseller.password, '<userId>9900</userId>');
const asTerminal = (): string => context('TERMINALID', terminalId, password);
const amount = (value: string, currency = 'EUR'): string => `<currency>${currency}</currency><value>${value}</value>`;
const invoice = (value = '10.00', rows = `<invoiceRow><itemQuantity>1</itemQuantity><itemTotalAmount>${amount(value)}</itemTotalAmount></invoiceRow>`): string =>
  `<invoice><paymentMode>IMMEDIATE_DEBIT</paymentMode><acknowledgmentMode>NO_ACKNOWLEDGMENT</acknowledgmentMode><issueDate>2026-11-21T10:00:00</issueDate><title>Shop</title><clientInvoiceId>1</clientInvoiceId><invoiceRows>${rows}</invoiceRows><totalAmount>${amount(value)}</totalAmount><cashierId>7</cashierId></invoice>`;

async function send(body: string): Promise<{ readonly status: number; readonly text: string }> {
  const answer = await fetch(sandbox.baseUrl, { method: 'POST', headers: { 'Content-Type': 'text/xml; charset=utf-8', SOAPAction: '""' }, body });
  expect(answer.headers.get('x-kassa-sandbox')).toBe('1');
  return { status: answer.status, text: await answer.text() };
}
const field = (text: string, name: string): string | null => new RegExp(`<${name}>([^<]*)</${name}>`).exec(text)?.[1] ?? null;
const codeOf = async (operation: string, content: string): Promise<number> => Number(field((await send(envelope(operation, content))).text, 'resultCode'));
const invoiceReference = async (): Promise<string> => (await state()).invoices.at(-1)?.reference ?? '';
const poll = async (reference: string, version = 0): Promise<string> => (await send(envelope('getPaymentStatus', `${asTerminal()}<invoiceReference>${reference}</invoiceReference><invoiceVersion>${version}</invoiceVersion>`))).text;

/** Brings the terminal's invoice to a state and answers its reference. */
async function invoiceIn(wanted: string): Promise<string> {
  const modes: Readonly<Record<string, readonly [string, string]>> = { PENDING: ['NO_ACKNOWLEDGMENT', 'REQUIRE_ACKNOWLEDGMENT'], RESERVED: ['IMMEDIATE_DEBIT', 'RESERVATION_REQUIRED_PRELIMINARY_AMOUNT'] };
  const [from, to] = modes[wanted] ?? ['', ''];
  expect(await codeOf('sendInvoice', asTerminal() + invoice().replace(from, to))).toBe(0);
  const acts: Readonly<Record<string, () => Promise<unknown>>> = {
    ISSUED: () => Promise.resolve(),
    PAYING: () => phone('confirm'),
    PAID: () => phone('approve'),
    CANCELED: () => phone('decline'),
    FAILED: () => phone('approve', { money: 'refused' }),
    PENDING: () => phone('scan'),
    RESERVED: () => phone('approve'),
  };
  await acts[wanted]?.();
  return invoiceReference();
}

beforeEach(async () => {
  sandbox = await startSeqrSandbox();
  reseller = (await state()).credentials.reseller;
  const registered = await send(envelope('registerTerminal', `${asReseller()}<externalTerminalId>till 1</externalTerminalId><password>${password}</password><name>Shop</name>`));
  terminalId = field(registered.text, 'terminalId') ?? '';
  expect(await codeOf('assignSeqrId', `${asTerminal()}<seqrId>STICKER1</seqrId>`)).toBe(0);
});
afterEach(() => sandbox.close());

describe('what the service answers in each state', () => {
  const table: readonly (readonly [string, string, number])[] = [
    ['ISSUED', 'cancelInvoice', 0], ['PAYING', 'cancelInvoice', 51], ['PAID', 'cancelInvoice', 50], ['CANCELED', 'cancelInvoice', 95],
    ['ISSUED', 'updateInvoice', 0], ['PAYING', 'updateInvoice', 48], ['PAID', 'updateInvoice', 90], ['CANCELED', 'updateInvoice', 90], ['FAILED', 'updateInvoice', 90],
    ['ISSUED', 'commitReservation', 96], ['PAID', 'commitReservation', 96],
    ['PENDING', 'cancelInvoice', 0], ['PENDING', 'updateInvoice', 0], ['PENDING', 'commitReservation', 96], ['PENDING', 'getPaymentStatus', 0],
    ['RESERVED', 'updateInvoice', 0], ['RESERVED', 'commitReservation', 0], ['RESERVED', 'getPaymentStatus', 0],
    ['ISSUED', 'getPaymentStatus', 0], ['PAYING', 'getPaymentStatus', 0], ['PAID', 'getPaymentStatus', 0], ['CANCELED', 'getPaymentStatus', 0], ['FAILED', 'getPaymentStatus', 0],
  ];
  test.each(table)('%s: %s is answered with %i', async (wanted, operation, code) => {
    const reference = `<invoiceReference>${await invoiceIn(wanted)}</invoiceReference>`;
    const rest = operation === 'updateInvoice' ? reference + invoice('8.00') : operation === 'getPaymentStatus' ? `${reference}<invoiceVersion>0</invoiceVersion>` : reference;
    expect(await codeOf(operation, asTerminal() + rest)).toBe(code);
  });

  test('a loyalty card holds the payment until the shop has looked at it', async () => {
    const token = (status: number): string => `<tokens><description>Card</description><id>LOYAL</id><status>${status}</status><value>42</value></tokens>`;
    const asks = invoice().replace('NO_ACK', 'OPTIONAL_ACK');
    expect(await codeOf('sendInvoice', asTerminal() + asks + token(1))).toBe(0);
    const reference = await invoiceReference();
    expect(await poll(reference)).toContain('<id>LOYAL</id><status>1</status>');
    await phone('scan');
    expect(field(await poll(reference), 'status')).toBe('ISSUED');
    await phone('add-token', { id: 'APP' });
    await phone('scan');
    expect(field(await poll(reference), 'status')).toBe('PENDING_ISSUER_ACKNOWLEDGE');
    const update = `<invoiceReference>${reference}</invoiceReference>${invoice('9.00')}<tokens><description>Card</description><id>APP</id><status>1</status><value>1</value></tokens>`;
    expect(await codeOf('updateInvoice', asTerminal() + update)).toBe(0);
    expect(field(await poll(reference), 'status')).toBe('ISSUED');
    expect(await codeOf('sendInvoice', asTerminal() + asks + token(5))).toBe(49);
  });

  test('a reservation moves money only when it is committed, up to its amount', async () => {
    const reference = await invoiceIn('RESERVED');
    expect((await state()).ledger).toEqual([]);
    const commit = (value: string): Promise<number> => codeOf('commitReservation', `${asTerminal()}<amount>${amount(value)}</amount><invoiceReference>${reference}</invoiceReference>`);
    expect([await commit('10.01'), await commit('7.50'), await commit('7.50')]).toEqual([49, 0, 96]);
    expect((await state()).ledger.map((one) => one.amountMinor)).toEqual([750]);
  });

  test('a newer invoice ends the one before, unless its customer is paying', async () => {
    const first = await invoiceIn('ISSUED');
    await invoiceIn('ISSUED');
    expect(field(await poll(first), 'status')).toBe('CANCELED');
    await phone('confirm');
    expect(await codeOf('sendInvoice', asTerminal() + invoice())).toBe(48);
  });

  test('the version rises with the state, and PAID brings its reference and receipt', async () => {
    const reference = await invoiceIn('PAID');
    const text = await poll(reference, 0);
    expect([field(text, 'status'), field(text, 'version')]).toEqual(['PAID', '1']);
    expect(field(text, 'ersReference')).toMatch(/^\d{25}$/);
    expect(text.indexOf('<status>')).toBeLessThan(text.indexOf('<receipt>'));
  });

  test('a payment that nobody asked about for 20 s goes back and leaves the ledger', async () => {
    const reference = await invoiceIn('PAID');
    expect((await state()).ledger).toHaveLength(1);
    await control('/clock', { advanceMs: 20_000 });
    expect((await state()).ledger).toEqual([]);
    expect(field(await poll(reference), 'status')).toBe('CANCELED');
  });

  test('an answer that never arrived settles nothing: the payment goes back, and is told as such', async () => {
    const reference = await invoiceIn('PAID');
    await control('/faults', { kind: 'drop-answer', match: 'getPaymentStatus' });
    await expect(poll(reference)).rejects.toThrow();
    await control('/clock', { advanceMs: 20_000 });
    expect((await state()).ledger).toEqual([]);
    const unknown = await poll('00000000000000000');
    expect([field(unknown, 'resultCode'), field(unknown, 'version')]).toEqual(['54', '0']);
  });

  test('refunds name what they refund and never exceed it', async () => {
    const ers = field(await poll(await invoiceIn('PAID')), 'ersReference') ?? '';
    const refund = (value: string): Promise<number> => codeOf('refundPayment', `${asTerminal()}<ersReference>${ers}</ersReference><invoice><totalAmount>${amount(value)}</totalAmount></invoice>`);
    expect([await refund('10.01'), await refund('0.00'), await refund('6.00'), await refund('4.01'), await refund('4.00')]).toEqual([98, 11, 0, 98, 0]);
    expect((await state()).ledger.filter((one) => one.kind === 'refunded').map((one) => [one.amountMinor, one.of])).toEqual([[600, ers], [400, ers]]);
  });
});

describe('what it refuses', () => {
  test('who calls is checked in the order of the documentation', async () => {
    expect(await codeOf('sendInvoice', asReseller() + invoice())).toBe(91);
    expect(await codeOf('sendInvoice', context('TERMINALID', 'nobody', password) + invoice())).toBe(29);
    expect(await codeOf('sendInvoice', context('TERMINALID', terminalId, 'wrong') + invoice())).toBe(20);
    expect(await codeOf('registerTerminal', `${context('RESELLERUSER', 'nobody', 'x', '<userId>9900</userId>')}<externalTerminalId>a</externalTerminalId><password>b</password><name>c</name>`)).toBe(37);
    const short = await send(envelope('registerTerminal', `${asReseller()}<externalTerminalId>a</externalTerminalId><password>abc</password><name>c</name>`));
    expect(await codeOf('unregisterTerminal', context('TERMINALID', field(short.text, 'terminalId') ?? '', 'abc'))).toBe(21);
    expect(await codeOf('assignSeqrId', `${asTerminal()}<seqrId>no way</seqrId>`)).toBe(53);
  });

  test('an invoice has to add up, be above zero and carry what is required', async () => {
    expect(await codeOf('sendInvoice', asTerminal() + invoice('10.00', `<invoiceRow><itemQuantity>1</itemQuantity><itemTotalAmount>${amount('9.99')}</itemTotalAmount></invoiceRow>`))).toBe(49);
    expect(await codeOf('sendInvoice', asTerminal() + invoice('10.00', `<invoiceRow><itemQuantity>0.5</itemQuantity><itemTotalAmount>${amount('10.00')}</itemTotalAmount></invoiceRow>`))).toBe(49);
    expect(await codeOf('sendInvoice', asTerminal() + invoice('-1.00'))).toBe(11);
    expect(await codeOf('sendInvoice', asTerminal() + invoice().replace('<title>Shop</title>', ''))).toBe(49);
  });

  test('a notification address begins with http, a shop’s currency is its own, and a shop without the right refunds nothing', async () => {
    expect(await codeOf('sendInvoice', asTerminal() + invoice().replace('</invoice>', '<notificationUrl>ftp://shop</notificationUrl></invoice>'))).toBe(64);
    expect(await codeOf('sendInvoice', asTerminal() + invoice().replace('2026-11-21T10:00:00', 'today'))).toBe(49);
    expect(await control('/options', { reseller: { currency: 'SEK', mayRefund: false } })).toBe(200);
    expect(await codeOf('sendInvoice', asTerminal() + invoice())).toBe(49);
    await control('/options', { reseller: { currency: null } });
    const ers = field(await poll(await invoiceIn('PAID')), 'ersReference') ?? '';
    expect(await codeOf('refundPayment', `${asTerminal()}<ersReference>${ers}</ersReference><invoice><totalAmount>${amount('1.00')}</totalAmount></invoice>`)).toBe(97);
    expect(await control('/options', { resellers: {} })).toBe(400);
  });

  const broken: readonly (readonly [string, () => string])[] = [
    ['XML that is not well formed', () => '<a><b></a>'],
    ['an operation that does not exist', () => envelope('cancelPayment', asTerminal())],
    ['a child in the namespace of the service', () => envelope('unregisterTerminal', asTerminal()).replace('<context>', '<context xmlns="http://external.interfaces.ers.seamless.com/">')],
    ['elements in another order', () => envelope('sendInvoice', asTerminal() + invoice().replace('<title>Shop</title>', '').replace('<cashierId>', '<title>Shop</title><cashierId>'))],
    ['prepareOnly', () => envelope('unregisterTerminal', asTerminal().replace('<channel>', '<prepareOnly>true</prepareOnly><channel>'))],
    ['a timeout of the client', () => envelope('unregisterTerminal', asTerminal().replace('Timeout>0<', 'Timeout>5000<'))],
    ['a reference of ours that is too long', () => envelope('unregisterTerminal', asTerminal().replace('<clientRequest', `<clientReference>${'x'.repeat(33)}</clientReference><clientRequest`))],
    ['no context', () => envelope('unregisterTerminal', '')],
  ];
  test.each(broken)('%s is the client’s fault', async (_what, body) => {
    const { status, text } = await send(body());
    expect(status).toBe(500);
    expect(field(text, 'faultcode')).toBe('soap:Client');
  });
});

describe('what it can be told to do wrong', () => {
  test('a dropped request was never carried out, a dropped answer was', async () => {
    await control('/faults', { kind: 'drop-request', match: 'sendInvoice' });
    await expect(send(envelope('sendInvoice', asTerminal() + invoice()))).rejects.toThrow();
    expect((await state()).invoices).toHaveLength(0);
    await control('/faults', { kind: 'drop-answer', match: 'sendInvoice' });
    await expect(send(envelope('sendInvoice', asTerminal() + invoice()))).rejects.toThrow();
    expect((await state()).invoices).toHaveLength(1);
  });

  test('a status, garbage, a result code, a fault, for as many times as asked', async () => {
    await control('/faults', { kind: 'status', value: 503, times: 2 });
    expect([(await send(envelope('benchmarkingNop', ''))).status, (await send(envelope('benchmarkingNop', ''))).status, (await send(envelope('benchmarkingNop', ''))).status]).toEqual([503, 503, 200]);
    await control('/faults', { kind: 'garbage' });
    expect((await send(envelope('benchmarkingNop', ''))).text).not.toContain('</');
    await control('/faults', { kind: 'result-code', value: 93, match: 'sendInvoice' });
    expect(await codeOf('sendInvoice', asTerminal() + invoice())).toBe(93);
    await control('/faults', { kind: 'soap-fault' });
    expect((await send(envelope('benchmarkingNop', ''))).status).toBe(500);
    expect(await control('/faults', { kind: 'nonsense' })).toBe(400);
  });

  test('delayed and doubled requests, and a restart between a request and its answer', async () => {
    await control('/faults', { kind: 'delay', match: 'sendInvoice', value: 300 });
    const startedMs = Date.now();
    const reference = await invoiceIn('ISSUED');
    expect(Date.now() - startedMs).toBeGreaterThanOrEqual(295);
    expect(field(await poll(reference), 'status')).toBe('ISSUED');
    await control('/faults', { kind: 'duplicate', match: 'sendInvoice' });
    await invoiceIn('ISSUED');
    expect((await state()).invoices.slice(-2).map((one) => one.status)).toEqual(['CANCELED', 'ISSUED']);
    await control('/faults', { kind: 'restart', match: 'sendInvoice' });
    await expect(send(envelope('sendInvoice', asTerminal() + invoice()))).rejects.toThrow();
    expect((await state()).invoices.at(-1)?.status).toBe('ISSUED');
  });

  test('a payment that wants its version back is settled by the echo only, and by nothing twice', async () => {
    await control('/options', { options: { needsVersionEcho: true, reversedStatus: 'FAILED' } });
    const lost = await invoiceIn('PAID');
    await poll(lost, 0);
    await control('/clock', { advanceMs: 20_000 });
    expect(field(await poll(lost, 0), 'status')).toBe('FAILED');
    const kept = await invoiceIn('PAID');
    const ers = field(await poll(kept, 0), 'ersReference') ?? '';
    expect(await codeOf('refundPayment', `${asTerminal()}<ersReference>${ers}</ersReference><invoice><totalAmount>${amount('4.00')}</totalAmount></invoice>`)).toBe(0);
    await control('/clock', { advanceMs: 60_000 });
    expect((await state()).ledger.map((one) => [one.kind, one.amountMinor])).toEqual([['captured', 1000], ['refunded', 400]]);
  });

  test('a customer who pays late does so by the clock', async () => {
    const reference = await invoiceIn('ISSUED');
    await phone('pay-late', { afterMs: 40_000 });
    await control('/clock', { advanceMs: 39_000 });
    expect(field(await poll(reference), 'status')).toBe('ISSUED');
    await control('/clock', { advanceMs: 1_500 });
    expect(field(await poll(reference), 'status')).toBe('PAID');
  });

  test('a seed gives credentials and terminals, a reset keeps them, a payment survives in the file', async () => {
    const stateFile = join(folder, 'seeded.json');
    const seed = { reseller: { id: 'shop-7', userId: '9900', password: 'made up' }, terminals: [{ id: 'till-7', password, externalId: 'till 7', name: 'Shop', seqrId: 'STICKER7' }] };
    await expect(startSeqrSandbox({ seed: { reseller: { name: 'x' } } })).rejects.toThrow(/reseller/);
    await sandbox.close();
    sandbox = await startSeqrSandbox({ seed, stateFile });
    terminalId = 'till-7';
    expect(await codeOf('sendInvoice', asTerminal() + invoice())).toBe(0);
    await control('/customer', { action: 'approve', ref: 'STICKER7' });
    await poll(await invoiceReference());
    const before = await state();
    expect(before.credentials.reseller).toMatchObject({ id: 'shop-7' });
    await sandbox.close();
    sandbox = await startSeqrSandbox({ stateFile });
    expect((await state()).ledger).toEqual(before.ledger);
    await control('/reset', {});
    expect(await state()).toMatchObject({ ledger: [], credentials: before.credentials });
  });

  test('its state survives in a file, and its requests are told in order', async () => {
    const stateFile = join(folder, 'seqr.json');
    const first = await startSeqrSandbox({ stateFile });
    const before = (await (await fetch(`${first.control}/state`)).json()) as View;
    await first.close();
    const second = await startSeqrSandbox({ stateFile });
    expect(((await (await fetch(`${second.control}/state`)).json()) as View).credentials).toEqual(before.credentials);
    await second.close();
    const requests = (await (await fetch(`${sandbox.control}/requests`)).json()) as { readonly operation: string }[];
    expect(requests.map((one) => one.operation)).toEqual(['registerTerminal', 'assignSeqrId']);
  });

  test('the phone and its stickers are pages', async () => {
    expect(await (await fetch(sandbox.phone)).text()).toContain('data-testid="phone-scan"');
    expect(await (await fetch(`${sandbox.phone}/stickers`)).text()).toContain('<svg');
    expect((await fetch(`${sandbox.phone}/nothing`)).status).toBe(404);
  });
});

const published = join(import.meta.dirname, '../../../../shared/providers/seqr/samples/published');
const hasPublished = existsSync(published);
/** An older interface and a service of another kind: the register never calls them. */
const foreign = /getClientSessionInfo/;

describe.skipIf(!hasPublished)('the published examples, in whatever order they put their elements', () => {
  const requests = hasPublished ? readdirSync(published).filter((file) => file.endsWith('.request.xml') && !foreign.test(file)) : [];
  test.each(requests)('%s is understood when the sandbox is told to be lenient', async (file) => {
    await control('/options', { options: { lenient: true } });
    const { status, text } = await send(readFileSync(join(published, file), 'utf8'));
    expect([status, field(text, 'faultstring')]).toEqual([200, null]);
    expect(Number(field(text, 'resultCode'))).toBeGreaterThan(0);
  });
});

describe('the certification list by raw messages', () => {
  test('SEQR-13.1 SEQR-13.2 SEQR-13.3 SEQR-13.4 SEQR-13.5 SEQR-13.6 SEQR-13.7 SEQR-13.8 SEQR-13.9 from registering to unregistering', async () => {
    const first = await invoiceIn('ISSUED');
    expect(field(await poll(first), 'status')).toBe('ISSUED');
    await phone('scan');
    expect(field(await poll(first), 'status')).toBe('ISSUED');
    const second = await invoiceIn('ISSUED');
    await control('/clock', { advanceMs: 30_000 });
    expect(field(await poll(first), 'status')).toBe('CANCELED');
    await phone('approve');
    const ers = field(await poll(second), 'ersReference') ?? '';
    expect(await codeOf('submitPaymentReceipt', `${asTerminal()}<ersReference>${ers}</ersReference><receiptDocument><mimeType>text/html</mimeType><receiptData></receiptData><receiptType>PAYMENT_RECEIPT</receiptType></receiptDocument>`)).toBe(0);
    const third = await invoiceIn('ISSUED');
    expect(field(await poll(third), 'status')).toBe('ISSUED');
    expect(await codeOf('cancelInvoice', `${asTerminal()}<invoiceReference>${third}</invoiceReference>`)).toBe(0);
    const fourth = field(await poll(await invoiceIn('PAID')), 'ersReference') ?? '';
    expect(await codeOf('refundPayment', `${asTerminal()}<ersReference>${fourth}</ersReference><invoice><totalAmount>${amount('10.00')}</totalAmount></invoice>`)).toBe(0);
    const own = `<entry><key>TERMINALID</key><value>${terminalId}</value></entry>`;
    const marked = (await send(envelope('markTransactionPeriod', `${asReseller()}<parameters><parameter>${own}</parameter></parameters>`))).text;
    expect(field(marked, 'ersReference')).toBeNull();
    const period = field(marked, 'transactionPeriodId') ?? '';
    const report = (entries: string): Promise<number> => codeOf('executeReport', `${asReseller()}<reportId>Reconciliation/STD_RECON_006.xml</reportId><parameters><parameter><entry><key>transactionPeriodId</key><value>${period}</value></entry>${entries}</parameter></parameters>`);
    expect(await report(own)).toBe(2);
    await control('/clock', { advanceMs: 3_000 });
    expect([await report(own), await report(''), await report(own.replace(terminalId, 'another'))]).toEqual([0, 90, 90]);
    expect(await codeOf('unregisterTerminal', asTerminal())).toBe(0);
    expect(await codeOf('unregisterTerminal', asTerminal())).toBe(29);
  });
});
