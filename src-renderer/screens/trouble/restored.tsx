import { ArchiveRestore } from 'lucide-react';
import { create } from 'zustand';
import type { RestoredView } from '../../../src-main/contract/trouble.ts';
import { useScanTarget } from '../../features/scanner/targets.ts';
import { useWords } from '../../features/words/index.ts';
import { Button } from '../../ui/button.tsx';
import './trouble.css';

type News = RestoredView & { readonly time: string };

/** What was done, until somebody has read it: the page that did it is gone when the shop is open again. */
export const useRestored = create<{ readonly news: News | null }>(() => ({ news: null }));

export const tellRestored = (view: RestoredView, time: string): void => useRestored.setState({ news: { ...view, time } });

/** Before the first screen of a shop that a backup has brought back. */
export function RestoredScreen({ news }: { readonly news: News }) {
  const { t } = useWords();
  useScanTarget(null);
  return (
    <main className="trouble" data-testid="trouble-done">
      <section className="trouble-card card">
        <header className="trouble-head">
          <span className="trouble-icon good" aria-hidden>
            <ArchiveRestore size={30} />
          </span>
          <div>
            <h1>{t('trouble.done', { time: news.time })}</h1>
            {news.putAside === null ? null : <p>{t('trouble.doneKept', { name: news.putAside })}</p>}
            {news.credentials === 'unreadable' ? <p className="error">{t('trouble.credentials')}</p> : null}
          </div>
        </header>
        <Button kind="primary" size="large" autoFocus onPress={() => useRestored.setState({ news: null })} testId="trouble-done-ok">
          {t('trouble.goOn')}
        </Button>
      </section>
    </main>
  );
}
