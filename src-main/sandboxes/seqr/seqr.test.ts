import { mkdtempSync, rmSync } from 'node:fs';
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
  expect(await codeOf('sendInvoice', asTerminal() + invoice())).toBe(0);
  const acts: Readonly<Record<string, () => Promise<unknown>>> = {
    ISSUED: () => Promise.resolve(),
    PAYING: () => phone('confirm'),
    PAID: () => phone('approve'),
    CANCELED: () => phone('decline'),
    FAILED: () => phone('approve', { money: 'refused' }),
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
    ['ISSUED', 'getPaymentStatus', 0], ['PAYING', 'getPaymentStatus', 0], ['PAID', 'getPaymentStatus', 0], ['CANCELED', 'getPaymentStatus', 0], ['FAILED', 'getPaymentStatus', 0],
  ];
  test.each(table)('%s: %s is answered with %i', async (wanted, operation, code) => {
    const reference = `<invoiceReference>${await invoiceIn(wanted)}</invoiceReference>`;
    const rest = operation === 'updateInvoice' ? reference + invoice('8.00') : operation === 'getPaymentStatus' ? `${reference}<invoiceVersion>0</invoiceVersion>` : reference;
    expect(await codeOf(operation, asTerminal() + rest)).toBe(code);
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

  const broken: readonly (readonly [string, () => string])[] = [
    ['XML that is not well formed', () => '<a><b></a>'],
    ['an operation that does not exist', () => envelope('cancelPayment', asTerminal())],
    ['a child in the namespace of the service', () => envelope('unregisterTerminal', asTerminal()).replace('<context>', '<context xmlns="http://external.interfaces.ers.seamless.com/">')],
    ['elements in another order', () => envelope('sendInvoice', asTerminal() + invoice().replace('<title>Shop</title>', '').replace('<cashierId>', '<title>Shop</title><cashierId>'))],
    ['prepareOnly', () => envelope('unregisterTerminal', asTerminal().replace('<channel>', '<prepareOnly>true</prepareOnly><channel>'))],
    ['a timeout of the client', () => envelope('unregisterTerminal', asTerminal().replace('Timeout>0<', 'Timeout>5000<'))],
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
