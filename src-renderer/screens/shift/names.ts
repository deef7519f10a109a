import type { Say } from '../../features/words/index.ts';

/** What a drawer is called; the only one of most registers has no name. */
export const drawerName = (drawer: string, t: Say): string => (drawer === '' ? t('shift.theDrawer') : drawer);
