import { create } from 'zustand';
import type { CallInput, CallName, CallOutput } from '../../../src-main/contract/index.ts';
import type { Result } from '../../../src-main/contract/errors.ts';
import type { Right } from '../../../src-main/contract/rights.ts';
import { call } from '../../transport/index.ts';

/** A manager is asked for one act; `answer` gets the approval, or null when it was given up. */
type Asked = { readonly right: Right; readonly answer: (approval: string | null) => void };

export const useApproval = create<{ readonly asked: Asked | null }>(() => ({ asked: null }));

function ask(right: Right): Promise<string | null> {
  return new Promise((resolve) => {
    useApproval.setState({
      asked: {
        right,
        answer: (approval) => {
          useApproval.setState({ asked: null });
          resolve(approval);
        },
      },
    });
  });
}

/** Calls whose input may carry an approval. */
type Approvable = { [N in CallName]: 'approval' extends keyof CallInput<N> ? N : never }[CallName];

/** A call that may need a manager: asks for the PIN on the spot and makes the call again with the approval. */
export async function callApproved<N extends Approvable>(name: N, input: CallInput<N>): Promise<Result<CallOutput<N>>> {
  const first = await call(name, input);
  if (first.ok || first.error.code !== 'needs-approval') return first;
  const approval = await ask(first.error.detail['right'] as Right);
  return approval === null ? first : call(name, { ...input, approval });
}
