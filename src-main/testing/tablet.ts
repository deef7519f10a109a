import { request as askTill } from 'node:https';
import { createServer, type AddressInfo } from 'node:net';
import { WebSocket } from 'ws';

type Answer = { readonly status: number; readonly body: string; readonly headers: Readonly<Record<string, string | string[] | undefined>> };

/** A device in the shop's network: it trusts what it meets, and keeps the cookie that it is given. */
export type Tablet = {
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  post(path: string, body: string, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  pair(code: string, name?: string): Promise<Answer>;
  cookie: string;
  /** A socket, or the status by which it was refused. */
  open(headers?: Readonly<Record<string, string>>): Promise<WebSocket | number>;
  /** Opens one and asks for something. */
  ask(socket: WebSocket, name: string, input: unknown): Promise<unknown>;
};

/** A device that knows a till's port on this machine. */
export function createTablet(port: number): Tablet {
  const origin = `https://localhost:${port}`;
  let lastId = 0;

  function send(method: string, path: string, headers: Readonly<Record<string, string>>, body?: string): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const request = askTill({ host: '127.0.0.1', port, path, method, rejectUnauthorized: false, agent: false, headers: { host: `localhost:${port}`, cookie: tablet.cookie, ...headers } }, (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (part: string) => {
          text += part;
        });
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body: text, headers: response.headers }));
      });
      request.on('error', reject);
      request.end(body);
    });
  }

  const tablet: Tablet = {
    cookie: '',
    get: (path, headers = {}) => send('GET', path, headers),
    post: (path, body, headers = {}) => send('POST', path, { origin, 'content-type': 'application/json', ...headers }, body),
    async pair(code, name = 'Tablet') {
      const answer = await tablet.post('/pair', JSON.stringify({ code, name }));
      const [cookie = ''] = answer.headers['set-cookie'] ?? [];
      if (answer.status === 200) tablet.cookie = cookie.split(';')[0] ?? '';
      return answer;
    },
    open(headers = {}) {
      return new Promise((resolve) => {
        const socket = new WebSocket(`wss://127.0.0.1:${port}/socket`, { rejectUnauthorized: false, headers: { host: `localhost:${port}`, cookie: tablet.cookie, origin, ...headers } });
        socket.on('error', () => undefined);
        socket.once('open', () => resolve(socket));
        socket.once('unexpected-response', (_request, response) => {
          response.destroy();
          resolve(response.statusCode ?? 0);
        });
      });
    },
    ask(socket, name, input) {
      lastId += 1;
      const id = lastId;
      return new Promise((resolve) => {
        const hear = (data: Buffer): void => {
          const message = JSON.parse(data.toString()) as { readonly id?: number; readonly result?: unknown };
          if (message.id !== id) return;
          socket.off('message', hear);
          resolve(message.result);
        };
        socket.on('message', hear);
        socket.send(JSON.stringify({ id, name, input }));
      });
    },
  };
  return tablet;
}

/** A port of this machine that nobody uses now. */
export function freePort(): Promise<number> {
  const server = createServer();
  return new Promise((resolve) => {
    server.listen(0, () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
