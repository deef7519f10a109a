import { createTransport } from 'nodemailer';
import type { MailProblem } from '../contract/mail-state.ts';
import type { Mail, MailAnswer, Mailer, MailServer } from '../core/ports/mail.ts';

export type SmtpOptions = {
  /** Certificates to trust beside the machine's own. */
  readonly certificates?: readonly string[];
  /** How long a server may be silent. */
  readonly patienceMs?: number;
};

const usualPatienceMs = 20_000;

type SmtpError = Error & { readonly code?: string; readonly originalCode?: string; readonly command?: string; readonly responseCode?: number; readonly rejectedErrors?: readonly SmtpError[] };

/** These say that a name or an address leads nowhere, whatever the library calls them. */
const unreachable = new Set(['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'EHOSTDOWN', 'EADDRNOTAVAIL']);
const noHost = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAI_NONAME', 'EAI_NODATA', 'EDNS']);
const tls = /CERT|TLS|SSL|SIGNATURE|ERR_OSSL/;

/** A server's refusal, by what it was answering: 4xx may be otherwise next time, 5xx won't. */
function refusal(error: SmtpError): { readonly problem: MailProblem; readonly permanent: boolean } | null {
  const { responseCode: code = 0, command = '' } = error;
  if (code >= 400 && code < 500) return { problem: 'later', permanent: false };
  if (code < 500) return null;
  if (command === 'RCPT TO') return { problem: 'recipient-refused', permanent: true };
  // The shop's own address is wrong: an admin can mend that, and the mail is still worth sending.
  if (command === 'MAIL FROM') return { problem: 'sender-refused', permanent: false };
  return command === 'DATA' ? { problem: 'message-refused', permanent: true } : null;
}

function problemOf(error: SmtpError): MailProblem {
  const { code = '', originalCode = '', command = '' } = error;
  if (code === 'EAUTH' || code === 'ENOAUTH') return 'login-refused';
  if (code === 'ETLS' || tls.test(originalCode) || tls.test(code)) return 'tls';
  if (code === 'EDNS' || noHost.has(originalCode)) return 'host-not-found';
  if (unreachable.has(originalCode)) return 'unreachable';
  if (code === 'ETIMEDOUT' || originalCode === 'ETIMEDOUT') return 'timeout';
  if (code === 'EPROTOCOL') return 'protocol';
  if (code === 'EENVELOPE' && command === 'API') return 'recipient-refused';
  return 'interrupted';
}

function answerOf(error: SmtpError): MailAnswer {
  const [first] = error.rejectedErrors ?? [];
  const refused = error.code === 'EAUTH' ? null : refusal(first ?? error);
  if (refused) return { ok: false, ...refused };
  const problem = problemOf(error);
  return { ok: false, problem, permanent: problem === 'recipient-refused' };
}

function transportOf(server: MailServer, { certificates, patienceMs = usualPatienceMs }: SmtpOptions) {
  const { host, port, security, user, password } = server;
  return createTransport({
    host,
    port,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    ...(user === '' ? {} : { auth: { user, pass: password } }),
    ...(certificates === undefined ? {} : { tls: { ca: [...certificates] } }),
    dnsTimeout: patienceMs,
    connectionTimeout: patienceMs,
    greetingTimeout: patienceMs,
    socketTimeout: patienceMs,
    // Nothing of a mail is read from files or addresses.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
}

/** Hands mail to the shop's own server. Whatever goes wrong is a value; what servers say is not passed on, for it names the recipient. */
export const createMailer = (options: SmtpOptions = {}): Mailer => ({
  async send(server: MailServer, mail: Mail): Promise<MailAnswer> {
    try {
      const transport = transportOf(server, options);
      try {
        await transport.sendMail({
          messageId: mail.messageId,
          from: mail.from,
          to: { name: '', address: mail.to },
          subject: mail.subject,
          text: mail.text,
          html: mail.html,
          attachments: mail.attachments.map(({ fileName, contentType, content }) => ({ filename: fileName, contentType, content: Buffer.from(content) })),
        });
        return { ok: true };
      } finally {
        transport.close();
      }
    } catch (error) {
      return error instanceof Error ? answerOf(error) : { ok: false, problem: 'interrupted', permanent: false };
    }
  },
});
