import type { CallName, CallOutput, ParsedInput } from '../contract/index.ts';
import type { Result } from '../contract/errors.ts';

/** The calls of an open shop; those about trouble are answered where there may be none. */
export type ShopCallName = Exclude<CallName, `trouble.${string}`>;

/** The function behind each call. Expected failures are values; a throw is a bug and is answered as `internal`. */
export type Handlers<Names extends CallName = ShopCallName> = {
  readonly [N in Names]: (input: ParsedInput<N>) => Result<CallOutput<N>> | Promise<Result<CallOutput<N>>>;
};

/** The calls of one subject, by the beginning of their names. */
export type CallsOf<Prefix extends string> = Extract<CallName, `${Prefix}.${string}`>;
