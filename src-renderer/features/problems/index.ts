import type { ProviderProblem } from '../../../src-main/contract/payment.ts';
import type { Say } from '../words/index.ts';

/** A provider's problem as a sentence that says what to do. */
export const problemText = (t: Say, problem: ProviderProblem, name: string): string => t(`problem.${problem.code}`, { name, code: problem.providerCode ?? '' });
