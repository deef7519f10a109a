import { Download } from 'lucide-react';
import type { RefusedRow } from '../../../src-main/contract/articles.ts';
import { useWords } from '../../features/words/index.ts';
import { Button } from '../../ui/button.tsx';

/** A cell as text: a spreadsheet would take `=...` for a formula of its own. */
const cell = (text: string): string => `"${(/^[=+\-@\t]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;

/** Spreadsheets read a file as UTF-8 only when it begins with this. */
const byteOrderMark = '\uFEFF';

/** Rows that were not taken, each with its line and reason, and as a file to mend them from. */
export function RefusedRows({ rows, fileName }: { readonly rows: readonly RefusedRow[]; readonly fileName: string }) {
  const { t } = useWords();
  if (rows.length === 0) return null;
  const save = (): void => {
    const table = [[t('import.line'), t('import.why'), t('import.row')], ...rows.map((row) => [String(row.line), t(`import.reason.${row.reason}`), row.text])];
    const lines = table.map((row) => row.map(cell).join(','));
    const address = URL.createObjectURL(new Blob([byteOrderMark, `${lines.join('\r\n')}\r\n`], { type: 'text/csv' }));
    const link = document.createElement('a');
    link.href = address;
    link.download = `refused-${fileName}`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), 10_000);
  };
  return (
    <>
      <div className="row">
        <h2 className="grow">{t('import.refused', { count: rows.length })}</h2>
        <Button size="small" onPress={save}>
          <Download size={16} aria-hidden />
          {t('import.saveRefused')}
        </Button>
      </div>
      <div className="room-table" tabIndex={0} role="region" aria-label={t('import.refused', { count: rows.length })}>
        <table className="table" data-testid="import-refused">
          <thead>
            <tr>
              <th scope="col">{t('import.line')}</th>
              <th scope="col">{t('import.why')}</th>
              <th scope="col">{t('import.row')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={`${row.line}-${row.reason}`}>
                <td>{row.line}</td>
                <td>{t(`import.reason.${row.reason}`)}</td>
                <td>{row.text}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
