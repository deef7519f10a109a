import { z } from 'zod';
import { call, nothing } from './define.ts';
import { id } from './basics.ts';

/** Training is on: pages of the customers' phones at the sandboxes that were started for it. */
export const trainingView = z.strictObject({ phones: z.array(z.strictObject({ kind: z.string(), page: z.string() })) });
export type TrainingView = z.infer<typeof trainingView>;

export const trainingCalls = {
  /**
   * From now on nothing is real: receipts are exercises in a series of their own, app payments go to sandboxes. Ends with sign-out, lock,
   * after an hour, and with the program. Right: training. Errors: training-not-yet (finish receipts and payments first).
   */
  'training.start': call(z.strictObject({ approval: id.optional() }), trainingView),
  'training.end': call(nothing, nothing),
};
