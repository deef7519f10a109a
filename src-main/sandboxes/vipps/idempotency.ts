import type { WireAnswer, WireRequest } from '../shared/types.ts';
import type { State } from './state.ts';

/** Answers that belong to their key for good: what was done, and what was wrong with the request. Being locked or broken is neither (Vipps, section 8). */
const sticks = (status: number): boolean => (status >= 200 && status < 300) || (status >= 400 && status < 500 && ![401, 403, 423, 429].includes(status));

/** Gives the same answer to the same request under the same key. `clash` answers a key that was sent with anything else before. */
export function once(state: State, msn: string, key: string, { method, path, body }: WireRequest, clash: (sameCall: boolean) => WireAnswer, act: () => WireAnswer, keeps = sticks): WireAnswer {
  const request = `${method} ${path}`;
  const before = state.answers.find((one) => one.msn === msn && one.key === key);
  if (before) return before.request === request && before.body === body ? before.answer : clash(before.request === request);
  const answer = act();
  if (keeps(answer.status)) state.answers.push({ msn, key, request, body, answer: { status: answer.status, type: answer.type, body: answer.body } });
  return answer;
}
