import type { WindowKind } from '../contract/define.ts';
import type { Result } from '../contract/errors.ts';
import type { ShopMode } from '../contract/shop.ts';
import { createHidScanners } from '../adapters/hid-scanner.ts';
import { createHttp } from '../adapters/http.ts';
import { checkProvider, type PaymentProvider, type ProviderWorld } from '../core/payments/provider.ts';
import { builtInProviders } from '../providers/index.ts';
import { examineDatabase } from '../storage/examine.ts';
import { openStorage, type Storage } from '../storage/open.ts';
import { startBackups, type AutomaticBackups } from './backups/automatic.ts';
import { openChain, type Chain } from './chain/open-chain.ts';
import type { Bus } from './bus.ts';
import { seedDemo } from './demo/index.ts';
import { startDemoSandboxes, type SandboxAddresses } from './demo/sandboxes.ts';
import { guardedClock } from './guarded-clock.ts';
import type { AppOptions } from './options.ts';
import { applyProvisioningFile } from './provisioning/apply-file.ts';
import type { Caller } from './web/converse.ts';
import { startScanners, type Scanners } from './scanners.ts';
import { openServices, type QuitQuestion } from './services.ts';
import type { World } from './world.ts';

/** A shop whose database is open and whose services answer. */
export type OpenShop = {
  dispatch(window: WindowKind, name: string, input: unknown): Promise<Result<unknown>>;
  close(): Promise<void>;
  /** What a person who wants to quit is asked first; null while no payment is waited for. */
  quitQuestion(): QuitQuestion | null;
  /** Addresses of the demo's sandboxes; none in a real shop. */
  readonly sandboxes: Readonly<Record<string, SandboxAddresses>>;
  /** Pages of the sandboxes' phones, of the demo and of training. */
  phones(): readonly string[];
};

export type OpenShopInput = {
  readonly file: string;
  readonly options: AppOptions;
  readonly world: World;
  readonly bus: Bus;
  /** What an empty database becomes. */
  readonly first: 'demo-fi' | 'demo-no' | 'setup';
  readonly provisionFile: string | undefined;
  readonly startShop: (shop: 'demo-fi' | 'demo-no' | 'setup') => Promise<void>;
  readonly reopen: () => Promise<void>;
  /** The till as its windows call it, for screens in the shop's network. */
  readonly till: Caller;
  /** The database turned out to be damaged while the shop was open. */
  readonly damaged: () => void;
};

/** Fills an empty database, and applies the provisioning file if there is one. */
async function prepare(storage: Storage, input: OpenShopInput, providers: readonly PaymentProvider[]): Promise<void> {
  const { world, first, provisionFile } = input;
  if (provisionFile !== undefined) await applyProvisioningFile(storage, world.ports, provisionFile);
  if (storage.shop.load() !== null) return;
  if (first === 'setup') storage.shop.setMode('setup');
  else await seedDemo(storage, world.ports, first === 'demo-no' ? 'NO' : 'FI', providers);
}

/** Opens the database and builds the services over it. */
export async function openShop(input: OpenShopInput): Promise<OpenShop> {
  const { world, options } = input;
  examineDatabase(input.file, options.nativeBinding);
  const storage = openStorage({
    file: input.file,
    damaged: input.damaged,
    sha256: (text) => world.ports.crypto.sha256(text),
    nowMs: () => world.ports.clock.nowMs(),
    nativeBinding: options.nativeBinding,
  });
  let mode: ShopMode = 'setup';
  let onlyOrigins: readonly string[] | null = null;
  const providerWorld: ProviderWorld = {
    http: createHttp(() => mode !== 'live' || onlyOrigins !== null, () => onlyOrigins),
    nowMs: () => world.ports.clock.nowMs(),
    monotonicMs: () => world.ports.clock.monotonicMs(),
    randomHex: world.randomHex,
    program: `Kassa ${options.version}`,
  };
  const providers = [...builtInProviders(providerWorld), ...(options.moreProviders?.(providerWorld) ?? [])].map(checkProvider);
  let sandboxes: Awaited<ReturnType<typeof startDemoSandboxes>> | null = null;
  let chain: Chain | null = null;
  try {
    await prepare(storage, input, providers);
    mode = storage.shop.mode();
    const ports = { ...world.ports, clock: guardedClock(world.clock, world.ports.log, input.damaged) };
    const demo = mode === 'demo' ? world.demoDevices() : null;
    sandboxes = mode === 'demo' ? await startDemoSandboxes(options.dataDir, storage, ports, providers, options.sandboxes ?? {}) : null;
    const opened = mode === 'setup' ? null : openChain({ dataDir: options.dataDir, providers, clock: ports.clock, log: ports.log, nativeBinding: options.nativeBinding });
    chain = opened;
    let backups: AutomaticBackups | null = null;
    let scanners: Scanners | null = null;
    const services = openServices({
      stores: storage,
      ports,
      randomHex: world.randomHex,
      devices: demo ?? world.devices,
      demo: demo?.demo ?? null,
      phones: Object.entries(sandboxes?.addresses ?? {}).map(([kind, { phone }]) => ({ kind, page: phone })),
      providers,
      chain: opened?.refunds ?? null,
      mode,
      options,
      bus: input.bus,
      gate: {
        allowOnly(origins) {
          onlyOrigins = origins;
        },
      },
      startShop: input.startShop,
      reopen: input.reopen,
      ...(options.pagesDir === undefined ? {} : { lan: { till: input.till, pagesDir: options.pagesDir, customerDisplay: options.customerDisplay ?? (() => null) } }),
      guard: { damaged: input.damaged, backupFailed: () => backups?.failed() ?? false, scanners: () => scanners },
    });
    if (mode !== 'setup') {
      const { dataDir, nativeBinding } = options;
      backups = startBackups({ file: input.file, dataDir, clock: ports.clock, log: ports.log, nativeBinding, changed: services.statusChanged, damaged: input.damaged });
    }
    const hid = options.scanners === 'usb' ? createHidScanners() : options.scanners;
    if (hid) scanners = startScanners({ hid, clock: ports.clock, log: ports.log, bus: services.scannerBus, changed: services.statusChanged });
    return {
      dispatch: services.dispatch,
      quitQuestion: services.quitQuestion,
      async close() {
        // Each part is closed whatever became of the one before: a full disk must not keep the file open.
        for (const part of [scanners, services, backups, sandboxes, storage]) await part?.close().catch((error: unknown) => ports.log.error('a part of the shop did not close', { error: String(error) }));
        opened?.close();
      },
      sandboxes: sandboxes?.addresses ?? {},
      phones: () => [...Object.values(sandboxes?.addresses ?? {}).map(({ phone }) => phone), ...services.trainingPhones()],
    };
  } catch (error) {
    chain?.close();
    await sandboxes?.close();
    // What kept the shop from opening is told, not what followed from it.
    await storage.close().catch(() => undefined);
    throw error;
  }
}
