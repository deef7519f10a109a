import type { ProviderProblem } from '../../contract/payment.ts';
import type { PaymentProvider, ProviderLink, ProviderWorld, Settings, TerminalAnswer } from '../../core/payments/provider.ts';
import { codes, problemOf } from './answers.ts';
import type { Called, Client } from './client.ts';
import { resellerOf, terminalOf } from './wire.ts';

const stickerPrefix = /^https?:\/\/seqr\.se\/q/i;

/** A sticker's number, as typed, as its Code 128 or as its QR says it (SEQR, section 9). */
export const seqrIdOf = (typed: string): string => typed.trim().replace(stickerPrefix, '');

/** 150 random bits and more, so that nobody guesses a terminal (SEQR, section 5). */
const passwordBytes = 20;

const failed = (problem: ProviderProblem): TerminalAnswer => ({ ok: false, problem });

function problemIn(called: Called): ProviderProblem | null {
  if (!called.ok) return called.problem;
  return called.returned.code === codes.success ? null : problemOf(called.returned);
}

const madeUp = (credentials: unknown, name: string): string | null => {
  const reseller = (credentials as { readonly reseller?: Readonly<Record<string, unknown>> } | null)?.reseller;
  const value = reseller?.[name];
  return typeof value === 'string' ? value : null;
};

/** Registering a till with the service, giving it its sticker, and taking it away. */
export function createTerminals(call: Client, world: ProviderWorld): Pick<PaymentProvider, 'test' | 'terminalAction' | 'demoAccount'> {
  async function register(link: ProviderLink, values: Settings): Promise<TerminalAnswer> {
    const password = world.randomHex(passwordBytes);
    const name = values['name'] || link.shopName;
    const externalTerminalId = `${link.shopName}/${link.register.number}`;
    const called = await call(link, resellerOf(link), 'registerTerminal', { externalTerminalId, password, name });
    const problem = problemIn(called);
    if (!called.ok || problem) return failed(problem ?? { code: 'protocol' });
    const terminalId = called.returned.node['terminalId'];
    if (typeof terminalId !== 'string' || terminalId === '') return failed({ code: 'protocol', text: 'registerTerminal answered without a terminalId' });
    return { ok: true, terminal: { externalId: '', settings: { terminalId, name }, secrets: { password } } };
  }

  async function assign(link: ProviderLink, values: Settings): Promise<TerminalAnswer> {
    const seqrId = seqrIdOf(values['seqrId'] ?? '');
    const problem = problemIn(await call(link, terminalOf(link), 'assignSeqrId', { seqrId }));
    const { terminal } = link;
    if (problem || !terminal) return failed(problem ?? { code: 'not-configured' });
    return { ok: true, terminal: { externalId: seqrId, settings: terminal.settings, secrets: terminal.secrets } };
  }

  async function unregister(link: ProviderLink): Promise<TerminalAnswer> {
    const called = await call(link, terminalOf(link), 'unregisterTerminal');
    const problem = problemIn(called);
    // A terminal that the service knows no more is gone as well.
    const gone = problem === null || (called.ok && called.returned.code === codes.invalidPrincipalId);
    return gone ? { ok: true, terminal: null } : failed(problem);
  }

  /**
   * benchmarkingNop shows that the service is there. Whether it takes our password shows when a report of no period is
   * asked for: any answer but a refusal of the user is a yes, and nothing is changed by it.
   */
  async function test(link: ProviderLink): Promise<ProviderProblem | null> {
    const reached = problemIn(await call(link, null, 'benchmarkingNop'));
    if (reached) return reached;
    const parameters = { parameter: { entry: { key: 'transactionPeriodId', value: '0' } } };
    const called = await call(link, resellerOf(link), 'executeReport', { reportId: 'Reconciliation/Shop.xml', parameters });
    if (called.ok) return problemOf(called.returned).code === 'unauthorised' ? problemOf(called.returned) : null;
    return called.problem;
  }

  return {
    terminalAction(link, action, values) {
      if (action === 'register') return register(link, values);
      if (action === 'assign') return assign(link, values);
      if (action === 'unregister') return unregister(link);
      return Promise.resolve(failed({ code: 'rejected', text: `no action ${action}` }));
    },
    test,
    demoAccount(baseUrl, credentials) {
      const [resellerId, userId, resellerPassword] = ['id', 'userId', 'password'].map((name) => madeUp(credentials, name));
      return resellerId && userId && resellerPassword ? { settings: { baseUrl, resellerId, userId }, secrets: { resellerPassword } } : null;
    },
  };
}
