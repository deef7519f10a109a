import type { CustomerAction, CustomerAnswer } from '../shared/types.ts';
import { end, settle } from './invoices.ts';
import type { Invoice, State } from './state.ts';

const refuse = (error: string): CustomerAnswer => ({ ok: false, error });

/** An invoice by its own number or by the sticker at its till, as the number, as the QR's text, or as an invoice's QR. */
function invoiceOf(state: State, ref: string): Invoice | null {
  const code = ref.trim().replace(/^https?:\/\/seqr\.se\/[qr]/i, '');
  const byNumber = state.invoices.find((one) => one.reference === code);
  if (byNumber) return byNumber;
  const terminal = state.terminals.find((one) => !one.gone && one.seqrId === code);
  return state.invoices.find((one) => one.reference === terminal?.current) ?? null;
}

const told = (state: State, invoice: Invoice): CustomerAnswer => ({
  ok: true,
  ref: invoice.reference,
  status: invoice.status,
  amountMinor: invoice.amountMinor,
  currency: invoice.currency,
  title: invoice.title,
  till: state.terminals.find((one) => one.id === invoice.terminalId)?.name ?? '',
});

function scan(state: State, invoice: Invoice): CustomerAnswer {
  invoice.scanned = true;
  const asks = invoice.acknowledgment === 'REQUIRE_ACKNOWLEDGMENT' || (invoice.acknowledgment === 'OPTIONAL_ACKNOWLEDGMENT' && invoice.tokens.some((token) => token.status === 0));
  if (invoice.status === 'ISSUED' && asks) {
    invoice.status = 'PENDING_ISSUER_ACKNOWLEDGE';
    invoice.version += 1;
  }
  return told(state, invoice);
}

/** The PIN is typed: money moves, is reserved, or is refused. */
function approve(state: State, invoice: Invoice, money: unknown, nowMs: number): CustomerAnswer {
  if (invoice.status !== 'ISSUED') return refuse(`the payment is ${invoice.status}`);
  invoice.scanned = true;
  if (money === 'refused') end(invoice, 'FAILED');
  else if (invoice.mode === 'IMMEDIATE_DEBIT') settle(state, invoice, nowMs);
  else {
    invoice.status = 'RESERVED';
    invoice.version += 1;
  }
  return told(state, invoice);
}

/**
 * What the customer does on the phone: `scan`, `confirm` (the PIN dialog is open: nothing can be cancelled now), `approve`
 * (`money: "refused"` where the bank says no), `decline`, `cancel` (puts the phone away), `ignore`, `pay-late` (with `afterMs` by itself so much
 * later, without it now), `add-token`.
 */
export function customerActs(state: State, action: CustomerAction, nowMs: number): CustomerAnswer {
  const invoice = invoiceOf(state, action.ref ?? '');
  if (!invoice) return refuse('nothing is waiting for payment here');
  const open = invoice.status === 'ISSUED' || invoice.status === 'PENDING_ISSUER_ACKNOWLEDGE';
  switch (action.action) {
    case 'scan':
      return scan(state, invoice);
    case 'confirm':
      if (invoice.status !== 'ISSUED') return refuse(`the payment is ${invoice.status}`);
      invoice.scanned = true;
      invoice.paying = true;
      return told(state, invoice);
    case 'pay-late':
      if (typeof action['afterMs'] !== 'number') return approve(state, invoice, action['money'], nowMs);
      if (!open) return refuse(`the payment is ${invoice.status}`);
      invoice.scanned = true;
      invoice.payAtMs = nowMs + action['afterMs'];
      return told(state, invoice);
    case 'approve':
      return approve(state, invoice, action['money'], nowMs);
    case 'decline':
      if (!open) return refuse(`the payment is ${invoice.status}`);
      end(invoice, 'CANCELED');
      return told(state, invoice);
    case 'cancel':
      invoice.paying = false;
      return told(state, invoice);
    case 'ignore':
      return told(state, invoice);
    case 'add-token':
      if (!open) return refuse(`the payment is ${invoice.status}`);
      invoice.tokens.push({ description: String(action['description'] ?? 'Card'), id: String(action['id'] ?? 'CARD'), status: 0, value: String(action['value'] ?? '1') });
      invoice.version += 1;
      return told(state, invoice);
    default:
      return refuse(`the phone has no action ${action.action}`);
  }
}
