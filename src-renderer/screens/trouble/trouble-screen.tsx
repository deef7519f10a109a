import { useState } from 'react';
import { DatabaseZap, FileClock, HardDrive, LockKeyhole, ShieldCheck, Wrench, type LucideIcon } from 'lucide-react';
import type { TroubleView } from '../../../src-main/contract/trouble.ts';
import { useScanTarget } from '../../features/scanner/targets.ts';
import { failureText, useWords } from '../../features/words/index.ts';
import { LanguageChoice } from '../../features/words/language-choice.tsx';
import { call } from '../../transport/index.ts';
import { Button } from '../../ui/button.tsx';
import { Backups } from './backups.tsx';
import './trouble.css';

const icons: Readonly<Record<TroubleView['kind'], LucideIcon>> = {
  damaged: DatabaseZap,
  'read-only': LockKeyhole,
  'disk-full': HardDrive,
  newer: FileClock,
};

/** Tries again. What is still in the way is said; what is not opens the shop, and this page is gone. */
function Retry() {
  const { t, language } = useWords();
  const [state, setState] = useState<'idle' | 'busy' | 'still'>('idle');
  const [error, setError] = useState<string | null>(null);
  async function retry(): Promise<void> {
    setState('busy');
    setError(null);
    const result = await call('trouble.retry', {});
    if (!result.ok) setError(failureText(t, language, result.error, 'EUR'));
    setState(result.ok && result.value ? 'still' : 'idle');
  }
  return (
    <div className="row">
      <Button size="large" disabled={state === 'busy'} onPress={() => void retry()} testId="trouble-retry">
        {t(state === 'busy' ? 'trouble.retrying' : 'trouble.retry')}
      </Button>
      <p className="quiet-text" role="status" data-testid="trouble-still">
        {error ?? (state === 'still' ? t('trouble.still') : null)}
      </p>
    </div>
  );
}

/** The shop can't be opened: what is wrong, what to do about it, what is safe, and the way back. */
export function TroubleScreen({ trouble }: { readonly trouble: TroubleView }) {
  const { t } = useWords();
  useScanTarget(null);
  const words = trouble.missing ? 'missing' : trouble.kind;
  const Icon = icons[trouble.kind];
  return (
    <main className="trouble" data-testid="trouble" data-state={trouble.kind}>
      <section className="trouble-card card">
        <header className="trouble-head">
          <span className="trouble-icon" aria-hidden>
            <Icon size={30} />
          </span>
          <div>
            <h1>{t(`trouble.title.${words}`)}</h1>
            <p>{t(`trouble.text.${words}`)}</p>
          </div>
        </header>
        <dl className="trouble-facts">
          <dt>
            <Wrench size={18} aria-hidden />
            {t('trouble.todoLabel')}
          </dt>
          <dd>{t(`trouble.todo.${words}`)}</dd>
          <dt>
            <ShieldCheck size={18} aria-hidden />
            {t('trouble.untouchedLabel')}
          </dt>
          <dd>{t(`trouble.untouched.${words}`)}</dd>
          <dt>
            <HardDrive size={18} aria-hidden />
            {t('trouble.folder')}
          </dt>
          <dd className="trouble-folder">{trouble.folder}</dd>
        </dl>
        {trouble.kind === 'damaged' ? <Backups /> : null}
        <Retry />
      </section>
      <LanguageChoice className="trouble-languages" label={t('trouble.language')} />
    </main>
  );
}
