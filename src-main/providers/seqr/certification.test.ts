import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import { createHttp } from '../../adapters/http.ts';
import { minor } from '../../core/money.ts';
import type { PaymentOrder } from '../../core/payments/order.ts';
import type { PaymentProvider, ProviderAnswer, ProviderLink, Settings } from '../../core/payments/provider.ts';
import type { Http } from '../../core/ports/http.ts';
import { readRequest } from '../../sandboxes/seqr/schema.ts';
import { startSeqrSandbox } from '../../sandboxes/seqr/index.ts';
import type { Sandbox } from '../../sandboxes/shared/server.ts';
import { readEnvelope, type XmlTree } from '../shared/soap.ts';
import { returnedOf } from './answers.ts';
import { createClient, type Client } from './client.ts';
import { createSeqr } from './index.ts';
import { resellerOf, terminalOf } from './wire.ts';

/*
 * The service's own certification list (SEQR, section 13) by the adapter against the sandbox, over real HTTP. What went
 * over the wire is kept and checked against the published schema where it lies beside the project.
 */
const reference = join(import.meta.dirname, '../../../../shared/providers/seqr');
const hasReference = existsSync(reference);
const messages: { readonly kind: 'request' | 'answer'; readonly xml: string }[] = [];

let sandbox: Sandbox;
let seqr: PaymentProvider;
let call: Client;
let account: ProviderLink['account'];
let terminal: ProviderLink['terminal'] = null;

const recording = (http: Http): Http => ({
  async send(request) {
    messages.push({ kind: 'request', xml: request.body ?? '' });
    const answer = await http.send(request);
    if (answer.ok) messages.push({ kind: 'answer', xml: answer.body });
    return answer;
  },
});

const link = (): ProviderLink => ({ account, terminal, register: { number: 4, name: 'Till 4' }, shopName: 'Hörnbutiken & Söner', currency: 'SEK' });
let orders = 0;
function order(amount = 4990): PaymentOrder {
  orders += 1;
  const rows = [
    { text: 'Kaffe <mörkrost>', quantityMilli: 2000, amountMinor: minor(amount + 1000), code: '2900000000018', vatRateBasisPoints: 1200 },
    { text: 'Already paid', quantityMilli: 1000, amountMinor: minor(-1000), code: '', vatRateBasisPoints: 0 },
  ];
  return { reference: `cert-${orders}`, amountMinor: minor(amount), currency: 'SEK', cashier: 'Åsa', title: 'Hörnbutiken', rows, at: '2026-11-21T10:00:00.000Z' };
}
const phone = (action: string, more: object = {}): Promise<Response> =>
  fetch(`${sandbox.control}/customer`, { method: 'POST', body: JSON.stringify({ action, ref: 'CERT1', ...more }) });
const advance = (advanceMs: number): Promise<Response> => fetch(`${sandbox.control}/clock`, { method: 'POST', body: JSON.stringify({ advanceMs }) });
const invoices = async (): Promise<readonly { readonly status: string }[]> => ((await (await fetch(`${sandbox.control}/state`)).json()) as { invoices: { status: string }[] }).invoices;
function dataOf(answer: ProviderAnswer): Settings {
  if (answer.kind !== 'waiting') throw new Error(`waiting was awaited: ${JSON.stringify(answer)}`);
  return answer.data;
}
async function paid(amount?: number): Promise<{ readonly asked: PaymentOrder; readonly answer: Extract<ProviderAnswer, { kind: 'paid' }> }> {
  const asked = order(amount);
  const data = dataOf(await seqr.start(link(), asked));
  await phone('approve');
  const answer = await seqr.poll(link(), asked, data);
  if (answer.kind !== 'paid') throw new Error(`paid was awaited: ${JSON.stringify(answer)}`);
  return { asked, answer };
}
async function asReseller(operation: string, content: XmlTree = {}): Promise<number> {
  const called = await call(link(), resellerOf(link()), operation, content);
  return called.ok ? called.returned.code : -1;
}

beforeAll(async () => {
  sandbox = await startSeqrSandbox();
  const world = { http: recording(createHttp(() => true)), nowMs: () => Date.now(), monotonicMs: () => Date.now(), randomHex: (bytes: number) => randomBytes(bytes).toString('hex'), program: 'Kassa test' };
  seqr = createSeqr(world);
  call = createClient(world);
  const { credentials } = (await (await fetch(`${sandbox.control}/state`)).json()) as { credentials: { reseller: { id: string; password: string } } };
  account = { id: 'a', settings: { baseUrl: sandbox.baseUrl, resellerId: credentials.reseller.id, userId: '' }, secrets: { resellerPassword: credentials.reseller.password } };
});
afterAll(() => sandbox.close());

describe('certification', () => {
  test('SEQR-13.1 registers the terminal as the reseller, with a password of its own', async () => {
    expect(await seqr.test(link())).toBeNull();
    const registered = await seqr.terminalAction(link(), 'register', { name: 'Kassa 4' });
    if (!registered.ok || !registered.terminal) throw new Error('not registered');
    terminal = { id: 't', ...registered.terminal };
    expect(terminal.settings['terminalId']).toMatch(/^[0-9a-f]{32}$/);
    expect(terminal.secrets['password']?.length).toBeGreaterThanOrEqual(38);
  });

  test('SEQR-13.2 assigns the SEQR ID under that terminal; clientRequestTimeout is 0', async () => {
    const assigned = await seqr.terminalAction(link(), 'assign', { seqrId: 'http://seqr.se/qCERT1' });
    expect(assigned).toMatchObject({ ok: true, terminal: { externalId: 'CERT1' } });
    expect(messages.at(-2)?.xml).toContain('<clientRequestTimeout>0</clientRequestTimeout>');
    expect(await seqr.terminalAction(link(), 'assign', { seqrId: 'not a number' })).toMatchObject({ ok: false, problem: { providerCode: '53' } });
  });

  test('SEQR-13.3 sends an invoice of several rows whose sum is the total', async () => {
    expect(dataOf(await seqr.start(link(), order()))['invoiceReference']).toMatch(/^\d{17}$/);
    const wrong = { ...order(), amountMinor: minor(1) };
    expect(await seqr.start(link(), wrong)).toMatchObject({ kind: 'refused', problem: { providerCode: '49' } });
  });

  test('SEQR-13.4 polls an unscanned invoice, sends again, and hears after 30 s what became of the first', async () => {
    const first = order();
    const data = dataOf(await seqr.start(link(), first));
    expect((await seqr.poll(link(), first, data)).kind).toBe('waiting');
    await phone('scan');
    expect((await seqr.poll(link(), first, data)).kind).toBe('waiting');
    const second = order();
    const next = dataOf(await seqr.start(link(), second));
    await advance(30_000);
    expect(await seqr.poll(link(), first, data)).toMatchObject({ kind: 'ended', state: 'cancelled' });
    expect((await seqr.poll(link(), second, next)).kind).toBe('waiting');
  });

  test('SEQR-13.5 confirms a payment with the version it saw and a receipt', async () => {
    const { asked, answer } = await paid();
    expect(await seqr.confirm(link(), asked, answer.data)).toBeNull();
    const { receipts } = (await (await fetch(`${sandbox.control}/state`)).json()) as { receipts: { ersReference: string }[] };
    expect(receipts.at(-1)?.ersReference).toBe(answer.reference);
  });

  test('SEQR-13.6 cancels an invoice that nobody has paid', async () => {
    const asked = order();
    const data = dataOf(await seqr.start(link(), asked));
    expect(await seqr.cancel(link(), asked, data)).toMatchObject({ kind: 'ended', state: 'cancelled' });
    expect((await invoices()).at(-1)?.status).toBe('CANCELED');
  });

  test('SEQR-13.7 a paid invoice is refunded in parts until it is used up', async () => {
    const { answer } = await paid(1000);
    const refund = async (value: string): Promise<number> => {
      const called = await call(link(), terminalOf(link()), 'refundPayment', { ersReference: answer.reference, invoice: { totalAmount: { currency: 'SEK', value } } });
      return called.ok ? called.returned.code : -1;
    };
    expect([await refund('4.00'), await refund('6.00'), await refund('0.01')]).toEqual([0, 0, 98]);
  });

  test('SEQR-13.8 marks the period of the till, and its reports come after three seconds', async () => {
    const called = await call(link(), resellerOf(link()), 'markTransactionPeriod', { parameters: { parameter: { entry: { key: 'TERMINALID', value: terminal?.settings['terminalId'] } } } });
    const period = called.ok ? called.returned.node['transactionPeriodId'] : null;
    expect(period).toMatch(/^\d{25}$/);
    const report = (reportId: string): Promise<number> => asReseller('executeReport', { reportId, parameters: { parameter: { entry: [{ key: 'transactionPeriodId', value: String(period) }, { key: 'TERMINALID', value: String(terminal?.settings['terminalId']) }] } } });
    expect(await report('Reconciliation/STD_RECON_007.xml')).toBe(2);
    await advance(3_000);
    for (const name of ['Shop', 'STD_RECON_002', 'STD_RECON_003', 'STD_RECON_004', 'STD_RECON_006', 'STD_RECON_007']) expect(await report(`Reconciliation/${name}.xml`)).toBe(0);
  });

  test('money that no poll saw for 20 s goes back, and a settled payment stays', async () => {
    const asked = order();
    const data = dataOf(await seqr.start(link(), asked));
    await phone('approve');
    await advance(20_000);
    expect(await seqr.poll(link(), asked, data)).toMatchObject({ kind: 'ended', state: 'cancelled' });
    const settled = await paid();
    await advance(60_000);
    expect((await seqr.poll(link(), settled.asked, settled.answer.data)).kind).toBe('paid');
  });

  test('a wrong password, an unknown terminal and a dead service are told apart', async () => {
    const before = account;
    account = { ...before, secrets: { resellerPassword: 'wrong' } };
    expect(await seqr.test(link())).toMatchObject({ code: 'unauthorised' });
    const gone = await startSeqrSandbox();
    await gone.close();
    account = { ...before, settings: { ...before.settings, baseUrl: gone.baseUrl } };
    expect(await seqr.start(link(), order())).toMatchObject({ kind: 'refused', problem: { code: 'unreachable' } });
    account = before;
    const known = terminal;
    terminal = known ? { ...known, settings: { terminalId: 'nobody' } } : null;
    expect(await seqr.start(link(), order())).toMatchObject({ kind: 'refused', problem: { code: 'not-configured' } });
    terminal = known;
  });

  test('SEQR-13.9 unregisters the terminal, and its sticker is free', async () => {
    expect(await seqr.terminalAction(link(), 'unregister', {})).toEqual({ ok: true, terminal: null });
    expect(await seqr.start(link(), order())).toMatchObject({ kind: 'refused' });
  });
});

/** The operation's own element of a message, with the namespaces of the envelope on it. */
function operationOf(xml: string): string | null {
  const body = /<(?:\w+:)?Body>([\s\S]*)<\/(?:\w+:)?Body>/.exec(xml)?.[1]?.trim();
  if (!body || /^<(?:\w+:)?Fault/.test(body)) return null;
  const namespaces = [...(/<(?:\w+:)?Envelope([^>]*)>/.exec(xml)?.[1] ?? '').matchAll(/xmlns:\w+="[^"]*"/g)].map(([text]) => text);
  return body.replace(/^<([\w:]+)([^>]*)>/, (_all, name: string, rest: string) => `<${name}${rest}${namespaces.filter((one) => !rest.includes(one.split('=')[0] ?? one)).map((one) => ` ${one}`).join('')}>`);
}

describe.skipIf(!hasReference)('the published specification', () => {
  test('every request and every answer of the certification is valid against the schema', async () => {
    const schema = readFileSync(join(reference, 'xsd/ers-external-2.11-derived.xsd'), 'utf8');
    const xml = messages.map(({ kind, xml: text }, index) => ({ fileName: `${index}-${kind}.xml`, contents: operationOf(text) ?? '' })).filter(({ contents }) => contents !== '');
    expect(xml.length).toBeGreaterThan(40);
    const checked = await validateXML({ xml, schema: [schema] });
    expect(checked.errors.slice(0, 5).map((error) => error.message)).toEqual([]);
  });

  test('every conformant sample is read by both sides', () => {
    const folder = join(reference, 'samples/conformant');
    for (const name of readdirSync(folder)) {
      const xml = readFileSync(join(folder, name), 'utf8');
      if (name.includes('.request.')) expect(readRequest(xml), name).toHaveProperty('operation');
      else if (!name.includes('fault')) {
        const operation = /<(?:\w+:)?(\w+Response)[\s>]/.exec(xml)?.[1] ?? '';
        const read = readEnvelope(xml, operation);
        expect(read.kind, name).toBe('answer');
        expect(read.kind === 'answer' ? returnedOf(read.content) : null, name).not.toBeNull();
      }
    }
  });

  test('every published answer is read, however its elements are ordered', () => {
    const folder = join(reference, 'samples/published');
    for (const name of readdirSync(folder).filter((one) => one.endsWith('.response.xml'))) {
      const xml = readFileSync(join(folder, name), 'utf8');
      const operation = /<(?:\w+:)?(\w+Response)[\s>]/.exec(xml)?.[1] ?? '';
      expect(readEnvelope(xml, operation).kind, name).toBe('answer');
    }
  });
});
