import type { ProviderProblem } from '../../../src-main/contract/payment.ts';
import type { Language } from '../../../src-main/contract/basics.ts';
import type { Say } from '../words/index.ts';

/** A provider's problem as a sentence that says what to do. What was asked on behalf of another store names that store. */
export function problemText(t: Say, language: Language, problem: ProviderProblem, name: string): string {
  const values = { name, code: problem.providerCode ?? '', store: problem.store ?? '' };
  const plain = problem.say?.[language] ?? t(`problem.${problem.code}`, values);
  if (problem.store === undefined) return plain;
  const said = problem.notThere === true ? 'problem.notThere' : problem.code === 'not-configured' || problem.code === 'unauthorised' ? 'problem.storeKeys' : null;
  return said === null ? `${t('problem.askedFor', values)} ${plain}` : t(said, values);
}
