import type { Outcome } from './answers.ts';
import { below, textBelow } from './schema.ts';
import { nextErsReference, writeMinor, type Invoice, type Period, type State } from './state.ts';
import { leaf, xml, type Element } from './xml.ts';

/** How long a report takes after its period was closed, ms (SEQR, section 11). */
const readyMs = 3_000;

function parameterOf(element: Element, key: string): string | null {
  const entries = below(below(element, 'parameters'), 'parameter')?.children ?? [];
  const entry = entries.find((one) => textBelow(one, 'key') === key);
  return textBelow(entry ?? null, 'value');
}

/** Closes a period: of one terminal by its parameter, else of the whole shop. */
export function markTransactionPeriod(state: State, element: Element, nowMs: number): Outcome {
  const terminalId = parameterOf(element, 'TERMINALID');
  if (terminalId !== null && !state.terminals.some((one) => one.id === terminalId)) return { code: 29 };
  const id = nextErsReference(state, nowMs);
  state.periods.push({ id, terminalId, atMs: nowMs });
  for (const invoice of state.invoices) {
    if (invoice.status === 'PAID' && invoice.period === null && (terminalId === null || invoice.terminalId === terminalId)) invoice.period = id;
  }
  return { code: 0, rest: [leaf('transactionPeriodId', id)] };
}

const total = (invoices: readonly Invoice[]): string => `${writeMinor(invoices.reduce((sum, one) => sum + one.amountMinor, 0))}000`;
const summary = (invoices: readonly Invoice[]): readonly (string | null)[] => [leaf('SalesCount', invoices.length), leaf('SalesTotal', total(invoices))];
const grouped = (invoices: readonly Invoice[], by: (one: Invoice) => string): ReadonlyMap<string, Invoice[]> => {
  const groups = new Map<string, Invoice[]>();
  for (const invoice of invoices) groups.set(by(invoice), [...(groups.get(by(invoice)) ?? []), invoice]);
  return groups;
};
const detail = (one: Invoice): string =>
  xml('Row', leaf('TerminalId', one.terminalId), leaf('CashierId', one.cashierId || 'NULL'), leaf('SalesAmount', `${writeMinor(one.amountMinor)}000`), leaf('ErsReference', one.ersReference));

type Report = { readonly root: string; readonly title: string; readonly ofTerminal: boolean; readonly rows: (invoices: readonly Invoice[]) => readonly string[] };

const reports: Readonly<Record<string, Report>> = {
  'Reconciliation/Shop.xml': { root: 'ResellerTransactionSummary', title: '', ofTerminal: false, rows: (all) => [xml('Row', ...summary(all))] },
  'Reconciliation/STD_RECON_002.xml': { root: 'TerminalTransactionSummary', title: 'STD_RECON_002', ofTerminal: false, rows: (all) => [...grouped(all, (one) => one.terminalId)].map(([id, own]) => xml('Row', leaf('TerminalId', id), ...summary(own))) },
  'Reconciliation/STD_RECON_003.xml': { root: 'TransactionDetails', title: 'STD_RECON_003', ofTerminal: false, rows: (all) => all.map(detail) },
  'Reconciliation/STD_RECON_004.xml': { root: 'CashierTransactionSummary', title: 'STD_RECON_004', ofTerminal: false, rows: (all) => [...grouped(all, (one) => one.cashierId || 'NULL')].map(([id, own]) => xml('Row', leaf('CashierId', id), ...summary(own))) },
  'Reconciliation/STD_RECON_006.xml': { root: 'TerminalTransactionSummary', title: 'STD_RECON_006', ofTerminal: true, rows: (all) => [xml('Row', ...summary(all))] },
  'Reconciliation/STD_RECON_007.xml': { root: 'TransactionDetails', title: 'STD_RECON_007', ofTerminal: true, rows: (all) => all.map(detail) },
};

function reportXml(state: State, report: Report, period: Period, nowMs: number): string {
  const invoices = state.invoices.filter((one) => one.period === period.id && one.status === 'PAID');
  const generated = new Date(nowMs).toISOString().slice(0, 16).replace('T', ' ');
  const meta = xml('Meta', leaf('ResellerId', state.reseller.id), leaf('TerminalId', period.terminalId), leaf('TransactionPeriodId', period.id), leaf('GeneratedAt', generated));
  return `<?xml version="1.0" encoding="UTF-8"?>\n${xml(report.root, meta, ...report.rows(invoices))}`;
}

/** Not ready for three seconds; a terminal's report of a period that was closed for the whole shop never is (SEQR, section 11). */
export function executeReport(state: State, element: Element, nowMs: number): Outcome {
  const report = reports[textBelow(element, 'reportId') ?? ''];
  const period = state.periods.find((one) => one.id === parameterOf(element, 'transactionPeriodId'));
  if (!report || !period) return { code: 90 };
  const terminalId = parameterOf(element, 'TERMINALID');
  if (report.ofTerminal && (terminalId === null || (period.terminalId !== null && terminalId !== period.terminalId))) return { code: 90 };
  if (nowMs - period.atMs < readyMs || (report.ofTerminal && period.terminalId === null)) return { code: 2 };
  const content = reportXml(state, report, period, nowMs);
  const title = report.title === '' ? '' : `${report.title}_${period.id}.xml`;
  return {
    code: 0,
    rest: [xml('report', leaf('title', title), leaf('mimeType', 'text/html'), leaf('content', Buffer.from(content, 'utf8').toString('base64')), `<contentString><![CDATA[${content}]]></contentString>`)],
  };
}
