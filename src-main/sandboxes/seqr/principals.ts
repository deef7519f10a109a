import { below, textBelow } from './schema.ts';
import type { State, Terminal } from './state.ts';
import type { Element } from './xml.ts';

/** Longest texts of a context (SEQR, section 2). */
const longest = { channel: 40, clientComment: 80, clientReference: 32 } as const;
const byReseller = new Set(['registerTerminal', 'markTransactionPeriod', 'executeReport']);
/** On these a terminal's password that is too short shows (SEQR, section 5). */
const checksLength = new Set(['unregisterTerminal', 'sendInvoice', 'getPaymentStatus']);
const shortest = 4;

export type Caller = { readonly terminal: Terminal | null } | { readonly code: number };

function resellerOf(state: State, id: string, userId: string | null, password: string): Caller {
  const { reseller } = state;
  const [slashId = id, slashUser] = id.split('/', 2);
  if (slashId !== reseller.id || (userId ?? slashUser ?? '') !== reseller.userId) return { code: 37 };
  return password === reseller.password ? { terminal: null } : { code: 20 };
}

/** Who calls, checked in the order of SEQR, section 14: kind, id, password, its length. */
export function callerOf(state: State, operation: string, element: Element): Caller | { readonly fault: string } {
  const context = below(element, 'context');
  if (!context) return { fault: `${operation}/context is missing` };
  if (textBelow(context, 'clientRequestTimeout') !== '0') return { fault: `${operation}/context/clientRequestTimeout must be 0` };
  for (const [name, most] of Object.entries(longest)) {
    if ((textBelow(context, name) ?? '').length > most) return { fault: `${operation}/context/${name} is longer than ${most} signs` };
  }
  const kind = textBelow(context, 'initiatorPrincipalId', 'type');
  const id = textBelow(context, 'initiatorPrincipalId', 'id') ?? '';
  const password = textBelow(context, 'password') ?? '';
  if (kind !== (byReseller.has(operation) ? 'RESELLERUSER' : 'TERMINALID')) return { code: 91 };
  if (kind === 'RESELLERUSER') return resellerOf(state, id, textBelow(context, 'initiatorPrincipalId', 'userId'), password);
  const terminal = state.terminals.find((one) => one.id === id && !one.gone);
  if (!terminal) return { code: 29 };
  if (terminal.password !== password) return { code: 20 };
  return checksLength.has(operation) && password.length < shortest ? { code: 21 } : { terminal };
}
