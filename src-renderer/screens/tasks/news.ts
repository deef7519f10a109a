import { useEffect } from 'react';
import { money } from '../../features/format/index.ts';
import { notify } from '../../features/notices/store.ts';
import { play } from '../../features/sounds/index.ts';
import { useTenderName } from '../../features/tenders/index.ts';
import { useWords } from '../../features/words/index.ts';
import { subscribe } from '../../transport/index.ts';

/** Says on whatever screen that late money was met, with the way to it. */
export function useLateMoneyNews(): void {
  const { t, language } = useWords();
  const tenderName = useTenderName();
  useEffect(
    () =>
      subscribe('task.opened', (task) => {
        play('needs-you');
        const action = location.hash === '#/tasks' ? undefined : { label: t('tasks.look'), run: () => { location.hash = '#/tasks'; } };
        notify(t('tasks.opened', { name: tenderName(task.provider), amount: money(language, task.amountMinor, task.currency) }), { tone: 'bad', action });
      }),
    [t, language, tenderName],
  );
}
