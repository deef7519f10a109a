import type { ProviderProblem } from '../../../src-main/contract/payment.ts';
import type { Say } from '../words/index.ts';

/** A provider's problem as a sentence that says what to do. What was asked on behalf of another store names that store. */
export function problemText(t: Say, problem: ProviderProblem, name: string): string {
  const values = { name, code: problem.providerCode ?? '', store: problem.store ?? '' };
  if (problem.store === undefined) return t(`problem.${problem.code}`, values);
  const said = problem.notThere === true ? 'problem.notThere' : problem.code === 'not-configured' || problem.code === 'unauthorised' ? 'problem.storeKeys' : null;
  return said === null ? `${t('problem.askedFor', values)} ${t(`problem.${problem.code}`, values)}` : t(said, values);
}
