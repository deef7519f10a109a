import { createHmac, timingSafeEqual } from 'node:crypto';
import type { ProviderDescription } from '../../contract/providers.ts';
import type { ProviderProblem } from '../../contract/payment.ts';
import { minor } from '../../core/money.ts';
import type { PaymentOrder } from '../../core/payments/order.ts';
import type { Claim, PaymentProvider, ProofAnswer, ProviderAnswer, ProviderLink, ProviderWorld, RefundAnswer, RefundOrder, Settings } from '../../core/payments/provider.ts';
import type { Shape } from './shapes.ts';

/** What reaches a till from outside: a provider's push, another application's call back. Nobody vouches for it. */
export type Inbox = { subscribe(listener: (message: string) => void): () => void };

type Told = { readonly id: string; readonly reference: string; readonly status: string; readonly amountMinor: number; readonly tipMinor: number; readonly currency: 'EUR'; readonly handOver?: string };
type Called = { readonly ok: true; readonly status: number; readonly body: Record<string, unknown> } | { readonly ok: false; readonly problem: ProviderProblem; readonly sent: boolean };

const timeoutMs = 8_000;
const text = (name: string): Record<'en' | 'sv' | 'nb' | 'da' | 'fi' | 'nl', string> => ({ en: name, sv: name, nb: name, da: name, fi: name, nl: name });

const description = (kind: string): ProviderDescription => ({
  kind,
  name: `Synthetic ${kind}`,
  about: text('A provider of the tests.'),
  terminalNumber: text('Terminal'),
  fields: [
    { name: 'baseUrl', kind: 'address', label: text('Address'), help: text('Address'), required: true, maxLength: 300 },
    { name: 'key', kind: 'secret', label: text('Key'), help: text('Key'), required: true, maxLength: 100 },
  ],
  actions: [{ id: 'assign', label: text('Assign'), needs: 'no-terminal', right: 'terminal-assign', asks: [{ name: 'number', kind: 'text', label: text('Number'), help: text('Number'), required: true, maxLength: 40 }] }],
});

/** The adapter of a shape, over the same ports as the real ones. */
export function createSynthetic(shape: Shape, { http }: ProviderWorld, inbox: Inbox | null): PaymentProvider {
  const { capabilities } = shape;

  async function call({ account }: ProviderLink, method: 'GET' | 'POST', path: string, body?: object): Promise<Called> {
    const headers = { Authorization: `Key ${account.secrets['key'] ?? ''}`, 'Content-Type': 'application/json' };
    const answer = await http.send({ method, url: `${account.settings['baseUrl'] ?? ''}${path}`, headers, timeoutMs, ...(body ? { body: JSON.stringify(body) } : {}) });
    if (!answer.ok) return { ok: false, problem: { code: 'unreachable' }, sent: answer.sent };
    if (answer.status === 429) return { ok: false, problem: { code: 'rate-limited' }, sent: true };
    if (answer.status >= 500) return { ok: false, problem: { code: 'unreachable' }, sent: true };
    try {
      return { ok: true, status: answer.status, body: JSON.parse(answer.body) as Record<string, unknown> };
    } catch {
      return { ok: false, problem: { code: 'protocol' }, sent: true };
    }
  }

  const claimOf = ({ id, amountMinor, tipMinor, currency, reference }: Told): Claim => ({ reference: id, amountMinor: minor(amountMinor), tipMinor: minor(tipMinor), currency, ...(reference === '' ? {} : { ownReference: reference }) });

  function answerOf(told: Told): ProviderAnswer {
    const data = { id: told.id };
    switch (told.status) {
      case 'prepared':
        return { kind: 'prepared', data };
      case 'pending':
      case 'confirming':
        return { kind: 'waiting', data, cancellable: capabilities.cancels && told.status === 'pending', ...(told.handOver === undefined ? {} : { handOver: told.handOver }) };
      case 'reserved':
        return { kind: 'approved', data, ...claimOf(told) };
      case 'captured':
        return { kind: 'paid', data, ...claimOf(told) };
      case 'cancelled':
      case 'declined':
      case 'expired':
      case 'released':
        return { kind: 'ended', state: told.status, data };
      default:
        return { kind: 'unknown', problem: { code: 'protocol', text: told.status } };
    }
  }

  const problemOf = ({ status, body }: { readonly status: number; readonly body: Record<string, unknown> }): ProviderProblem =>
    status === 401 ? { code: 'unauthorised' } : { code: status === 409 ? 'conflict' : 'rejected', providerCode: String(body['code']) };

  /** What an answer to a question about one payment means. */
  function read(called: Called): ProviderAnswer {
    if (!called.ok) return { kind: 'unknown', problem: called.problem };
    if (called.status === 200) return answerOf(called.body as unknown as Told);
    return called.status === 401 ? { kind: 'unknown', problem: problemOf(called) } : { kind: 'refused', problem: problemOf(called) };
  }

  const pathOf = (order: PaymentOrder, data: Settings): string => (data['id'] === undefined ? `/payments/${order.reference}/by-reference` : `/payments/${data['id']}`);

  async function start(link: ProviderLink, order: PaymentOrder): Promise<ProviderAnswer> {
    const amount = shape.prepares ? {} : { amountMinor: order.amountMinor, currency: order.currency };
    const called = await call(link, 'POST', '/payments', { reference: order.reference, terminal: link.terminal?.externalId ?? '', ...amount });
    if (!called.ok) return called.sent ? { kind: 'unknown', problem: called.problem } : { kind: 'refused', problem: called.problem };
    const other = called.body['other'] as Told | undefined;
    if (called.status === 409 && other) {
      return { kind: 'occupied', problem: problemOf(called), found: { reference: other.id, ownReference: other.reference, amountMinor: other.status === 'prepared' ? null : minor(other.amountMinor), data: { id: other.id } } };
    }
    // A network that sent it twice gets this for the second: the first one lives.
    if (called.status === 409 && called.body['code'] === 'reference-used') return { kind: 'unknown', problem: problemOf(called) };
    return read(called);
  }

  const poll = async (link: ProviderLink, order: PaymentOrder, data: Settings): Promise<ProviderAnswer> => read(await call(link, 'GET', pathOf(order, data)));

  /** An order that is refused says nothing of the payment: the payment itself is asked. */
  const ordered = (verb: string) => async (link: ProviderLink, order: PaymentOrder, data: Settings, body: object = {}): Promise<ProviderAnswer> => {
    if (data['id'] === undefined) return poll(link, order, data);
    const answer = read(await call(link, 'POST', `/payments/${data['id']}/${verb}`, body));
    return answer.kind === 'refused' && answer.problem.code === 'conflict' ? poll(link, order, data) : answer;
  };

  function refundAnswer(called: Called): RefundAnswer {
    if (!called.ok) return { kind: 'unknown', problem: called.problem };
    const { id, status } = called.body as { readonly id?: string; readonly status?: string };
    if (called.status !== 200 || id === undefined) return called.status === 401 ? { kind: 'unknown', problem: problemOf(called) } : { kind: 'refused', problem: problemOf(called) };
    if (status === 'refunded') return { kind: 'refunded', reference: id };
    return status === 'reserved' ? { kind: 'next', data: { id } } : { kind: 'waiting', data: { id } };
  }

  async function refund(link: ProviderLink, order: RefundOrder): Promise<RefundAnswer> {
    const { id } = order.data;
    if (id !== undefined) return refundAnswer(await call(link, 'POST', `/refunds/${id}/capture`, {}));
    const phone = capabilities.refund?.asks ? { phone: order.identifier } : {};
    const called = await call(link, 'POST', '/refunds', { reference: order.reference, payment: order.payment.reference, amountMinor: order.amountMinor, ...phone });
    if (!called.ok && !called.sent && !order.repeated) return { kind: 'refused', problem: called.problem };
    return refundAnswer(called);
  }

  function prove({ account }: ProviderLink, proof: string): Promise<ProofAnswer> {
    const [content = '', signature = ''] = proof.split('.');
    const own = createHmac('sha256', account.secrets['key'] ?? '').update(content).digest();
    const theirs = Buffer.from(signature, 'base64url');
    if (own.length !== theirs.length || !timingSafeEqual(own, theirs)) return Promise.resolve({ kind: 'refused', problem: { code: 'rejected', text: 'signature' } });
    const { id, amountMinor, currency } = JSON.parse(Buffer.from(content, 'base64url').toString()) as { readonly id: string; readonly amountMinor: number; readonly currency: 'EUR' };
    return Promise.resolve({ kind: 'proved', data: { id }, reference: id, amountMinor: minor(amountMinor), currency });
  }

  function listen(_link: ProviderLink, order: PaymentOrder, _data: Settings, onNews: (word: string) => void): () => void {
    if (!inbox) return () => undefined;
    return inbox.subscribe((message) => {
      const news = JSON.parse(message) as { readonly reference: string; readonly status: string };
      if (news.reference === order.reference) onNews(news.status);
    });
  }

  return {
    capabilities,
    description: description(shape.kind),
    start,
    poll,
    cancel: ordered('cancel'),
    ...(shape.prepares ? { ready: (link, order, data) => ordered('ready')(link, order, data, { amountMinor: order.amountMinor, currency: order.currency }) } : {}),
    ...(shape.holds ? { capture: ordered('capture'), release: ordered('release') } : {}),
    ...(capabilities.steps.includes('listen') ? { listen } : {}),
    ...(capabilities.proof === 'scanned' ? { prove } : {}),
    confirm: () => Promise.resolve(null),
    refund,
    refundStatus: async (link, order) => refundAnswer(await call(link, 'GET', `/refunds/${order.data['id'] ?? `${order.reference}/by-reference`}`)),
    test: () => Promise.resolve(null),
    demoAccount: (baseUrl, credentials) => ({ settings: { baseUrl }, secrets: credentials as Settings }),
    terminalAction: (_link, _action, values) => Promise.resolve({ ok: true, terminal: { externalId: values['number'] ?? '', settings: {}, secrets: {} } }),
  };
}
