import type { CallOutput } from '../../../src-main/contract/index.ts';

/** What the page knows of the printer. */
export type View = CallOutput<'printer.settings'>;
