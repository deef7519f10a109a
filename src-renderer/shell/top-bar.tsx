import { useEffect, useState } from 'react';
import { Archive, CirclePause, Hourglass, Inbox, MailWarning, Mails, Menu, Printer, ScanBarcode, Wifi, WifiOff } from 'lucide-react';
import { clockTime, money } from '../features/format/index.ts';
import { useShop, useTill } from '../features/till/store.ts';
import { useWords } from '../features/words/index.ts';
import { Button } from '../ui/button.tsx';
import { Pill } from '../ui/pieces.tsx';

function Clock() {
  const { language } = useWords();
  const { shop } = useShop();
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return <time className="amount">{clockTime(language, now, shop.timeZone)}</time>;
}

/** State of what the register depends on, each with an icon and a word. */
function StatusPills() {
  const { t, language } = useWords();
  const status = useTill((state) => state.status);
  const sale = useTill((state) => state.sale);
  const parked = sale?.parkedCount ?? 0;
  const aside = sale?.aside ?? [];
  if (!status) return null;
  const online = status.network === 'online';
  const printer = status.printerProblem === null ? t(`status.printer.${status.printer}`) : `${t(`printer.${status.printerProblem}`)}. ${t(`printer.remedy.${status.printerProblem}`)}`;
  return (
    <>
      <span className="pill status" title={t(`status.scanner.${status.scanner}`)}>
        <ScanBarcode size={16} aria-hidden />
        <span>{t('status.scanner.name')}</span>
        <span className="visually-hidden">{t(`status.scanner.${status.scanner}`)}</span>
      </span>
      <span className={`pill status ${status.printer === 'failed' || status.unprinted > 0 || status.paperNearEnd ? 'amber' : ''}`} title={printer} data-testid="status-printer" data-state={status.printerProblem ?? (status.paperNearEnd ? 'near-end' : status.printer)}>
        <Printer size={16} aria-hidden />
        <span>{status.unprinted > 0 ? t('status.unprinted', { count: status.unprinted }) : status.paperNearEnd ? t('status.nearEnd') : t('status.printer.name')}</span>
        <span className="visually-hidden">{printer}</span>
      </span>
      {status.drawer === 'open' ? (
        <Pill tone="amber" icon={<Inbox size={16} aria-hidden />}>
          {t('printerPage.drawer.open')}
        </Pill>
      ) : null}
      <span className={`pill status ${online ? '' : 'amber'}`}>
        {online ? <Wifi size={16} aria-hidden /> : <WifiOff size={16} aria-hidden />}
        <span>{t(`status.network.${status.network}`)}</span>
      </span>
      {status.mails.failed > 0 ? (
        <Pill tone="amber" icon={<MailWarning size={16} aria-hidden />}>
          {t('status.mailsFailed', { count: status.mails.failed })}
        </Pill>
      ) : status.mails.waiting > 0 ? (
        <Pill tone="waiting" icon={<Mails size={16} aria-hidden />}>
          {t('status.mailsWaiting', { count: status.mails.waiting })}
        </Pill>
      ) : null}
      {status.backup === 'failed' ? (
        <span className="pill status amber" title={t('trouble.backupFailedHint')} data-testid="backup-failed">
          <Archive size={16} aria-hidden />
          <span>{t('trouble.backupFailed')}</span>
          <span className="visually-hidden">{t('trouble.backupFailedHint')}</span>
        </span>
      ) : null}
      {sale && aside.length > 0 ? (
        <Pill tone="amber" icon={<Hourglass size={16} aria-hidden />}>
          {t('status.aside', { count: aside.length, amount: money(language, aside.reduce((all, one) => all + one.dueMinor, 0), sale.currency) })}
        </Pill>
      ) : null}
      {parked > 0 ? (
        <Pill tone="amber" icon={<CirclePause size={16} aria-hidden />}>
          {t('status.parked', { count: parked })}
        </Pill>
      ) : null}
    </>
  );
}

/** The bar over every screen: where this is, who stands here, what works. */
export function TopBar({ onMenu }: { readonly onMenu: () => void }) {
  const { t } = useWords();
  const { register } = useShop();
  const session = useTill((state) => state.session);
  const tasks = useTill((state) => state.status?.tasks ?? 0);
  return (
    <header className="top">
      <span className="top-brand">
        <span className="top-logo" aria-hidden>
          {t('app.letter')}
        </span>
        <span className="top-name">{t('app.name')}</span>
      </span>
      <span className="top-who">{register.name === '' ? t('session.register', { number: register.number }) : register.name}</span>
      <span className="top-who">{session?.staff?.name}</span>
      <span className="spacer" />
      <span className="top-pills">
        <StatusPills />
        <Clock />
      </span>
      <Button size="small" kind="quiet" hotkey="F1" onPress={onMenu} label={tasks === 0 ? t('menu.open') : `${t('menu.open')}, ${t('status.tasks', { count: tasks })}`} testId="menu">
        <Menu size={22} aria-hidden />
        {tasks === 0 ? null : <span className="badge" aria-hidden>{tasks}</span>}
      </Button>
    </header>
  );
}
