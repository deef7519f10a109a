import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { createBarcodes } from '../adapters/barcodes.ts';
import { createClock } from '../adapters/clock.ts';
import { createCrypto } from '../adapters/crypto.ts';
import { absentDrawer, createVirtualDrawer } from '../adapters/drawer.ts';
import { createIds } from '../adapters/ids.ts';
import { createLog } from '../adapters/log.ts';
import { createNetwork } from '../adapters/network.ts';
import { createMailer } from '../adapters/smtp.ts';
import { createSecrets } from '../adapters/secrets.ts';
import { absentPrinter, createVirtualPrinter } from '../adapters/virtual-printer.ts';
import { createWords } from '../adapters/words/index.ts';
import type { Mailer } from '../core/ports/mail.ts';
import type { Barcodes, Clock, Crypto, Drawer, Ids, Log, Network, Printer, Secrets, Words } from '../core/ports/world.ts';
import type { DemoDevices } from './dev-service.ts';

/** The real parts behind core's ports, made once for a data folder. */
export type World = {
  readonly clock: Clock;
  readonly ports: {
    readonly clock: Clock;
    readonly ids: Ids;
    readonly crypto: Crypto;
    readonly secrets: Secrets;
    readonly log: Log;
    readonly words: Words;
    readonly barcodes: Barcodes;
    readonly network: Network;
    readonly mailer: Mailer;
  };
  readonly randomHex: (bytes: number) => string;
  /** What a real shop has until devices are attached: none. */
  readonly devices: { readonly printer: Printer; readonly drawer: Drawer };
  /** Pretended devices for the demo shop, fresh for each opening of it. */
  demoDevices(): { readonly printer: Printer; readonly drawer: Drawer; readonly demo: DemoDevices };
};

export function createWorld(dataDir: string): World {
  const clock = createClock();
  const ids = createIds(clock);
  return {
    clock,
    randomHex: (bytes) => randomBytes(bytes).toString('hex'),
    ports: {
      clock,
      ids,
      crypto: createCrypto(),
      secrets: createSecrets(dataDir),
      log: createLog(join(dataDir, 'logs')),
      words: createWords(),
      barcodes: createBarcodes(),
      network: createNetwork(clock),
      mailer: createMailer(),
    },
    devices: { printer: absentPrinter, drawer: absentDrawer },
    demoDevices() {
      const printer = createVirtualPrinter(clock, ids);
      const drawer = createVirtualDrawer();
      return { printer, drawer, demo: { printer, drawer } };
    },
  };
}
