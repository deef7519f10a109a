import { create } from 'zustand';
import type { RestoredView } from '../../../src-main/contract/trouble.ts';
import { useScanTarget } from '../../features/scanner/targets.ts';
import { useShortcuts } from '../../features/shortcuts/index.ts';
import { useWords } from '../../features/words/index.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions } from '../../ui/dialog.tsx';

/** What was done, until somebody has read it: the page that did it is gone when the shop is open again. */
const useRestored = create<{ readonly news: (RestoredView & { readonly time: string }) | null }>(() => ({ news: null }));

export const tellRestored = (view: RestoredView, time: string): void => useRestored.setState({ news: { ...view, time } });

function News({ news }: { readonly news: RestoredView & { readonly time: string } }) {
  const { t } = useWords();
  useScanTarget(null);
  useShortcuts({});
  const close = (): void => useRestored.setState({ news: null });
  return (
    <Dialog title={t('trouble.done', { time: news.time })} onClose={close} testId="trouble-done">
      {news.putAside === null ? null : <p>{t('trouble.doneKept', { name: news.putAside })}</p>}
      {news.credentials === 'unreadable' ? <p className="error">{t('trouble.credentials')}</p> : null}
      <DialogActions>
        <Button kind="primary" size="large" autoFocus onPress={close} testId="trouble-done-ok">
          {t('common.close')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

/** Over the first screen of a shop that a backup has brought back. */
export function RestoredNews() {
  const news = useRestored((state) => state.news);
  return news ? <News news={news} /> : null;
}
