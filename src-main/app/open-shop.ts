import type { Language } from '../contract/basics.ts';
import type { WindowKind } from '../contract/define.ts';
import { ok, type Result } from '../contract/errors.ts';
import type { DevView } from '../contract/dev.ts';
import type { ShopMode } from '../contract/shop.ts';
import { createHttp } from '../adapters/http.ts';
import type { PaymentProvider } from '../core/payments/provider.ts';
import { tenderRegistry } from '../core/payments/tenders.ts';
import { builtInProviders } from '../providers/index.ts';
import { startDemoSandboxes, type SandboxAddresses } from './demo/sandboxes.ts';
import { createLinks } from './payments/links.ts';
import { createProviderPayments } from './payments/provider-payments.ts';
import { createRefunds } from './payments/refunds.ts';
import { createProviderService } from './payments/provider-service.ts';
import { openStorage, type Storage } from '../storage/open.ts';
import { createArticleService } from './article-service.ts';
import type { Bus } from './bus.ts';
import { journalEntry, type ShopContext } from './context.ts';
import { createCounter } from './counter.ts';
import { demoPins, seedDemo } from './demo/index.ts';
import { createDevService, type DemoDevices } from './dev-service.ts';
import { createDispatch } from './dispatch.ts';
import { createImportService } from './import/import-service.ts';
import type { AppOptions } from './options.ts';
import { applyProvisioningFile } from './provisioning/apply-file.ts';
import { createPaymentService } from './payment-service.ts';
import { createReceiptPrinting } from './receipt-printing.ts';
import { createReceiptService } from './receipt-service.ts';
import { createSaleService } from './sale-service.ts';
import { createSession } from './session.ts';
import { shopOfCountry } from './set-up.ts';
import { createShopService } from './shop-service.ts';
import { createStaffService } from './staff-service.ts';
import { createStatus } from './status.ts';
import type { World } from './world.ts';

/** In the language of the register. */
export type QuitQuestion = { readonly title: string; readonly text: string; readonly stay: string; readonly quit: string };

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

/** Before it is set up a shop has no name and no register; windows need something to draw the set-up page with. */
const unnamed = (language: Language | undefined) => ({
  shop: shopOfCountry('FI', language ?? 'en', ''),
  register: { id: 'none', number: 0, name: '' },
});

/** What the counter asks of parts that are built after it. */
type LateParts = { links: ReturnType<ShopContext['links']>; readonly phones: DevView['phones'] };

function contextOf(storage: Storage, input: OpenShopInput, mode: ShopMode, devices: World['devices'], providers: readonly PaymentProvider[], parts: LateParts): ShopContext {
  const none = unnamed(input.options.language);
  let shop = storage.shop.load() ?? none.shop;
  return {
    ...input.world.ports,
    stores: storage,
    printer: devices.printer,
    drawer: devices.drawer,
    pdf: input.options.pdf,
    bus: input.bus,
    tenderKinds: tenderRegistry(providers),
    links: () => parts.links,
    randomHex: input.world.randomHex,
    mode,
    register: storage.shop.thisRegister() ?? storage.shop.registers()[0] ?? none.register,
    shop: () => shop,
    setShop: (next) => {
      shop = next;
    },
  };
}

/** Papers that waited when the program ended may or may not have come out: a person decides, nothing is lost. */
function markInterruptedPrints(context: ShopContext): void {
  const { sales } = context.stores;
  context.stores.transaction(() => {
    for (const receiptId of sales.unprinted(context.register.id)) {
      if (sales.row(receiptId)?.printState !== 'waiting') continue;
      const entry = journalEntry(context, null, 'receipt-not-printed', { problem: 'unknown' }, receiptId);
      sales.setPrintState(receiptId, 'failed', 'unknown', [entry]);
    }
  });
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
  const providers = builtInProviders({
    http: createHttp(() => mode !== 'live'),
    nowMs: () => world.ports.clock.nowMs(),
    randomHex: world.randomHex,
    program: `Kassa ${options.version}`,
  });
  try {
    await prepare(storage, input, providers);
  } catch (error) {
    await storage.close();
    throw error;
  }
  mode = storage.shop.mode();
  const demo = mode === 'demo' ? world.demoDevices() : null;
  const sandboxes = mode === 'demo' ? await startDemoSandboxes(options.dataDir, storage, world.ports, providers) : null;
  const parts: LateParts = { links: { missing: () => 'account', busy: () => false, payment: () => null }, phones: Object.entries(sandboxes?.addresses ?? {}).map(([kind, { phone }]) => ({ kind, page: phone })) };
  const context = contextOf(storage, input, mode, demo ?? world.devices, providers, parts);
  if (mode !== 'setup') {
    context.stores.journal.append([journalEntry(context, null, 'program-started', { version: options.version })]);
    markInterruptedPrints(context);
  }
  const dispatch = services(context, input, demo?.demo ?? null, providers, parts);
  return {
    dispatch: dispatch.call,
    quitQuestion: dispatch.quitQuestion,
    async close() {
      await dispatch.close();
      if (mode !== 'setup') context.stores.journal.append([journalEntry(context, null, 'program-stopped')]);
      await sandboxes?.close();
      await storage.close();
    },
    sandboxes: sandboxes?.addresses ?? {},
  };
}

function services(context: ShopContext, input: OpenShopInput, demo: DemoDevices | null, providers: readonly PaymentProvider[], parts: LateParts) {
  const session = createSession(context);
  const counter = createCounter(context);
  const status = createStatus(context);
  const printing = createReceiptPrinting(context, status);
  const links = createLinks(context, providers);
  const provided = createProviderPayments(context, session, counter, links, printing);
  parts.links = {
    payment: provided.shortView,
    missing: (kind) => links.missing(kind),
    busy: (kind) => {
      const terminal = links.terminal(kind);
      return terminal !== null && provided.runner.busyTerminal(terminal.id);
    },
  };
  provided.runner.recover();
  const refunds = createRefunds(context, session, links);
  refunds.recover();
  const program = {
    version: input.options.version,
    host: input.options.host,
    language: input.options.language ?? null,
    startShop: input.startShop,
    reopen: input.reopen,
    demoPins,
  };
  const imports = createImportService(context, session);
  const handlers = {
    ...session.handlers,
    ...createStaffService(context, session),
    ...createShopService(context, program, session, status, counter),
    ...createSaleService(context, session, counter),
    ...createPaymentService(context, session, counter, printing, provided),
    ...createProviderService(context, session, counter, links),
    ...refunds.handlers,
    ...createReceiptService(context, session, printing),
    ...createArticleService(context, session),
    ...imports.handlers,
    ...createDevService(demo, context.bus, status.changed, parts.phones),
    'customer.current': () => ok(counter.customerView()),
  };
  return {
    call: createDispatch(handlers, session, context.log),
    quitQuestion(): QuitQuestion | null {
      const count = provided.runner.count();
      if (count === 0) return null;
      const say = (key: string): string => context.words.text(input.options.language ?? context.shop().language, `quit.${key}`, { count });
      return { title: say('title'), text: say('text'), stay: say('stay'), quit: say('quit') };
    },
    async close() {
      await provided.close();
      await refunds.close();
      imports.close();
      counter.close();
      status.close();
    },
  };
}

