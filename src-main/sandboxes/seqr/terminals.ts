import { randomBytes } from 'node:crypto';
import type { Outcome } from './answers.ts';
import { textBelow } from './schema.ts';
import { currentOf, end } from './invoices.ts';
import type { State, Terminal } from './state.ts';
import { leaf, type Element } from './xml.ts';

/** Each registration is a new terminal, also under a name that was used before (SEQR, section 5). */
export function registerTerminal(state: State, element: Element): Outcome {
  const [externalId, password, name] = ['externalTerminalId', 'password', 'name'].map((one) => textBelow(element, one) ?? '');
  if (!externalId || !password || !name) return { code: 90 };
  const id = randomBytes(16).toString('hex');
  state.terminals.push({ id, password, externalId, name, seqrId: null, current: null, gone: false });
  return { code: 0, rest: [leaf('terminalId', id)] };
}

/** The terminal's open invoice ends with it, and its sticker is free again. */
export function unregisterTerminal(state: State, terminal: Terminal): Outcome {
  const invoice = currentOf(state, terminal);
  if (invoice && invoice.status === 'ISSUED' && !invoice.paying) end(invoice, 'CANCELED');
  terminal.gone = true;
  terminal.seqrId = null;
  return { code: 0 };
}

/** Letters and digits, free or already this terminal's; a second number takes the place of the first (SEQR, section 5). */
export function assignSeqrId(state: State, terminal: Terminal, element: Element): Outcome {
  const seqrId = textBelow(element, 'seqrId') ?? '';
  const taken = state.terminals.some((one) => one !== terminal && !one.gone && one.seqrId === seqrId);
  if (!/^[a-zA-Z0-9]{1,40}$/.test(seqrId) || taken) return { code: 53 };
  terminal.seqrId = seqrId;
  return { code: 0 };
}
