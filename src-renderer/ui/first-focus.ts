import { useLayoutEffect, type RefObject } from 'react';

/**
 * Takes the focus at once, so that the very next key is its own, and once more a frame later: a dialog over a dialog
 * becomes the one that may hold it only then, and the one below has taken it back.
 */
export function useFirstFocus(wanted: boolean, own: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    if (!wanted) return undefined;
    own.current?.focus();
    const frame = requestAnimationFrame(() => {
      if (document.activeElement !== own.current) own.current?.focus();
    });
    return () => cancelAnimationFrame(frame);
  }, [wanted, own]);
}
