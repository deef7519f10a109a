import type { ProviderProblem } from '../../contract/payment.ts';
import type { PaymentProvider } from '../../core/payments/provider.ts';

/** A problem with its adapter's own sentence, where the adapter has a better one than the closed set of problems. */
export function withSaying<P extends ProviderProblem | null>({ description }: Pick<PaymentProvider, 'description'>, problem: P): P {
  const say = problem?.providerCode === undefined ? undefined : description.sayings?.[problem.providerCode];
  return problem && say ? { ...problem, say } : problem;
}
