import type { ProviderProblem } from '../../contract/payment.ts';
import type { ProviderLink, ProviderWorld } from '../../core/payments/provider.ts';
import { envelope, postSoap, readEnvelope, type XmlTree } from '../shared/soap.ts';
import { returnedOf, type Returned } from './answers.ts';
import { context, namespace, type Principal } from './wire.ts';

/** Short enough that the next question follows within five seconds: the service reverses after 20 s of silence. */
const timeoutMs = 3_000;

/** An answer of the service, or why there is none. `sent: false` proves that it never heard of it. */
export type Called = { readonly ok: true; readonly returned: Returned } | { readonly ok: false; readonly sent: boolean; readonly problem: ProviderProblem };

/** Without a principal nothing but the content is sent: benchmarkingNop has not even a context. */
export type Client = (link: ProviderLink, principal: Principal | null, operation: string, content?: XmlTree) => Promise<Called>;

const protocol = (text: string): Called => ({ ok: false, sent: true, problem: { code: 'protocol', text } });

/** Speaks with the service at the address that the account names. */
export function createClient(world: ProviderWorld): Client {
  return async (link, principal, operation, content = {}) => {
    const client = { program: world.program, reference: world.randomHex(12) };
    const xml = envelope(namespace, operation, { ...(principal ? { context: context(principal, client) } : {}), ...content });
    const answer = await postSoap(world.http, link.account.settings['baseUrl'] ?? '', xml, timeoutMs);
    if (!answer.ok) {
      const code = answer.reason === 'sandbox-refused' || answer.reason === 'bad-address' ? 'not-configured' : 'unreachable';
      return { ok: false, sent: answer.sent, problem: { code, text: answer.reason } };
    }
    if (answer.status === 429) return { ok: false, sent: true, problem: { code: 'rate-limited', providerCode: '429' } };
    const read = readEnvelope(answer.body, `${operation}Response`);
    if (read.kind === 'fault') return protocol(`SOAP fault ${read.code}: ${read.text}`.slice(0, 300));
    if (answer.status >= 500) return { ok: false, sent: true, problem: { code: 'unreachable', providerCode: String(answer.status) } };
    if (read.kind === 'broken') return protocol(`HTTP ${answer.status}: ${read.why}`);
    const returned = returnedOf(read.content);
    return returned ? { ok: true, returned } : protocol(`${operation}: no result code`);
  };
}
