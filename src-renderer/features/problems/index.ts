import type { ProviderProblem } from '../../../src-main/contract/payment.ts';
import type { Language } from '../../../src-main/contract/basics.ts';
import type { Say } from '../words/index.ts';

/** A provider's problem as a sentence that says what to do. */
export const problemText = (t: Say, language: Language, problem: ProviderProblem, name: string): string => problem.say?.[language] ?? t(`problem.${problem.code}`, { name, code: problem.providerCode ?? '' });
