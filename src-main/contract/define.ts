import { z } from 'zod';

/** The kinds of window that may speak to the till. Each call says which of them may use it. */
export type WindowKind = 'cashier' | 'customer';

/** One call that crosses the process line: its schemas, and who may use it. */
export type CallSpec<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> = {
  readonly input: I;
  readonly output: O;
  /** Windows that may call it; the customer's screen has its own, smaller list. */
  readonly windows: readonly WindowKind[];
  /** `open` may be called before anybody has signed in and while the register is locked. */
  readonly access: 'open' | 'signed-in';
};

/** One event that the main side sends to windows. */
export type EventSpec<P extends z.ZodType = z.ZodType> = {
  readonly payload: P;
  readonly windows: readonly WindowKind[];
};

/** A call of the cashier's window that needs somebody signed in. */
export const call = <I extends z.ZodType, O extends z.ZodType>(input: I, output: O): CallSpec<I, O> => ({
  input,
  output,
  windows: ['cashier'],
  access: 'signed-in',
});

/** A call that works before sign-in and while locked; `windows` defaults to the cashier's window alone. */
export const openCall = <I extends z.ZodType, O extends z.ZodType>(
  input: I,
  output: O,
  windows: readonly WindowKind[] = ['cashier'],
): CallSpec<I, O> => ({ input, output, windows, access: 'open' });

/** An event; `windows` defaults to the cashier's window alone. */
export const event = <P extends z.ZodType>(
  payload: P,
  windows: readonly WindowKind[] = ['cashier'],
): EventSpec<P> => ({ payload, windows });

/** Joins the parts that the subjects own; a name used twice is a programming error and stops the start. */
export function joinParts<T extends object>(...parts: readonly T[]): Record<string, T[keyof T]> {
  const joined: Record<string, T[keyof T]> = {};
  for (const part of parts) {
    for (const [name, spec] of Object.entries(part)) {
      if (name in joined) throw new Error(`contract: the name "${name}" is used twice`);
      joined[name] = spec as T[keyof T];
    }
  }
  return joined;
}

/** Nothing to say: the input or output of calls without data. */
export const nothing = z.strictObject({});
