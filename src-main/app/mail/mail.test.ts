import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { dumpShop } from '../commands/audit.ts';
import { join } from 'node:path';
import { inDatabase } from '../../testing/fiscal.ts';
import { rowOf, sellBuns, setUpMail, until } from '../../testing/mail.ts';
import { startSmtpServer, type SmtpServer } from '../../testing/smtp-server.ts';
import { openTill, type TestTill } from '../../testing/till.ts';

const customer = 'aino.customer@example.com';
const password = 'mail-password-4711';
let till: TestTill;
let server: SmtpServer;

beforeEach(async () => {
  till = await openTill();
  server = await startSmtpServer();
  await setUpMail(till, server.port);
});
afterEach(async () => {
  await till.close();
  await server.close();
});

const mailIt = (receiptId: string, to = customer) => till.call('giving.mail', { receiptId, to });
const sent = (receipt: Awaited<ReturnType<typeof sellBuns>>) => until(till, receipt, (row) => row.delivery === 'sent');
const decoded = (data = ''): string => data.replaceAll('=\r\n', '').replaceAll(/=([0-9A-F]{2})/g, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
const journalOf = (receiptId: string): Promise<readonly string[]> =>
  inDatabase(till, (storage) => storage.journal.read(storage.shop.thisRegister()?.id ?? '', 0, 1_000).filter((entry) => entry.receiptId === receiptId).map((entry) => entry.kind));
const kept = (receiptId: string) => inDatabase(till, (storage) => storage.mails.ofReceipt(receiptId));

describe('a receipt by mail', () => {
  test('C-6 is the original: it is called an electronic receipt, nothing comes on paper, and a later print is the one copy', async () => {
    const receipt = await sellBuns(till);
    expect(receipt.delivery).toBe('waiting');
    expect((await mailIt(receipt.receiptId)).delivery).toBe('sending');
    await sent(receipt);
    expect(server.letters).toHaveLength(1);
    expect(server.letters[0]?.to).toEqual([customer]);
    expect(Buffer.from(decoded(server.letters[0]?.data), 'latin1').toString()).toMatch(/SÄHKÖINEN KUITTI[\s\S]*Korvapuusti/);
    expect((await till.call('dev.get', {})).papers).toEqual([]);
    expect(await till.call('receipt.print', { receiptId: receipt.receiptId })).toMatchObject({ copy: true });
    expect(JSON.stringify((await till.call('dev.get', {})).papers[0])).toContain('KOPIO');
    expect(await till.try('receipt.print', { receiptId: receipt.receiptId })).toMatchObject({ error: { code: 'already-copied' } });
    expect(await till.try('giving.mail', { receiptId: receipt.receiptId, to: customer })).toMatchObject({ error: { code: 'already-copied' } });
    expect(await journalOf(receipt.receiptId)).toEqual(expect.arrayContaining(['receipt-mail-queued', 'receipt-sent', 'receipt-copied']));
  });

  test('C-7 by mail after it came out on paper is the one copy, and says so', async () => {
    const receipt = await sellBuns(till);
    await till.call('receipt.print', { receiptId: receipt.receiptId });
    expect(await mailIt(receipt.receiptId)).toMatchObject({ printState: 'copied', delivery: 'printed', mail: { copy: true } });
    await until(till, receipt, (row) => row.mail?.state === 'sent');
    expect(decoded(server.letters[0]?.data)).toContain('KOPIO');
    expect(await till.try('receipt.print', { receiptId: receipt.receiptId })).toMatchObject({ error: { code: 'already-copied' } });
  });

  test('a refused recipient is given up at once with its reason; another address goes, and the first one is forgotten', async () => {
    server.rules.recipient = '550 5.1.1 unknown';
    const receipt = await sellBuns(till);
    await mailIt(receipt.receiptId);
    const failed = await until(till, receipt, (row) => row.mail?.state === 'failed');
    expect(failed).toMatchObject({ delivery: 'failed', mail: { problem: 'recipient-refused', tries: 1 } });
    expect((await till.call('app.hello', {})).status.mails).toEqual({ waiting: 0, failed: 1 });
    expect((await kept(receipt.receiptId))?.sealedRecipient).toBeNull();
    expect(await till.try('giving.mail-again', { receiptId: receipt.receiptId })).toMatchObject({ error: { code: 'mail-address' } });
    delete server.rules.recipient;
    await mailIt(receipt.receiptId, 'other@example.com');
    await sent(receipt);
    expect(server.letters[0]?.to).toEqual(['other@example.com']);
    expect((await till.call('app.hello', {})).status.mails).toEqual({ waiting: 0, failed: 0 });
    expect(await journalOf(receipt.receiptId)).toContain('receipt-not-sent');
  });

  test('a busy server and one that is not there are tried again, and it is seen meanwhile', async () => {
    server.rules.recipient = '450 4.2.1 later';
    const receipt = await sellBuns(till);
    await mailIt(receipt.receiptId);
    const waiting = await until(till, receipt, (row) => row.mail?.state === 'queued' && row.mail.tries === 1);
    expect(waiting).toMatchObject({ delivery: 'sending', mail: { problem: 'later' } });
    expect(Date.parse(waiting.mail?.nextTryAt ?? '') - Date.now()).toBeGreaterThan(50_000);
    expect((await till.call('app.hello', {})).status.mails).toEqual({ waiting: 1, failed: 0 });
    delete server.rules.recipient;
    await till.call('giving.mail-again', { receiptId: receipt.receiptId });
    await sent(receipt);
    await server.close();
    const next = await sellBuns(till);
    await mailIt(next.receiptId);
    expect(await until(till, next, (row) => row.mail?.tries === 1 && row.mail.state === 'queued')).toMatchObject({ mail: { problem: 'unreachable' } });
  });

  test('an answer lost after the mail was taken is repeated under the same name, so that the second one is known as the first', async () => {
    server.rules.dropsAfterData = 1;
    const receipt = await sellBuns(till);
    await mailIt(receipt.receiptId);
    await until(till, receipt, (row) => row.mail?.problem === 'interrupted');
    await till.call('giving.mail-again', { receiptId: receipt.receiptId });
    await sent(receipt);
    expect(server.letters).toHaveLength(2);
    expect(server.letters[0]?.messageId).toMatch(/^<.+\.kassa@shop\.example>$/);
    expect(server.letters[1]?.messageId).toBe(server.letters[0]?.messageId);
  });

  test('what waited when the program ended is sent after the start, and many go one after the other', async () => {
    server.rules.recipient = '450 4.2.1 later';
    const receipts = [];
    for (let sold = 0; sold < 3; sold += 1) {
      const receipt = await sellBuns(till);
      await mailIt(receipt.receiptId);
      receipts.push(receipt);
    }
    await Promise.all(receipts.map((receipt) => until(till, receipt, (row) => row.mail?.tries === 1 && row.mail.state === 'queued')));
    expect(server.letters).toEqual([]);
    await till.restart();
    await till.signIn('Aino Lehtinen');
    delete server.rules.recipient;
    for (const receipt of receipts) await till.call('giving.mail-again', { receiptId: receipt.receiptId });
    for (const receipt of receipts) await sent(receipt);
    expect(new Set(server.letters.map((letter) => letter.messageId)).size).toBe(3);
  });

  test('printed instead while it waits is the original on paper, and no mail goes any more', async () => {
    server.rules.recipient = '450 4.2.1 later';
    const receipt = await sellBuns(till);
    await mailIt(receipt.receiptId);
    await until(till, receipt, (row) => row.mail?.tries === 1 && row.mail.state === 'queued');
    expect(await till.call('receipt.print', { receiptId: receipt.receiptId })).toMatchObject({ copy: false, receipt: { delivery: 'printed', mail: { state: 'dropped' } } });
    delete server.rules.recipient;
    expect(await till.try('giving.mail-again', { receiptId: receipt.receiptId })).toMatchObject({ ok: false });
    expect(server.letters).toEqual([]);
    expect((await kept(receipt.receiptId))?.sealedRecipient).toBeNull();
  });

  test('is text, HTML and, where this machine makes PDFs, a PDF of the same paper', async () => {
    const other = await openTill({ pdf: { render: (html) => Promise.resolve(Buffer.from(`%PDF ${html.includes('SÄHKÖINEN KUITTI')}`)) } });
    await setUpMail(other, server.port, { senderName: 'Puoti' });
    const receipt = await sellBuns(other);
    await other.call('giving.mail', { receiptId: receipt.receiptId, to: customer });
    await until(other, receipt, (row) => row.delivery === 'sent');
    const data = server.letters[0]?.data ?? '';
    for (const part of ['From: Puoti <till@shop.example>', 'text/plain', 'text/html', 'kassa-1-1.pdf', Buffer.from('%PDF true').toString('base64')]) expect(data).toContain(part);
    await other.close();
  });

  test('nothing is taken for an address that is none, and nothing without settings', async () => {
    const { receiptId } = await sellBuns(till);
    for (const to of ['', 'aino', 'aino@', '@example.com', 'a b@example.com', 'a@example.com, b@example.com', 'a@example.com\r\nBcc: b@example.com', 'a..b@example.com', '<a@example.com>', 'a@localhost']) {
      expect(await till.try('giving.mail', { receiptId, to }), to).toMatchObject({ error: { code: 'mail-address' } });
    }
    await setUpMail(till, server.port, { host: '' });
    expect(await till.try('giving.mail', { receiptId, to: customer })).toMatchObject({ error: { code: 'mail-not-set-up' } });
  });

  test('PAY-I10 neither the customer’s address nor the password is in a log, the journal, an answer, an event, the database or a dump', async () => {
    await server.close();
    server = await startSmtpServer({ login: { user: 'shop', password } });
    await setUpMail(till, server.port, { user: 'shop', password: 'not-the-password', keepsRecipients: true });
    const receipt = await sellBuns(till);
    await till.call('giving.mail', { receiptId: receipt.receiptId, to: customer, agreed: true });
    await until(till, receipt, (row) => row.mail?.problem === 'login-refused');
    await setUpMail(till, server.port, { user: 'shop', password });
    const refused = await sellBuns(till);
    await sent(receipt);
    server.rules.recipient = `550 5.1.1 <${customer}> is unknown`;
    await mailIt(refused.receiptId);
    await until(till, refused, (row) => row.mail?.state === 'failed');
    await till.signIn('Sofie Dahl');
    expect(await till.call('mail.test', { to: customer })).toEqual({ problem: 'recipient-refused' });
    expect(await till.call('mail.settings', {})).toMatchObject({ passwordSet: true });
    // Kept with the customer's agreement, and sealed; forgotten without.
    expect((await kept(receipt.receiptId))?.sealedRecipient).not.toBeNull();
    expect((await kept(refused.receiptId))?.sealedRecipient).toBeNull();
    const said = { ...till.everythingSaid(), dump: JSON.stringify(dumpShop(join(till.dataDir, 'kassa.sqlite'), new Date(0).toISOString())) };
    for (const [place, text] of Object.entries(said)) {
      for (const secret of [customer, 'aino.customer', password, 'not-the-password', Buffer.from(`\0shop\0${password}`).toString('base64')]) expect(text.includes(secret), `${secret} in ${place}`).toBe(false);
    }
  });

  test('the test mail says what is wrong, and only an admin may send one', async () => {
    expect(await till.try('mail.test', { to: customer })).toMatchObject({ error: { code: 'needs-approval' } });
    await till.signIn('Sofie Dahl');
    expect(await till.call('mail.test', { to: 'admin@example.com' })).toEqual({ problem: null });
    expect(server.letters[0]?.to).toEqual(['admin@example.com']);
    await server.close();
    expect(await till.call('mail.test', { to: 'admin@example.com' })).toEqual({ problem: 'unreachable' });
  });
});

describe('what counts as given out', () => {
  test('C-6 FI-1 nobody chose: the next customer’s first article prints it, and without paper it is an entry and a state', async () => {
    const receipt = await sellBuns(till);
    expect((await till.call('dev.get', {})).papers).toEqual([]);
    const next = await sellBuns(till);
    await until(till, receipt, (row) => row.delivery === 'printed');
    await till.call('dev.set-printer', { state: 'out-of-paper' });
    await till.call('giving.leave', { receiptId: next.receiptId });
    await until(till, next, (row) => row.delivery === 'failed' && row.printProblem === 'out-of-paper');
    expect((await till.call('app.hello', {})).status.unprinted).toBe(1);
    expect(await journalOf(next.receiptId)).toContain('receipt-not-printed');
  });

  test('C-6 one that nobody had chosen for when the program ended is there after the start, and is seen', async () => {
    const receipt = await sellBuns(till);
    await till.restart();
    await till.signIn('Aino Lehtinen');
    expect(await rowOf(till, receipt)).toMatchObject({ delivery: 'failed' });
    expect((await till.call('app.hello', {})).status.unprinted).toBe(1);
  });

  test('C-6 C-7 taken from the customer’s screen it is given out, and a later print is the copy', async () => {
    const receipt = await sellBuns(till);
    expect(await till.call('giving.show', { receiptId: receipt.receiptId })).toMatchObject({ delivery: 'shown', printState: 'none' });
    const view = await till.call('customer.current', {});
    expect(view).toMatchObject({ kind: 'thanks', receiptText: expect.stringContaining('SÄHKÖINEN KUITTI') as string });
    expect(await till.try('giving.show', { receiptId: receipt.receiptId })).toMatchObject({ error: { code: 'receipt-given' } });
    expect(await till.call('receipt.print', { receiptId: receipt.receiptId })).toMatchObject({ copy: true });
    expect(await journalOf(receipt.receiptId)).toContain('receipt-shown');
  });

  test('C-6 a customer may do without where the country lets them, and may still have it later', async () => {
    const receipt = await sellBuns(till);
    expect(await till.call('giving.decline', { receiptId: receipt.receiptId })).toMatchObject({ delivery: 'declined' });
    expect((await till.call('app.hello', {})).status.unprinted).toBe(0);
    expect(await journalOf(receipt.receiptId)).toContain('receipt-declined');
    expect(await till.call('receipt.print', { receiptId: receipt.receiptId })).toMatchObject({ copy: false, receipt: { delivery: 'printed' } });
  });

  test('NO-7 in Norway a receipt is printed or sent, and nothing else counts', async () => {
    await till.call('app.start-shop', { shop: 'demo-no' });
    const people = await till.call('staff.list', {});
    await till.call('session.sign-in', { staffId: people[0]?.id ?? '', pin: (await till.call('app.hello', {})).demoPins.find((one) => one.name === people[0]?.name)?.pin ?? '' });
    expect((await till.call('app.hello', {})).giving).toMatchObject({ shown: false, declined: false });
    const [bread] = await till.call('article.search', { text: 'brød', limit: 1 });
    const receipt = await sellBuns(till, 1, bread?.gtin);
    await until(till, receipt, (row) => row.delivery === 'printed');
    expect(await till.try('giving.show', { receiptId: receipt.receiptId })).toMatchObject({ error: { code: 'not-in-country' } });
    expect(await till.try('giving.decline', { receiptId: receipt.receiptId })).toMatchObject({ error: { code: 'not-in-country' } });
  });

  test('the thanks carry the receipt as text until the next customer’s first article', async () => {
    const receipt = await sellBuns(till, 2);
    await until(till, receipt, () => till.seen('receipt.printed').length >= 0);
    for (let waited = 0; waited < 100; waited += 1) {
      const view = await till.call('customer.current', {});
      if (view.kind === 'thanks' && view.receiptText !== null) break;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    expect(await till.call('customer.current', {})).toMatchObject({ kind: 'thanks', receiptText: expect.stringMatching(/Korvapuusti[\s\S]*6,40/) as string });
    // Until it is chosen as the original, it isn't called a receipt.
    expect(JSON.stringify(await till.call('customer.current', {}))).not.toMatch(/\\n(SÄHKÖINEN )?KUITTI\\n/);
    await till.call('sale.add-code', { code: '2910000000031', source: 'scan' });
    expect((await till.call('customer.current', {})).kind).toBe('selling');
  });
});
