import { z } from 'zod';
import type { ProviderProblem } from '../../contract/payment.ts';
import type { PaymentProvider, ProviderLink, Settings, TerminalAnswer } from '../../core/payments/provider.ts';
import { read } from '../shared/json.ts';
import { environmentOf } from './account.ts';
import type { Client } from './client.ts';
import { unitPath, unitView } from './sales-unit.ts';

const failed = (problem: ProviderProblem): TerminalAnswer => ({ ok: false, problem });

const madeUp = z.object({ clientId: z.string().min(1), clientSecret: z.string().min(1), subscriptionKey: z.string().min(1), merchantSerialNumber: z.string().regex(/^\d{4,6}$/) });

/** Choosing the sales unit that takes this register's payments, and what the admin tries besides. */
export function createTerminals(call: Client): Pick<PaymentProvider, 'test' | 'terminalAction' | 'demoAccount'> {
  /**
   * Why this sales unit can't be used; null where it can, or where the service has nothing to say of it: not every account may ask,
   * and only in production is a unit that is not found one that is not active (Vipps, section 13).
   */
  async function refusal(link: ProviderLink, unit: string): Promise<ProviderProblem | null> {
    const called = await call(link, { method: 'GET', path: unitPath(unit), unit });
    if (called.kind === 'silent') return called.problem;
    if (called.kind === 'refused') {
      const inactive = called.status === 404 && environmentOf(link.account.settings) === 'production';
      return inactive ? { code: 'not-configured', providerCode: '404', text: `sales unit ${unit} is not active` } : null;
    }
    const allowed = read(unitView, called.json)?.configuration?.paymentAllowed;
    return allowed === false ? { code: 'not-configured', text: `sales unit ${unit} may not take payments` } : null;
  }

  async function choose(link: ProviderLink, values: Settings): Promise<TerminalAnswer> {
    const unit = (values['salesUnit'] ?? '').trim() || (link.account.settings['merchantSerialNumber'] ?? '');
    if (!/^\d{4,6}$/.test(unit)) return failed({ code: 'not-configured', providerCode: 'MSN', text: 'a sales unit has four to six digits' });
    const problem = await refusal(link, unit);
    return problem ? failed(problem) : { ok: true, terminal: { externalId: unit, settings: {}, secrets: {} } };
  }

  return {
    terminalAction(link, action, values) {
      if (action === 'choose') return choose(link, values);
      // Nothing of a register is known there that could be taken away.
      if (action === 'remove') return Promise.resolve({ ok: true, terminal: null });
      return Promise.resolve(failed({ code: 'rejected', text: `no action ${action}` }));
    },
    /** A token of now: one that is known would say nothing of the credentials. */
    async test(link) {
      const answer = await call.tokens.fresh(link);
      return answer.ok ? null : answer.problem;
    },
    demoAccount(baseUrl, credentials) {
      const known = read(madeUp, credentials);
      if (!known) return null;
      const { clientId, clientSecret, subscriptionKey, merchantSerialNumber } = known;
      return {
        settings: { environment: 'own', baseUrl, clientId, merchantSerialNumber, push: 'yes', qrPicture: 'text' },
        secrets: { clientSecret, subscriptionKey },
        terminal: { externalId: merchantSerialNumber, settings: {}, secrets: {} },
      };
    },
  };
}
