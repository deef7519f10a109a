import { useCallback } from 'react';
import { useTill } from '../till/store.ts';
import { useWords } from '../words/index.ts';

/** Names a tender: as the shop calls it, else as its provider is called, else by its kind in the screen's language. */
export function useTenderName(): (kind: string, given?: string) => string {
  const { t } = useWords();
  const names = useTill((state) => state.hello?.providerNames);
  return useCallback((kind, given = '') => given || (names?.[kind] ?? t(`tender.name.${kind}`)), [names, t]);
}
