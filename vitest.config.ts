import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that mostly wait for tills to die, windows to close and sandboxes to come back, longest first: begun last they would be waited for alone. */
const slow = ['conformance', 'pulled-plug', 'two-stores', 'races.test', 'seqr-returns', 'vipps-chain', 'killed-', 'customer-info', 'after-payment/receipts', 'trouble', 'mail.test'];
const rank = ({ moduleId }: TestSpecification): number => {
  const found = slow.findIndex((name) => moduleId.includes(name));
  return found === -1 ? slow.length : found;
};

class SlowFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).toSorted((one, other) => rank(one) - rank(other));
  }
}

export default defineConfig({
  test: {
    include: ['src-main/**/*.test.ts', 'src-renderer/**/*.test.ts', 'scripts/**/*.test.ts'],
    // More than there are cores: most of the time a test waits for a clock, a child or a sandbox.
    maxWorkers: 4,
    sequence: { sequencer: SlowFirst },
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
