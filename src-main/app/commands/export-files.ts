import { dirname } from 'node:path';
import { createHttp } from '../../adapters/http.ts';
import type { ExportKind } from '../../contract/accounting.ts';
import { builtInProviders } from '../../providers/index.ts';
import { openStorage } from '../../storage/open.ts';
import { exportCsv, type Exported } from '../accounting/export.ts';
import { createBus } from '../bus.ts';
import { journalEntry } from '../context.ts';
import { contextOf, noLinks } from '../services.ts';
import { createWorld } from '../world.ts';
import { problemOf, type Attempted } from './problem.ts';

/** Makes an export from outside, also beside a running shop; that it was made is journalled. */
export async function exportShop(database: string, wanted: { readonly what: ExportKind; readonly from: string; readonly to: string }, version: string): Promise<Attempted<Exported & { readonly currency: string }>> {
  const world = createWorld(dirname(database));
  try {
    const storage = openStorage({ file: database, sha256: world.ports.crypto.sha256, nowMs: () => world.clock.nowMs(), checkpoints: false });
    try {
      const mode = storage.shop.mode();
      if (mode === 'setup' || storage.shop.thisRegister() === null) return { problem: 'the shop in this folder is not set up yet.' };
      const never = (): Promise<void> => Promise.reject(new Error('export: no shop is opened here'));
      const providers = builtInProviders({ http: createHttp(() => false), nowMs: () => world.clock.nowMs(), monotonicMs: () => world.clock.monotonicMs(), randomHex: world.randomHex, program: `Kassa ${version}` });
      const context = contextOf(
        { stores: storage, ports: world.ports, randomHex: world.randomHex, devices: world.devices, demo: null, phones: [], providers, mode, options: { host: 'browser', version, pdf: { render: () => Promise.resolve(null) } }, bus: createBus(), startShop: never, reopen: never },
        { links: noLinks },
      );
      const { what, from, to } = wanted;
      const exported = await exportCsv(context, what, from, to);
      storage.journal.append([journalEntry(context, null, 'exported', { what, from, to, command: true, ...exported.totals })]);
      return { ...exported, currency: context.shop().currency };
    } finally {
      await storage.close();
    }
  } catch (error) {
    return problemOf(error);
  }
}
