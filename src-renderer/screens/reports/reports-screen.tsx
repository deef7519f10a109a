import { useCallback, useEffect, useState } from 'react';
import { Banknote, CircleAlert, CircleCheck, FileChartColumn, FileDown, FileSpreadsheet, Hourglass, Pause, Printer, ReceiptText, RotateCcw, Undo2, GraduationCap, type LucideIcon } from 'lucide-react';
import type { Failure } from '../../../src-main/contract/errors.ts';
import type { Paper as PaperData } from '../../../src-main/contract/receipts.ts';
import type { Obstacle, ReportRow } from '../../../src-main/contract/reports.ts';
import { callApproved } from '../../features/approval/store.ts';
import { AskDialog } from '../../features/ask/ask-dialog.tsx';
import { download } from '../../features/download/index.ts';
import { dayTime, money } from '../../features/format/index.ts';
import { notify } from '../../features/notices/store.ts';
import { Paper } from '../../features/paper/paper.tsx';
import { openReturns } from '../../features/returns/store.ts';
import { useScanTarget } from '../../features/scanner/targets.ts';
import { useShortcuts } from '../../features/shortcuts/index.ts';
import { useShop } from '../../features/till/store.ts';
import { failureText, useWords } from '../../features/words/index.ts';
import { call, subscribe } from '../../transport/index.ts';
import { Button } from '../../ui/button.tsx';
import { Empty, Panel, Pill } from '../../ui/pieces.tsx';
import { CarryOverDialog } from './carry-over-dialog.tsx';
import { ExportDialog } from './export-dialog.tsx';
import './reports.css';

const shown = 200;

const icons: Readonly<Record<Obstacle['kind'], LucideIcon>> = {
  'receipt-open': ReceiptText,
  'receipt-parked': Pause,
  'receipt-aside': Hourglass,
  'payment-unfinished': Hourglass,
  'payment-in-doubt': CircleAlert,
  'refund-unfinished': Undo2,
  'return-open': Undo2,
  'training-on': GraduationCap,
  'shift-open': Banknote,
};

/** Reports and what stands before a Z, asked again when something around them changes. */
function useReports() {
  const [rows, setRows] = useState<readonly ReportRow[] | null>(null);
  const [obstacles, setObstacles] = useState<readonly Obstacle[]>([]);
  const [failure, setFailure] = useState<Failure | null>(null);
  const load = useCallback(async (): Promise<void> => {
    const [list, inTheWay] = await Promise.all([call('report.list', { limit: shown }), call('report.obstacles', {})]);
    if (list.ok) setRows(list.value);
    if (inTheWay.ok) setObstacles(inTheWay.value);
    setFailure(list.ok ? null : list.error);
  }, []);
  useEffect(() => {
    void load();
    const stops = [subscribe('report.changed', () => void load()), subscribe('sale.changed', () => void load()), subscribe('shift.changed', () => void load()), subscribe('refund.changed', () => void load()), subscribe('payment.changed', () => void load()), subscribe('shop.changed', () => void load())];
    return () => {
      for (const stop of stops) stop();
    };
  }, [load]);
  return { rows, obstacles, failure };
}

const routes: Readonly<Record<Exclude<Obstacle['action'], 'carry-over' | 'end-training' | 'go-returns'>, string>> = { resume: '#/sale', 'bring-back': '#/sale', 'go-sale': '#/sale', 'go-receipts': '#/receipts', 'go-tasks': '#/tasks', 'go-shift': '#/shift' };

/** One thing to clear first, with the button that leads to it. */
function ObstacleRow({ obstacle, place }: { readonly obstacle: Obstacle; readonly place: number }) {
  const { t, language } = useWords();
  const { shop } = useShop();
  const Icon = icons[obstacle.kind];
  const { receiptId, attemptId, action } = obstacle;
  const [asks, setAsks] = useState(false);
  const clear = async (): Promise<void> => {
    if (action === 'carry-over') {
      setAsks(true);
      return;
    }
    if (action === 'end-training') {
      await call('training.end', {});
      return;
    }
    if (action === 'go-returns') {
      openReturns(receiptId === null ? null : { returnId: receiptId });
      return;
    }
    const brought = receiptId !== null && (action === 'resume' ? await call('sale.resume', { receiptId }) : action === 'bring-back' ? await call('sale.bring-back', { receiptId }) : null);
    if (brought && !brought.ok) {
      notify(failureText(t, language, brought.error, shop.currency), { tone: 'bad' });
      return;
    }
    location.hash = routes[action];
  };
  const about = [obstacle.name, obstacle.at === null ? '' : dayTime(language, obstacle.at, shop.timeZone)].filter((part) => part !== '').join(' · ');
  return (
    <li className="obstacle" data-testid={`obstacle-${place}`} data-kind={obstacle.kind}>
      <Icon size={22} aria-hidden />
      <span className="obstacle-main">
        <span>{t(`reports.obstacle.${obstacle.kind}`)}</span>
        {about === '' ? null : <span className="line-under">{about}</span>}
      </span>
      {obstacle.amountMinor === null ? null : <span className="amount">{money(language, obstacle.amountMinor, shop.currency)}</span>}
      <Button onPress={() => void clear()} testId={`obstacle-clear-${place}`}>
        {t(`reports.clear.${action}`)}
      </Button>
      {asks && attemptId !== null ? <CarryOverDialog attemptId={attemptId} name={obstacle.name} amountMinor={obstacle.amountMinor ?? 0} onClose={() => setAsks(false)} /> : null}
    </li>
  );
}

function Obstacles({ obstacles }: { readonly obstacles: readonly Obstacle[] }) {
  const { t } = useWords();
  if (obstacles.length === 0) return <Panel tone="good" icon={<CircleCheck size={28} aria-hidden />} title={t('reports.ready')} testId="z-ready" />;
  return (
    <section className="card obstacles">
      <h2>{t('reports.first')}</h2>
      <ul>
        {obstacles.map((obstacle, index) => (
          <ObstacleRow key={`${obstacle.kind} ${obstacle.attemptId ?? obstacle.receiptId ?? obstacle.name}`} obstacle={obstacle} place={index + 1} />
        ))}
      </ul>
    </section>
  );
}

function ChosenReport({ row }: { readonly row: ReportRow }) {
  const { t, language } = useWords();
  const { shop } = useShop();
  const [paper, setPaper] = useState<PaperData | null>(null);
  useEffect(() => {
    let current = true;
    void call('report.paper', { reportId: row.reportId }).then((found) => {
      if (current && found.ok) setPaper(found.value.paper);
    });
    return () => {
      current = false;
    };
  }, [row.reportId]);
  const print = async (): Promise<void> => {
    const printed = await call('report.print', { reportId: row.reportId });
    if (printed.ok) notify(t(printed.value.copy ? 'reports.copied' : 'reports.printed'));
    else notify(failureText(t, language, printed.error, shop.currency), { tone: 'bad' });
  };
  const pdf = async (): Promise<void> => {
    const made = await call('report.pdf', { reportId: row.reportId });
    if (made.ok) download(made.value.fileName, made.value.base64);
    else notify(failureText(t, language, made.error, shop.currency), { tone: 'bad' });
  };
  return (
    <>
      <div className="row">
        <Button onPress={() => void print()} testId="report-print">
          <Printer size={20} aria-hidden />
          {t(row.printed ? 'reports.printCopy' : 'reports.print')}
        </Button>
        <Button onPress={() => void pdf()} testId="report-pdf">
          <FileDown size={20} aria-hidden />
          {t('receipts.pdf')}
        </Button>
      </div>
      {paper ? <Paper paper={paper} /> : null}
    </>
  );
}

/** X at any time, Z when all is cleared, and every report that was ever taken. */
export function ReportsScreen() {
  const { t, language } = useWords();
  const { shop } = useShop();
  const { rows, obstacles, failure } = useReports();
  const [chosenId, setChosenId] = useState<string | null>(null);
  const [asksZ, setAsksZ] = useState(false);
  const [exports, setExports] = useState(false);
  const chosen = rows?.find((row) => row.reportId === chosenId) ?? rows?.[0] ?? null;
  const take = async (kind: 'x' | 'z'): Promise<boolean> => {
    const taken = await callApproved(kind === 'x' ? 'report.x' : 'report.z', {});
    if (taken.ok) setChosenId(taken.value.reportId);
    else notify(failureText(t, language, taken.error, shop.currency), { tone: 'bad' });
    return taken.ok;
  };
  const askZ = (): void => setAsksZ(true);
  useScanTarget(null);
  useShortcuts({ F9: () => void take('x'), F10: obstacles.length === 0 ? askZ : undefined, Escape: () => { location.hash = '#/sale'; } }, 'screen');
  return (
    <main className="reports">
      <section className="reports-list">
        <div className="room-head">
          <h1>{t('screens.reports')}</h1>
          <div className="row">
            <Button onPress={() => setExports(true)} testId="export-open">
              <FileSpreadsheet size={20} aria-hidden />
              {t('accounting.export')}
            </Button>
            <Button hotkey="Esc" onPress={() => { location.hash = '#/sale'; }} testId="back">
              {t('common.backToSale')}
            </Button>
          </div>
        </div>
        <div className="reports-take">
          <Button size="large" hotkey="F9" onPress={() => void take('x')} testId="report-x">
            <FileChartColumn size={22} aria-hidden />
            {t('reports.x')}
          </Button>
          <Button size="large" kind="primary" hotkey="F10" disabled={obstacles.length > 0} onPress={askZ} testId="report-z">
            <RotateCcw size={22} aria-hidden />
            {t('reports.z')}
          </Button>
        </div>
        <Obstacles obstacles={obstacles} />
        {failure ? <Panel tone="bad" icon={<CircleAlert size={32} aria-hidden />} title={failureText(t, language, failure, shop.currency)} /> : null}
        {rows && rows.length === 0 ? (
          <Empty icon={<FileChartColumn size={44} strokeWidth={1.5} />} title={t('reports.none')}>
            <p>{t('reports.noneHint')}</p>
          </Empty>
        ) : (
          <ul className="reports-rows" aria-label={t('screens.reports')}>
            {rows?.map((row) => (
              <li key={row.reportId}>
                <button type="button" className="list-row report-row" aria-pressed={row === chosen} onClick={() => setChosenId(row.reportId)} data-testid={`${row.kind}-${row.number}`}>
                  <span className={`report-kind ${row.kind}`} aria-hidden>
                    {row.kind.toUpperCase()}
                  </span>
                  <span className="obstacle-main">
                    <span className="amount">{t(`reports.name.${row.kind}`, { number: row.number })}</span>
                    <span className="line-under">{`${dayTime(language, row.at, shop.timeZone)} · ${row.staffName}`}</span>
                  </span>
                  {row.printed ? null : <Pill tone="amber">{t('reports.notPrinted')}</Pill>}
                  <span className="amount">{money(language, row.totalMinor, row.currency)}</span>
                </button>
              </li>
            ))}
          </ul>
        )}
      </section>
      <section className="reports-paper" aria-label={t('receipts.paper')}>
        {chosen ? <ChosenReport key={chosen.reportId} row={chosen} /> : null}
      </section>
      {exports ? <ExportDialog onClose={() => setExports(false)} /> : null}
      {asksZ ? (
        <AskDialog title={t('reports.zTitle')} ok={t('reports.z')} onClose={() => setAsksZ(false)} onOk={() => take('z')} testId="z-dialog">
          <p>{t('reports.zText')}</p>
        </AskDialog>
      ) : null}
    </main>
  );
}
