import { useEffect, useState } from 'react';
import { CircleAlert, CircleCheck } from 'lucide-react';
import type { Failure, Result } from '../../../src-main/contract/errors.ts';
import type { CallOutput } from '../../../src-main/contract/index.ts';
import { notify } from '../../features/notices/store.ts';
import { useShortcuts } from '../../features/shortcuts/index.ts';
import { useShop } from '../../features/till/store.ts';
import { failureText, useWords } from '../../features/words/index.ts';
import { call } from '../../transport/index.ts';
import { Button } from '../../ui/button.tsx';
import { Panel } from '../../ui/pieces.tsx';
import { Condition } from './condition.tsx';
import { SettingsForm } from './settings-form.tsx';
import type { View } from './view.ts';

type Problem = CallOutput<'printer.test'>['problem'];

/** What became of the test page. */
function TestResult({ problem }: { readonly problem: Problem | 'printed' }) {
  const { t } = useWords();
  if (problem === null) return null;
  return problem === 'printed' ? (
    <Panel tone="good" icon={<CircleCheck size={32} aria-hidden />} title={t('printerPage.printed')} testId="printer-test-result" state="printed" />
  ) : (
    <Panel tone="bad" icon={<CircleAlert size={32} aria-hidden />} title={t(`printer.${problem}`)} testId="printer-test-result" state={problem}>
      <p>{t(`printer.remedy.${problem}`)}</p>
    </Panel>
  );
}

function usePrinter() {
  const { t, language } = useWords();
  const { shop } = useShop();
  const [view, setView] = useState<View | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    void call('printer.settings', {}).then((found) => {
      if (found.ok) setView(found.value);
      else setFailure(found.error);
    });
  }, []);
  /** One question to the printer at a time; what fails is said. */
  const ask = async <T,>(question: () => Promise<Result<T>>, then: (value: T) => void): Promise<void> => {
    setBusy(true);
    const answer = await question();
    setBusy(false);
    if (answer.ok) then(answer.value);
    else notify(failureText(t, language, answer.error, shop.currency), { tone: 'bad' });
  };
  return { view, setView, failure, busy, ask };
}

/** The receipt printer of this register with its drawer: which it is, how it is, and a page to try it. */
export function PrinterScreen() {
  const { t, language } = useWords();
  const { shop } = useShop();
  const { view, setView, failure, busy, ask } = usePrinter();
  const [tested, setTested] = useState<Problem | 'printed'>(null);
  useShortcuts({ Escape: () => { location.hash = '#/sale'; } }, 'screen');
  if (!view) {
    return (
      <main className="room">
        <h1>{t('screens.printer')}</h1>
        {failure ? <Panel tone="bad" icon={<CircleAlert size={32} aria-hidden />} title={failureText(t, language, failure, shop.currency)} /> : null}
      </main>
    );
  }
  const save = (settings: View['settings']): void =>
    void ask(() => call('printer.save', settings), (saved) => {
      setView(saved);
      setTested(null);
      notify(t('common.saved'));
    });
  const test = (): void =>
    void ask(() => call('printer.test', {}), ({ problem, condition }) => {
      setTested(problem ?? 'printed');
      setView({ ...view, condition });
    });
  return (
    <main className="room">
      <SettingsForm view={view} busy={busy} onSave={save} />
      <Condition condition={view.condition} busy={busy} onLook={() => void ask(() => call('printer.settings', {}), setView)} />
      <section className="card room-card stack" aria-label={t('printerPage.test')}>
        <h2>{t('printerPage.test')}</h2>
        <p className="quiet-text">{t('printerPage.testText')}</p>
        <div className="row">
          <Button disabled={busy} onPress={test} testId="printer-test">
            {t('printerPage.test')}
          </Button>
        </div>
        <TestResult problem={tested} />
      </section>
    </main>
  );
}
