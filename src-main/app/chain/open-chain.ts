import { existsSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { fail } from '../../contract/errors.ts';
import { createSecrets } from '../../adapters/secrets.ts';
import type { PaymentProvider } from '../../core/payments/provider.ts';
import { tenderRegistry } from '../../core/payments/tenders.ts';
import type { ChainRefunds } from '../../core/ports/chain-refunds.ts';
import type { Clock, Log } from '../../core/ports/world.ts';
import { isoInstant } from '../../core/time.ts';
import { openChainBook } from '../../storage/chain/chain-book.ts';
import { chainFileName, readChainFile } from './chain-file.ts';
import { createCredentials } from './credentials.ts';
import { createLocalChain } from './local-chain.ts';

/** The chain that a register belongs to. */
export type Chain = { readonly refunds: ChainRefunds; close(): void };

export type ChainInput = {
  readonly dataDir: string;
  readonly providers: readonly PaymentProvider[];
  readonly clock: Clock;
  readonly log: Log;
  readonly nativeBinding: string | undefined;
};

/** The folder of the chain's own file and book, beside the stores' folders. */
export const chainFolder = 'chain';

/**
 * A chain whose file can't be read: the shop sells on, and nothing of an app payment goes back, since nobody can say what other stores gave
 * back of it.
 */
function brokenChain(): ChainRefunds {
  const unreachable = () => Promise.resolve(fail('chain-unreachable'));
  const unknown = () => Promise.resolve({ kind: 'unknown', problem: { code: 'unreachable' } } as const);
  return { me: { storeId: '', name: '' }, stores: unreachable, find: unreachable, receipt: unreachable, elsewhere: unreachable, givenForUs: unreachable, hold: unreachable, settle: unreachable, reserve: unreachable, refund: unknown, refundStatus: unknown, ended: unreachable, reconcile: unreachable };
}

/** The chain whose folder stands beside a data folder and that names it as one of its stores; null where there is none. */
export function openChain({ dataDir, providers, clock, log, nativeBinding }: ChainInput): Chain | null {
  const mine = resolve(dataDir);
  const root = dirname(mine);
  const folder = join(root, chainFolder);
  if (!existsSync(join(folder, chainFileName))) return null;
  try {
    const secrets = createSecrets(folder);
    const file = readChainFile(folder, secrets);
    const me = file.stores.find((one) => one.folder === basename(mine));
    if (!me) {
      log.warn('the chain beside this folder does not name it as one of its stores', { folder: basename(mine) });
      return null;
    }
    const book = openChainBook(join(folder, 'chain.sqlite'), nativeBinding);
    const parts = { root, file, me, book, credentials: createCredentials(file, secrets), providers, kinds: tenderRegistry(providers), now: () => isoInstant(clock.nowMs()), log, nativeBinding };
    return { refunds: createLocalChain(parts), close: () => book.close() };
  } catch (error) {
    log.error('the chain can not be opened', { error: error instanceof Error ? error.message : String(error) });
    return { refunds: brokenChain(), close: () => undefined };
  }
}
