import { afterEach, describe, expect, test } from 'vitest';
import type { Mail, MailServer } from '../core/ports/mail.ts';
import { selfMadeCertificate } from '../testing/self-made-certificate.ts';
import { startSmtpServer, type SmtpOptions, type SmtpServer } from '../testing/smtp-server.ts';
import { createMailer } from './smtp.ts';

const mail: Mail = {
  messageId: '<m1.kassa@shop.example>',
  from: { name: 'Käyräkauppa', address: 'till@shop.example' },
  to: 'aino@example.com',
  subject: 'Kuitti 17',
  text: 'Ruisleipä 2,35\n.\nYhteensä\n',
  html: '<p>Ruisleipä</p>',
  attachments: [{ fileName: 'kassa-1-17.pdf', contentType: 'application/pdf', content: Buffer.from('%PDF-1.7 x') }],
};
const certificate = selfMadeCertificate(Date.now());
const open: SmtpServer[] = [];

async function started(options: SmtpOptions = {}): Promise<SmtpServer> {
  const server = await startSmtpServer(options);
  open.push(server);
  return server;
}

const at = (server: { readonly port: number }, more: Partial<MailServer> = {}): MailServer => ({ host: 'localhost', port: server.port, security: 'none', user: '', password: '', ...more });
const mailer = createMailer({ patienceMs: 700, certificates: [certificate.certificate] });

afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

describe('handing mail to a server', () => {
  test('arrives whole: headers, text, HTML and PDF, under the name that it was given', async () => {
    const server = await started();
    expect(await mailer.send(at(server), mail)).toEqual({ ok: true });
    const [letter] = server.letters;
    expect(letter).toMatchObject({ from: 'till@shop.example', to: ['aino@example.com'], messageId: mail.messageId });
    for (const part of ['text/plain', 'text/html', 'application/pdf', 'kassa-1-17.pdf', Buffer.from('%PDF-1.7 x').toString('base64')]) expect(letter?.data).toContain(part);
    expect(server.offences).toEqual([]);
  });

  test('signs in, over STARTTLS and over TLS from the first byte', async () => {
    const login = { user: 'shop', password: 'päss word' };
    for (const security of ['starttls', 'tls'] as const) {
      const server = await started({ security, certificate, login });
      expect(await mailer.send(at(server, { security, ...login }), mail)).toEqual({ ok: true });
      expect(server.letters[0]).toMatchObject({ user: 'shop', secure: true });
    }
  });

  test('a certificate that nobody vouches for, or no TLS where it is wanted, is refused before anything is said', async () => {
    const login = { user: 'shop', password: 'secret' };
    const strict = createMailer({ patienceMs: 700 });
    for (const security of ['starttls', 'tls'] as const) {
      const server = await started({ security, certificate, login });
      expect(await strict.send(at(server, { security, ...login }), mail)).toEqual({ ok: false, problem: 'tls', permanent: false });
      expect(server.letters).toEqual([]);
    }
    const plain = await started({ login });
    expect(await mailer.send(at(plain, { security: 'starttls', ...login }), mail)).toEqual({ ok: false, problem: 'tls', permanent: false });
    expect(await mailer.send(at(plain, { security: 'tls', ...login }), mail)).toMatchObject({ ok: false, problem: 'tls' });
    expect(plain.letters).toEqual([]);
  });

  test('a wrong password, a refused sender, a refused recipient, a refused message and a busy server are told apart', async () => {
    const server = await started({ login: { user: 'shop', password: 'right' } });
    const good = { user: 'shop', password: 'right' };
    expect(await mailer.send(at(server, { user: 'shop', password: 'wrong' }), mail)).toEqual({ ok: false, problem: 'login-refused', permanent: false });
    server.rules.mail = '550 5.7.1 not you';
    expect(await mailer.send(at(server, good), mail)).toEqual({ ok: false, problem: 'sender-refused', permanent: false });
    delete server.rules.mail;
    server.rules.recipient = '550 5.1.1 <aino@example.com> is unknown here';
    expect(await mailer.send(at(server, good), mail)).toEqual({ ok: false, problem: 'recipient-refused', permanent: true });
    server.rules.recipient = '450 4.2.1 <aino@example.com> come back later';
    expect(await mailer.send(at(server, good), mail)).toEqual({ ok: false, problem: 'later', permanent: false });
    delete server.rules.recipient;
    server.rules.data = '554 5.7.1 not this';
    expect(await mailer.send(at(server, good), mail)).toEqual({ ok: false, problem: 'message-refused', permanent: true });
    server.rules.data = '452 4.3.1 full';
    expect(await mailer.send(at(server, good), mail)).toEqual({ ok: false, problem: 'later', permanent: false });
    expect(server.letters).toEqual([]);
  });

  test('a host that does not exist, one that does not listen, one that is silent and one that hangs up never throw', async () => {
    const server = await started();
    expect(await mailer.send(at(server, { host: 'no-such-host.invalid' }), mail)).toMatchObject({ ok: false, problem: 'host-not-found' });
    server.rules.thinksMs = 5_000;
    expect(await mailer.send(at(server), mail)).toMatchObject({ ok: false, problem: 'timeout' });
    delete server.rules.thinksMs;
    server.rules.dropsAfterData = 1;
    expect(await mailer.send(at(server), mail)).toMatchObject({ ok: false, problem: 'interrupted' });
    expect(server.letters).toHaveLength(1);
    server.rules.greeting = '554 go away';
    expect(await mailer.send(at(server), mail)).toMatchObject({ ok: false, permanent: false });
    const { port } = server;
    await server.close();
    expect(await mailer.send(at({ port }), mail)).toEqual({ ok: false, problem: 'unreachable', permanent: false });
  });
});
