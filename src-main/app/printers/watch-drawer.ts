import type { JournalDraft } from '../../core/ports/journal.ts';
import { journalEntry, type ShopContext } from '../context.ts';

/**
 * Writes down that the drawer was found open or closed, whoever did it, where the printer tells (C-4). Called whenever the printer has said
 * how it is; a drawer that is open and shut between two looks is not seen.
 */
export function watchDrawer(context: ShopContext): () => void {
  let last = context.drawer.state();
  const unwritten: JournalDraft[] = [];
  return () => {
    const now = context.drawer.state();
    if (now === 'unknown') return;
    if (now !== last && !(last === 'unknown' && now === 'closed')) unwritten.push(journalEntry(context, null, 'drawer-found', { state: now }));
    last = now;
    if (unwritten.length === 0) return;
    try {
      context.stores.journal.append(unwritten);
      unwritten.length = 0;
    } catch (error) {
      // A full disk may stand in the way: what was found is kept for the next look.
      context.log.error('the state of the drawer could not be written down', { error: String(error) });
    }
  };
}
