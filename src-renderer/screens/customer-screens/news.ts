import { useEffect } from 'react';
import { notify } from '../../features/notices/store.ts';
import { useWords } from '../../features/words/index.ts';
import { subscribe } from '../../transport/index.ts';

/** Says on whatever screen that a device was paired, or tried to be and was not. */
export function useDeviceNews(): void {
  const { t } = useWords();
  useEffect(() => {
    const stops = [
      subscribe('lan.paired', ({ name }) => notify(t('lan.paired', { name }))),
      subscribe('lan.refused', ({ reason }) => notify(`${t('lan.notPaired')}: ${t(`lan.refused.${reason}`)}`, { tone: 'bad' })),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [t]);
}
