import type { Language } from '../contract/basics.ts';
import type { DevView } from '../contract/dev.ts';
import { fail, ok } from '../contract/errors.ts';
import type { ShopMode } from '../contract/shop.ts';
import type { PaymentProvider } from '../core/payments/provider.ts';
import { tenderRegistry } from '../core/payments/tenders.ts';
import type { Drawer, Pdf, Printer } from '../core/ports/world.ts';
import type { ChainRefunds } from '../core/ports/chain-refunds.ts';
import type { RefundLimits } from '../core/ports/refund-limits.ts';
import type { Stores } from '../core/ports/stores.ts';
import { createAccountingService } from './accounting/accounting-service.ts';
import { createAfterPayment } from './after-payment/after-payment-service.ts';
import { createArticleService } from './article-service.ts';
import { createMeasurePatterns } from './measure-patterns.ts';
import type { Bus } from './bus.ts';
import { journalEntry, type ShopContext } from './context.ts';
import { watchClock } from './clock-watch.ts';
import { createCounter } from './counter.ts';
import { demoPins } from './demo/index.ts';
import { createDevService, type DemoDevices } from './dev-service.ts';
import { createDevices } from './devices-service.ts';
import { createDispatch } from './dispatch.ts';
import { createImportService } from './import/import-service.ts';
import type { AppOptions } from './options.ts';
import { createLan, type LanProgram } from './lan/lan-service.ts';
import { createGivingService } from './mail/giving-service.ts';
import { createMailQueue } from './mail/queue.ts';
import { storedGiving } from './mail/settings.ts';
import { engine, type Engine } from './payments/engine.ts';
import { createLinks, type Links } from './payments/links.ts';
import { createProviderPayments } from './payments/provider-payments.ts';
import { createProviderService } from './payments/provider-service.ts';
import { chainLimits } from './chain/chain-limits.ts';
import { ownBooks } from './chain/own-books.ts';
import { epochOf } from './payments/epoch.ts';
import { localLimits } from './payments/refund-sources.ts';
import { createRefunds } from './payments/refunds.ts';
import { createScannerService } from './scanner-settings.ts';
import { createReturnsElsewhere } from './returns/elsewhere.ts';
import { createReturns } from './returns/return-service.ts';
import { createTasks } from './payments/tasks.ts';
import { createPaymentService } from './payment-service.ts';
import { createLogoService } from './logo-service.ts';
import { attachPrinter } from './printers/attached.ts';
import { createClosedDrawer } from './printers/closed-drawer.ts';
import { createPapers } from './printers/papers.ts';
import { createPrinterService } from './printers/printer-service.ts';
import { watchDrawer } from './printers/watch-drawer.ts';
import { createReceiptPrinting } from './receipt-printing.ts';
import { createReceiptService } from './receipt-service.ts';
import { createReportService } from './reports/report-service.ts';
import { createSaleService } from './sale-service.ts';
import type { ScannerBus, Scanners } from './scanners.ts';
import { createSettlement } from './settlement/settlement-service.ts';
import { createSession } from './session.ts';
import { shopOfCountry } from './set-up.ts';
import { createDrawers } from './shifts/drawers.ts';
import { createShiftService } from './shifts/shift-service.ts';
import { createShopService } from './shop-service.ts';
import { createStaffService } from './staff-service.ts';
import { createStatus } from './status.ts';
import { createTraining, endLeftTraining, trainingLinks, type TrainingGate, type TrainingState } from './training/training.ts';
import type { World } from './world.ts';

/** In the language of the register. */
export type QuitQuestion = { readonly title: string; readonly text: string; readonly stay: string; readonly quit: string };

/** What the services of a shop are built over. */
export type ServicesInput = {
  readonly stores: Stores;
  readonly ports: World['ports'];
  readonly randomHex: (bytes: number) => string;
  readonly devices: { readonly printer: Printer; readonly drawer: Drawer };
  /** The demo's pretended devices; null in a real shop. */
  readonly demo: DemoDevices | null;
  readonly phones: DevView['phones'];
  readonly providers: readonly PaymentProvider[];
  /** Who says how much of a payment may still go back; this register's database unless told. */
  readonly refundLimits?: RefundLimits;
  /** The chain that the shop belongs to; null or absent: none. */
  readonly chain?: ChainRefunds | null;
  readonly mode: ShopMode;
  readonly options: Pick<AppOptions, 'host' | 'version' | 'language' | 'openAddress'> & { readonly pdf: Pdf };
  /** Other decisions than the till's own: faults that the simulation plants. */
  readonly engine?: Partial<Engine>;
  readonly bus: Bus;
  /** The way to sandboxes for training; without it nobody trains. */
  readonly gate?: TrainingGate;
  readonly startShop: (shop: 'demo-fi' | 'demo-no' | 'setup') => Promise<void>;
  readonly reopen: () => Promise<void>;
  /** What the listener in the shop's network needs; without it nothing listens. */
  readonly lan?: LanProgram;
  readonly guard: StorageGuard;
};

/** What the services and the keeper of the database tell each other. */
export type StorageGuard = {
  /** A page of the database can't be read: nothing more is sold over it. */
  readonly damaged: () => void;
  readonly backupFailed: () => boolean;
  /** The USB scanners of this machine; null while none are looked for. */
  readonly scanners: () => Scanners | null;
};

/** The running services: unfinished payments and refunds have been taken up again. */
export type Services = {
  readonly dispatch: ReturnType<typeof createDispatch>;
  /** What a person who wants to quit is asked first; null while no payment is waited for. */
  quitQuestion(): QuitQuestion | null;
  /** Pages of the customers' phones of a training that is on. */
  trainingPhones(): readonly string[];
  /** Something that the status bar shows may have changed. */
  statusChanged(): void;
  /** Where scanners tell what they read. */
  readonly scannerBus: ScannerBus;
  close(): Promise<void>;
};

/** A till without windows, such as one that is simulated, has none in the network either. */
const noProgram: LanProgram = { till: { call: () => Promise.resolve(fail('stopping')), subscribe: () => () => undefined }, pagesDir: '', customerDisplay: () => null };

/** Before it is set up a shop has no name and no register; windows need something to draw the set-up page with. */
const unnamed = (language: Language | undefined) => ({
  shop: shopOfCountry('FI', language ?? 'en', ''),
  register: { id: 'none', number: 0, name: '' },
});

/** How long the end of the program waits for the paper that is on its way out, in milliseconds; what takes longer is not known afterwards. */
const quietMs = 5_000;

/** What the counter asks of parts that are built after it. */
/** Before the services of payments are built, and where there are none. */
export const noLinks: LateParts['links'] = { missing: () => 'account', busy: () => false, capabilities: () => null, payment: () => null, goingBack: () => false, goesBack: () => null, lateMoney: () => undefined, returned: () => undefined, completing: () => () => undefined, sold: () => null, returnChanged: () => undefined, answered: () => undefined };

type LateParts = { links: ReturnType<ShopContext['links']>; wake: () => void; readonly training: TrainingState };

/** What all services of a shop work with. */
export function contextOf(input: Omit<ServicesInput, 'guard'>, parts: Pick<LateParts, 'links'> & Partial<Pick<LateParts, 'training'>>): ShopContext {
  const { stores, providers, mode } = input;
  const none = unnamed(input.options.language);
  const training = (): boolean => parts.training !== undefined && parts.training.exercise !== null;
  let shop = stores.shop.load() ?? none.shop;
  return {
    ...input.ports,
    stores,
    printer: input.devices.printer,
    // No drawer opens for an exercise.
    drawer: { open: () => (training() ? undefined : input.devices.drawer.open()), state: () => input.devices.drawer.state() },
    pdf: input.options.pdf,
    bus: input.bus,
    tenderKinds: tenderRegistry(providers),
    engine: { ...engine, ...input.engine },
    openAddress: input.options.openAddress ?? (() => undefined),
    links: () => parts.links,
    randomHex: input.randomHex,
    mode,
    training,
    register: stores.shop.thisRegister() ?? stores.shop.registers()[0] ?? none.register,
    shop: () => shop,
    setShop: (next) => {
      shop = next;
    },
  };
}

/** Papers that waited when the program ended may or may not have come out: a person decides, nothing is lost. */
function markInterruptedPrints(context: ShopContext): void {
  const { sales, unprinted } = context.stores;
  context.stores.transaction(() => {
    unprinted.interrupted(context.register.id);
    for (const receiptId of sales.unprinted(context.register.id)) {
      if (sales.row(receiptId)?.printState !== 'waiting') continue;
      const entry = journalEntry(context, null, 'receipt-not-printed', { problem: 'unknown' }, receiptId);
      sales.setPrintState(receiptId, 'failed', 'unknown', [entry]);
    }
  });
}

/** Builds the services and takes up what was unfinished when the program ended. */
export function openServices(input: ServicesInput): Services {
  const { providers, mode } = input;
  const parts: LateParts = { links: noLinks, wake: () => undefined, training: { exercise: null } };
  const attached = attachPrinter({ stores: input.stores, clock: input.ports.clock, devices: input.devices });
  const context = contextOf({ ...input, devices: attached }, parts);
  if (mode !== 'setup') {
    context.stores.journal.append([journalEntry(context, null, 'program-started', { version: input.options.version })]);
    endLeftTraining(context);
    markInterruptedPrints(context);
  }
  const session = createSession(context);
  const counter = createCounter(context);
  const drawers = createDrawers(context);
  const closedDrawer = createClosedDrawer(context);
  const status = createStatus(context, { drawers, closedDrawer, printerCondition: attached.condition, onOnline: () => parts.wake(), backupFailed: input.guard.backupFailed, scannerReady: () => input.guard.scanners()?.ready() ?? false });
  const drawerSeen = watchDrawer(context);
  attached.whenChanged(() => {
    closedDrawer.seen();
    status.changed();
    drawerSeen();
  });
  const papers = createPapers(context, status.changed);
  const printing = createReceiptPrinting(context, { status, papers }, {
    first: () => storedGiving(context).first,
    show: (receipt) => {
      const shown = storedGiving(context).showsQr ? printing.qrOf(receipt, false) : null;
      if (shown !== null) counter.addReceiptText(receipt.id, shown);
    },
  });
  counter.whenNext(() => printing.settle());
  const mailQueue = createMailQueue(context, printing);
  const realLinks = createLinks(context, providers);
  const afterPayment = createAfterPayment(context, session, realLinks);
  const links = trainingLinks(realLinks, parts.training);
  const provided = createProviderPayments(context, session, counter, links, printing);
  const chain = mode === 'setup' ? null : (input.chain ?? null);
  const epoch = (): string => epochOf(context);
  const local = input.refundLimits ?? localLimits(input.stores);
  const elsewhere = createReturnsElsewhere(chain, epoch);
  const refunds = createRefunds(context, session, counter, links, { limits: chain ? chainLimits({ chain, stores: input.stores, epoch, local }) : local, elsewhere });
  const tasks = createTasks(context, { session, counter, links, printing, status, refunds });
  const returns = createReturns(context, { session, counter, refunds, printing, drawers });
  parts.links = {
    returned: returns.refunded,
    completing: returns.completing,
    sold: afterPayment.sold,
    returnChanged: returns.changed,
    goingBack: refunds.goingBack,
    goesBack: refunds.goesBack,
    lateMoney: tasks.news,
    answered: refunds.wake,
    payment: provided.shortView,
    missing: (kind) => links.missing(kind),
    capabilities: (kind) => links.provider(kind)?.capabilities ?? null,
    busy: (kind) => {
      const terminal = links.terminal(kind);
      return terminal !== null && provided.runner.busyTerminal(terminal.id);
    },
  };
  parts.wake = () => {
    provided.runner.wake();
    mailQueue.online();
    afterPayment.mended();
  };
  const unwatch = mode === 'setup' ? () => undefined : watchClock(context);
  provided.runner.recover();
  // What a crash left between the chain's book and this one is put right before anything is asked again.
  if (chain) void chain.reconcile(ownBooks(context));
  refunds.recover();
  const program = {
    version: input.options.version,
    host: input.options.host,
    language: input.options.language ?? null,
    startShop: input.startShop,
    reopen: input.reopen,
    demoPins,
    training: () => parts.training.exercise?.view ?? null,
  };
  const training = createTraining(context, parts.training, { session, counter, links: realLinks, gate: input.gate ?? null, giveUp: provided.runner.giveUp });
  const lan = createLan(context, session, input.lan ?? noProgram);
  const imports = createImportService(context, session);
  const devices = createDevices({ context, session, scanners: input.guard.scanners, openWindows: (window) => context.bus.open(window) });
  // An account as it is now may take what waits.
  const providerLinks: Links = {
    ...realLinks,
    changed() {
      realLinks.changed();
      afterPayment.mended();
    },
  };
  const handlers = {
    ...session.handlers,
    ...training.leaving(),
    ...training.handlers,
    ...createStaffService(context, session),
    ...createShopService(context, program, session, status, counter),
    ...createSaleService(context, session, counter, { drawers, closedDrawer }),
    ...createPaymentService(context, session, counter, { printing, provided, closedDrawer }),
    ...createProviderService(context, session, counter, providerLinks),
    ...afterPayment.handlers,
    ...createSettlement(context, session, realLinks, chain),
    ...refunds.handlers,
    ...tasks.handlers,
    ...returns.handlers,
    ...createReceiptService(context, session, counter, printing),
    ...createGivingService(context, session, counter, printing, mailQueue),
    ...papers.handlers(session, printing.inTurn),
    ...createLogoService(context, session),
    ...createPrinterService(context, session, attached, printing),
    ...lan.handlers,
    ...createShiftService(context, session, counter, { drawers, printing, papers, status }),
    ...createReportService(context, session, counter, { printing, papers }),
    ...createAccountingService(context, session),
    ...createArticleService(context, session),
    ...createMeasurePatterns(context, session),
    ...createScannerService(context, session),
    ...devices.handlers,
    ...imports.handlers,
    ...createDevService(input.demo, context.bus, status.changed, input.phones),
    'customer.current': () => ok(counter.customerView()),
  };
  return {
    dispatch: createDispatch(training.guard(handlers), session, context.log, input.guard.damaged),
    trainingPhones: () => (parts.training.exercise?.view.phones ?? []).map(({ page }) => page),
    statusChanged: status.changed,
    scannerBus: devices.scannerBus,
    quitQuestion(): QuitQuestion | null {
      const count = provided.runner.count();
      if (count === 0) return null;
      const say = (key: string): string => context.words.text(input.options.language ?? context.shop().language, `quit.${key}`, { count });
      return { title: say('title'), text: say('text'), stay: say('stay'), quit: say('quit') };
    },
    async close() {
      unwatch();
      await lan.close();
      try {
        training.end('program');
      } catch (error) {
        // The next start ends it.
        context.log.error('training could not be ended', { error: String(error) });
      }
      await provided.close();
      await refunds.close();
      await mailQueue.close();
      await afterPayment.close();
      imports.close();
      counter.close();
      await printing.quiet(quietMs);
      attached.close();
      status.close();
      if (mode !== 'setup') context.stores.journal.append([journalEntry(context, null, 'program-stopped')]);
    },
  };
}

