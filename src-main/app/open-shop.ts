import type { WindowKind } from '../contract/define.ts';
import type { Result } from '../contract/errors.ts';
import type { ShopMode } from '../contract/shop.ts';
import { createHttp } from '../adapters/http.ts';
import { checkProvider, type PaymentProvider, type ProviderWorld } from '../core/payments/provider.ts';
import { builtInProviders } from '../providers/index.ts';
import { openStorage, type Storage } from '../storage/open.ts';
import type { Bus } from './bus.ts';
import { seedDemo } from './demo/index.ts';
import { startDemoSandboxes, type SandboxAddresses } from './demo/sandboxes.ts';
import type { AppOptions } from './options.ts';
import { applyProvisioningFile } from './provisioning/apply-file.ts';
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
  const storage = openStorage({
    file: input.file,
    sha256: (text) => world.ports.crypto.sha256(text),
    nowMs: () => world.ports.clock.nowMs(),
    nativeBinding: options.nativeBinding,
  });
  let mode: ShopMode = 'setup';
  const providerWorld: ProviderWorld = {
    http: createHttp(() => mode !== 'live'),
    nowMs: () => world.ports.clock.nowMs(),
    randomHex: world.randomHex,
    program: `Kassa ${options.version}`,
  };
  const providers = [...builtInProviders(providerWorld), ...(options.moreProviders?.(providerWorld) ?? [])].map(checkProvider);
  try {
    await prepare(storage, input, providers);
  } catch (error) {
    await storage.close();
    throw error;
  }
  mode = storage.shop.mode();
  const demo = mode === 'demo' ? world.demoDevices() : null;
  const sandboxes = mode === 'demo' ? await startDemoSandboxes(options.dataDir, storage, world.ports, providers, options.sandboxes ?? {}) : null;
  const services = openServices({
    stores: storage,
    ports: world.ports,
    randomHex: world.randomHex,
    devices: demo ?? world.devices,
    demo: demo?.demo ?? null,
    phones: Object.entries(sandboxes?.addresses ?? {}).map(([kind, { phone }]) => ({ kind, page: phone })),
    providers,
    mode,
    options,
    bus: input.bus,
    startShop: input.startShop,
    reopen: input.reopen,
  });
  return {
    dispatch: services.dispatch,
    quitQuestion: services.quitQuestion,
    async close() {
      await services.close();
      await sandboxes?.close();
      await storage.close();
    },
    sandboxes: sandboxes?.addresses ?? {},
  };
}
