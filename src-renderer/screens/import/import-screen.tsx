import { useEffect, useState } from 'react';
import { CircleCheck, FileUp, TriangleAlert } from 'lucide-react';
import type { ImportPreview, ImportProgress } from '../../../src-main/contract/articles.ts';
import type { CallResult } from '../../../src-main/contract/index.ts';
import { count, money } from '../../features/format/index.ts';
import { useShortcuts } from '../../features/shortcuts/index.ts';
import { useShop } from '../../features/till/store.ts';
import { failureText, useWords } from '../../features/words/index.ts';
import { call, subscribe } from '../../transport/index.ts';
import { Button } from '../../ui/button.tsx';
import { Panel, Pill, Progress } from '../../ui/pieces.tsx';
import { RefusedRows } from './refused-rows.tsx';

function base64Of(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener('load', () => resolve(String(reader.result).replace(/^[^,]*,/, '')));
    reader.addEventListener('error', () => reject(new Error(reader.error?.message ?? 'unreadable')));
    reader.readAsDataURL(file);
  });
}

/** A file that is gone or locked by another program can't be read; that is a sentence, like any other refusal. */
async function previewOf(file: File): Promise<CallResult<'import.preview'>> {
  try {
    return await call('import.preview', { fileName: file.name.slice(0, 255), base64: await base64Of(file) });
  } catch {
    return { ok: false, error: { code: 'file-unreadable', detail: { fileName: file.name } } };
  }
}

const separatorNames: Readonly<Record<string, string>> = { ',': 'comma', ';': 'semicolon', '\t': 'tab' };

/** What an import came to stands above the rows that were looked at when it was started. */
function intoView(element: HTMLElement | null): void {
  element?.scrollIntoView({ block: 'nearest' });
}

function Preview({ preview }: { readonly preview: ImportPreview }) {
  const { t, language } = useWords();
  const { shop } = useShop();
  return (
    <>
      <div className="choices" data-testid="import-found">
        <Pill tone="good">{t('import.willAdd', { count: preview.willAdd, shown: count(language, preview.willAdd) })}</Pill>
        <Pill tone="waiting">{t('import.willUpdate', { count: preview.willUpdate, shown: count(language, preview.willUpdate) })}</Pill>
        <Pill tone={preview.refused.length > 0 ? 'amber' : 'plain'}>{t('import.refused', { count: preview.refused.length })}</Pill>
        <Pill>{preview.encoding.toUpperCase()}</Pill>
        <Pill>{t(`import.separator.${separatorNames[preview.separator] ?? 'comma'}`)}</Pill>
        <Pill>{t('import.decimal', { sign: preview.decimal })}</Pill>
      </div>
      <div className="choices">
        {preview.columns.map((column, index) => (
          <Pill key={index} tone={column.field ? 'plain' : 'amber'}>
            {`${column.header} → ${column.field ? t(`import.field.${column.field}`) : t('import.ignored')}`}
          </Pill>
        ))}
      </div>
      <div className="room-table" tabIndex={0} role="region" aria-label={t('import.sample')}>
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{t('import.line')}</th>
              <th scope="col">{t('article.gtin')}</th>
              <th scope="col">{t('article.name')}</th>
              <th scope="col">{t('article.group')}</th>
              <th scope="col">{t('article.vat')}</th>
              <th scope="col" className="number">{t('article.price')}</th>
            </tr>
          </thead>
          <tbody>
            {preview.sample.map((row) => (
              <tr key={row.line}>
                <td>{row.line}</td>
                <td>{row.gtin}</td>
                <td>{row.name}</td>
                <td>{row.group}</td>
                <td>{t(`vatClass.${row.vatClass}`)}</td>
                <td className="number">{money(language, row.priceMinor, shop.currency)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <RefusedRows rows={preview.refused} fileName={preview.fileName} />
    </>
  );
}

/** Articles from a file: look first, then take over, with the rows that were refused and why. */
export function ImportScreen() {
  const { t, language } = useWords();
  const { shop } = useShop();
  const [preview, setPreview] = useState<ImportPreview | null>(null);
  const [progress, setProgress] = useState<ImportProgress | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [reading, setReading] = useState(false);
  useEffect(() => subscribe('import.progress', setProgress), []);
  const back = (): void => {
    location.hash = '#/admin/articles';
  };
  useShortcuts({ Escape: back }, 'screen');

  async function look(file: File): Promise<void> {
    setProblem(null);
    setProgress(null);
    setReading(true);
    const looked = await previewOf(file);
    setReading(false);
    setPreview(looked.ok ? looked.value : null);
    if (!looked.ok) setProblem(failureText(t, language, looked.error, shop.currency));
  }

  async function start(): Promise<void> {
    if (!preview) return;
    const started = await call('import.start', { importId: preview.importId });
    if (!started.ok) setProblem(failureText(t, language, started.error, shop.currency));
  }

  const running = progress?.state === 'running';
  const finished = progress && progress.state !== 'running' ? progress : null;
  return (
    <main className="room">
      <div className="room-head">
        <h1>{t('screens.import')}</h1>
        <Button hotkey="Esc" onPress={back}>
          {t('screens.articles')}
        </Button>
      </div>
      <div className="card room-card stack">
        <p className="quiet-text">{t('import.text')}</p>
        <label
          className="drop button"
          onDragOver={(event) => event.preventDefault()}
          onDrop={(event) => {
            event.preventDefault();
            const [file] = event.dataTransfer.files;
            if (file && !running) void look(file);
          }}
        >
          <FileUp size={24} aria-hidden />
          {t(reading ? 'import.reading' : 'import.choose')}
          <input
            type="file"
            className="visually-hidden"
            accept=".csv,.txt,text/csv,text/plain"
            data-testid="import-file"
            disabled={running}
            onChange={(event) => {
              const [file] = event.target.files ?? [];
              event.target.value = '';
              if (file) void look(file);
            }}
          />
        </label>
        {problem ? <Panel tone="bad" icon={<TriangleAlert size={32} aria-hidden />} title={problem} /> : null}
        {progress && running ? (
          <>
            <Progress done={progress.done} total={progress.total} label={t('import.running')} />
            <div className="row">
              <span>{t('import.progress', { done: count(language, progress.done), total: count(language, progress.total) })}</span>
              <Button size="small" onPress={() => void call('import.cancel', { importId: progress.importId })}>
                {t('common.cancel')}
              </Button>
            </div>
          </>
        ) : null}
        {finished ? (
          <div ref={intoView}>
            <Panel tone={finished.state === 'done' ? 'good' : 'amber'} icon={<CircleCheck size={32} aria-hidden />} title={t(`import.${finished.state}`)} testId="import-result">
              <p>{t('import.result', { added: count(language, finished.added), updated: count(language, finished.updated), refused: count(language, finished.refused) })}</p>
            </Panel>
          </div>
        ) : null}
        {preview ? <Preview preview={preview} /> : null}
        {preview && !progress ? (
          <Button kind="primary" size="large" onPress={() => void start()} disabled={preview.willAdd + preview.willUpdate === 0} testId="import-start">
            {t('import.start', { count: preview.willAdd + preview.willUpdate, shown: count(language, preview.willAdd + preview.willUpdate) })}
          </Button>
        ) : null}
      </div>
    </main>
  );
}
