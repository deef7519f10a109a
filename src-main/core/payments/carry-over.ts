import type { Attempt } from '../sales/model.ts';
import { isFinished } from './attempt.ts';

/**
 * Whether nobody can say what becomes of a payment now: its start was not answered, or its provider is silent. An alarm is no doubt: it is
 * decided.
 */
export const inDoubt = ({ state, problem, alarm, carriedOverAt }: Attempt): boolean =>
  !isFinished(state) && state !== 'intended' && alarm === null && carriedOverAt === null && (state === 'outcome-unknown' || problem !== null);
