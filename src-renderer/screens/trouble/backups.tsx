import { useEffect, useState } from 'react';
import { Archive, FileWarning, LoaderCircle } from 'lucide-react';
import type { BackupView } from '../../../src-main/contract/trouble.ts';
import { AskDialog } from '../../features/ask/ask-dialog.tsx';
import { count, dayTime, fileSize } from '../../features/format/index.ts';
import { failureText, useWords } from '../../features/words/index.ts';
import { call } from '../../transport/index.ts';
import { Button } from '../../ui/button.tsx';
import { Empty, Pill } from '../../ui/pieces.tsx';
import { tellRestored } from './restored.tsx';

/** The shop's own zone is in the database that can't be read: times are those of this machine. */
const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Asks, says what will be missing, and puts the backup in its place. */
function UseBackup({ backup, onClose }: { readonly backup: BackupView; readonly onClose: () => void }) {
  const { t, language } = useWords();
  const [error, setError] = useState<string | null>(null);
  const time = dayTime(language, backup.takenAt, timeZone);
  async function use(): Promise<boolean> {
    setError(null);
    const result = await call('trouble.restore', { name: backup.name });
    if (!result.ok) {
      setError(failureText(t, language, result.error, 'EUR'));
      return false;
    }
    tellRestored(result.value, time);
    return true;
  }
  return (
    <AskDialog title={t('trouble.confirm', { time })} ok={t('trouble.use')} onClose={onClose} onOk={use} testId="trouble-confirm">
      <p>
        <strong>{t('trouble.missingAfter', { time })}</strong>
      </p>
      <p>{backup.lastReceipt ? t('trouble.goesOn', { number: backup.lastReceipt.number }) : t('trouble.goesOnFirst')}</p>
      <p className="quiet-text">{t('trouble.kept')}</p>
      {error === null ? null : (
        <p className="error" role="alert">
          {error}
        </p>
      )}
    </AskDialog>
  );
}

function Row({ backup, place, first, onUse }: { readonly backup: BackupView; readonly place: number; readonly first: boolean; readonly onUse: () => void }) {
  const { t, language } = useWords();
  const { problem, lastReceipt } = backup;
  return (
    <tr data-testid={`trouble-backup-${place}`} data-state={problem ?? 'whole'}>
      <td>{dayTime(language, backup.takenAt, timeZone)}</td>
      {problem === null ? (
        <>
          <td className="number">{count(language, backup.receipts)}</td>
          <td>{lastReceipt ? t('trouble.lastOne', { number: lastReceipt.number, time: dayTime(language, lastReceipt.at, timeZone) }) : t('trouble.noReceipt')}</td>
        </>
      ) : (
        <td colSpan={2}>
          <Pill tone="bad" icon={<FileWarning size={14} aria-hidden />}>
            {t(`trouble.problem.${problem}`)}
          </Pill>
        </td>
      )}
      <td className="number">{fileSize(language, backup.bytes)}</td>
      <td className="trouble-use">
        {problem === null ? (
          <Button kind={first ? 'primary' : 'plain'} onPress={onUse} testId={`trouble-use-${place}`}>
            {t('trouble.use')}
          </Button>
        ) : null}
      </td>
    </tr>
  );
}

/** The backups of this folder, newest first, each read through before it is offered. */
export function Backups() {
  const { t } = useWords();
  const [backups, setBackups] = useState<readonly BackupView[] | null>(null);
  const [chosen, setChosen] = useState<BackupView | null>(null);
  useEffect(() => {
    void call('trouble.backups', {}).then((result) => setBackups(result.ok ? result.value : []));
  }, []);
  if (backups === null) {
    return (
      <div className="trouble-wait" role="status">
        <LoaderCircle size={20} aria-hidden />
        {t('trouble.looking')}
      </div>
    );
  }
  if (backups.length === 0) {
    return (
      <div className="trouble-none" data-testid="trouble-no-backups">
        <Empty icon={<Archive size={32} />} title={t('trouble.none')}>
          <p>{t('trouble.noneHint')}</p>
        </Empty>
      </div>
    );
  }
  const first = backups.findIndex(({ problem }) => problem === null);
  return (
    <section className="stack tight">
      <h2>{t('trouble.backups')}</h2>
      <div className="trouble-table" tabIndex={0} role="region" aria-label={t('trouble.backups')}>
        <table className="table">
          <thead>
            <tr>
              <th>{t('trouble.taken')}</th>
              <th className="number">{t('trouble.receipts')}</th>
              <th>{t('trouble.last')}</th>
              <th className="number">{t('trouble.size')}</th>
              <th>
                <span className="visually-hidden">{t('trouble.use')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {backups.map((backup, index) => (
              <Row key={backup.name} backup={backup} place={index + 1} first={index === first} onUse={() => setChosen(backup)} />
            ))}
          </tbody>
        </table>
      </div>
      {chosen ? <UseBackup backup={chosen} onClose={() => setChosen(null)} /> : null}
    </section>
  );
}
