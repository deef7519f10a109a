import { createServer, type Server, type Socket } from 'node:net';
import { createSecureContext, TLSSocket } from 'node:tls';
import { setTimeout as wait } from 'node:timers/promises';

/** A mail as it arrived. */
export type Letter = { readonly from: string; readonly to: readonly string[]; readonly data: string; readonly messageId: string; readonly user: string; readonly secure: boolean };

/** What the server does otherwise than well; may be changed at any time. */
export type SmtpRules = {
  /** Answers to these instead of its own. */
  greeting?: string;
  mail?: string;
  recipient?: string;
  data?: string;
  /** How long it thinks before it answers to a recipient. */
  thinksMs?: number;
  /** How long it keeps silent after it took a mail. */
  silentMs?: number;
  /** How many times it takes a mail and then hangs up without a word. */
  dropsAfterData?: number;
};

export type SmtpOptions = {
  readonly port?: number;
  readonly security?: 'none' | 'starttls' | 'tls';
  readonly certificate?: { readonly key: string; readonly certificate: string };
  readonly login?: { readonly user: string; readonly password: string };
};

export type SmtpServer = {
  readonly port: number;
  /** Every mail that it took, also one whose sender was not told. */
  readonly letters: readonly Letter[];
  /** How many connections there were. */
  readonly connections: () => number;
  readonly rules: SmtpRules;
  /** What clients did that no client may; strict tests look. */
  readonly offences: readonly string[];
  close(): Promise<void>;
};

const headerOf = (data: string, name: string): string => new RegExp(`^${name}: *(\\S+)`, 'im').exec(data)?.[1] ?? '';
const fromBase64 = (text: string): string => Buffer.from(text, 'base64').toString('utf8');

type House = { readonly options: SmtpOptions; readonly rules: SmtpRules; readonly letters: Letter[]; readonly offences: string[] };

/** One conversation, in the order that RFC 5321 wants. */
class Conversation {
  readonly #server: House;
  #socket: Socket;
  #buffer = '';
  #secure: boolean;
  #greeted = false;
  #user = '';
  #from: string | null = null;
  #to: string[] = [];
  #inData = false;
  #login: ((line: string) => void) | null = null;
  #work: Promise<void> = Promise.resolve();

  constructor(socket: Socket, server: House) {
    this.#server = server;
    this.#socket = socket;
    this.#secure = server.options.security === 'tls';
    this.#listen(socket);
    this.#say(server.rules.greeting ?? '220 localhost ready');
  }

  #listen(socket: Socket): void {
    socket.on('error', () => undefined);
    socket.on('data', (chunk: Buffer) => {
      this.#buffer += chunk.toString('latin1');
      this.#work = this.#work.then(() => this.#read());
    });
  }

  #say(line: string): void {
    if (!this.#socket.destroyed) this.#socket.write(`${line}\r\n`);
  }

  async #read(): Promise<void> {
    for (;;) {
      const mark = this.#inData ? '\r\n.\r\n' : '\r\n';
      const end = this.#buffer.indexOf(mark);
      if (end < 0) return;
      const text = this.#buffer.slice(0, end);
      this.#buffer = this.#buffer.slice(end + mark.length);
      if (this.#inData) await this.#taken(text);
      else if (this.#login) this.#login(text);
      else await this.#command(text);
    }
  }

  async #taken(data: string): Promise<void> {
    this.#inData = false;
    const { rules, letters } = this.#server;
    const refused = rules.data !== undefined && !rules.data.startsWith('2');
    if (!refused) {
      const unstuffed = data.replaceAll('\r\n..', '\r\n.');
      letters.push({ from: this.#from ?? '', to: this.#to, data: unstuffed, messageId: headerOf(unstuffed, 'Message-ID'), user: this.#user, secure: this.#secure });
    }
    this.#from = null;
    this.#to = [];
    if (rules.silentMs !== undefined) await wait(rules.silentMs);
    if ((rules.dropsAfterData ?? 0) > 0) {
      rules.dropsAfterData = (rules.dropsAfterData ?? 0) - 1;
      this.#socket.destroy();
    } else this.#say(rules.data ?? '250 taken');
  }

  #offence(what: string): void {
    this.#server.offences.push(what);
    this.#say('503 bad sequence of commands');
  }

  async #command(line: string): Promise<void> {
    const [, verb = '', rest = ''] = /^(\S+)\s*(.*)$/.exec(line) ?? [];
    const { options, rules } = this.#server;
    switch (verb.toUpperCase()) {
      case 'EHLO':
        return this.#hello();
      case 'STARTTLS':
        return this.#startTls();
      case 'AUTH':
        return this.#authenticate(rest);
      case 'MAIL':
        if (!this.#greeted || (options.login && this.#user === '')) return this.#offence('MAIL before EHLO or AUTH');
        this.#from = /<([^>]*)>/.exec(rest)?.[1] ?? '';
        return this.#say(rules.mail ?? '250 sender taken');
      case 'RCPT':
        if (this.#from === null) return this.#offence('RCPT before MAIL');
        if (rules.thinksMs !== undefined) await wait(rules.thinksMs);
        if (rules.recipient === undefined || rules.recipient.startsWith('2')) this.#to.push(/<([^>]*)>/.exec(rest)?.[1] ?? '');
        return this.#say(rules.recipient ?? '250 recipient taken');
      case 'DATA':
        if (this.#to.length === 0) return this.#offence('DATA before RCPT');
        this.#inData = true;
        return this.#say('354 go on');
      case 'RSET':
        this.#from = null;
        return this.#say('250 done');
      case 'QUIT':
        this.#say('221 bye');
        this.#socket.end();
        return undefined;
      default:
        return this.#say('502 not known here');
    }
  }

  #hello(): void {
    this.#greeted = true;
    const { options } = this.#server;
    const offers = ['localhost', 'SIZE 10000000', '8BITMIME', 'SMTPUTF8'];
    if (options.security === 'starttls' && !this.#secure) offers.push('STARTTLS');
    if (options.login) offers.push('AUTH PLAIN LOGIN');
    offers.forEach((offer, index) => this.#say(`250${index === offers.length - 1 ? ' ' : '-'}${offer}`));
  }

  #startTls(): void {
    const { certificate } = this.#server.options;
    if (!certificate || this.#secure) {
      this.#offence('STARTTLS where none is offered');
      return;
    }
    this.#say('220 go on');
    this.#socket.removeAllListeners('data');
    const secured = new TLSSocket(this.#socket, { isServer: true, secureContext: createSecureContext({ key: certificate.key, cert: certificate.certificate }) });
    this.#secure = true;
    this.#greeted = false;
    this.#socket = secured;
    this.#listen(secured);
  }

  #authenticate(rest: string): void {
    const [method = '', first] = rest.split(' ');
    if (method.toUpperCase() === 'PLAIN') {
      const check = (text: string): void => {
        const [, user = '', password = ''] = fromBase64(text).split('\0');
        this.#check(user, password);
      };
      if (first === undefined) this.#ask('', check);
      else check(first);
    } else {
      const name = (text: string): void => this.#ask('UGFzc3dvcmQ6', (password) => this.#check(fromBase64(text), fromBase64(password)));
      if (first === undefined) this.#ask('VXNlcm5hbWU6', name);
      else name(first);
    }
  }

  #ask(question: string, next: (line: string) => void): void {
    this.#login = next;
    this.#say(`334 ${question}`);
  }

  #check(user: string, password: string): void {
    this.#login = null;
    const { login } = this.#server.options;
    const good = login?.user === user && login.password === password;
    if (good) this.#user = user;
    this.#say(good ? '235 welcome' : '535 5.7.8 wrong name or password');
  }
}

/** A small strict mail server on this machine, over real TCP. */
export async function startSmtpServer(options: SmtpOptions = {}): Promise<SmtpServer> {
  const rules: SmtpRules = {};
  const letters: Letter[] = [];
  const offences: string[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  const server: Server = createServer((plain) => {
    connections += 1;
    sockets.add(plain);
    plain.on('close', () => sockets.delete(plain));
    plain.on('error', () => undefined);
    const { certificate } = options;
    const socket = options.security === 'tls' && certificate ? new TLSSocket(plain, { isServer: true, secureContext: createSecureContext({ key: certificate.key, cert: certificate.certificate }) }) : plain;
    void new Conversation(socket, { options, rules, letters, offences });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the mail server has no port');
  return {
    port: address.port,
    letters,
    connections: () => connections,
    rules,
    offences,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}
