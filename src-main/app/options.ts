import type { Language } from '../contract/basics.ts';
import type { SandboxAddresses } from './demo/sandboxes.ts';
import type { CustomerDisplay } from '../contract/lan.ts';
import type { PaymentProvider, ProviderWorld } from '../core/payments/provider.ts';
import type { HidScanners } from '../core/ports/scanner.ts';
import type { Pdf } from '../core/ports/world.ts';

/** What a host tells the application when it opens it. */
export type AppOptions = {
  /** Folder of this register's data; made when it is not there. */
  readonly dataDir: string;
  readonly host: 'electron' | 'browser';
  readonly version: string;
  /** What an empty data folder becomes: the demo shop, or a shop to set up. */
  readonly firstShop: 'demo' | 'setup';
  /** A provisioning file to apply before the first window opens. */
  readonly provisionFile?: string | undefined;
  /** Language of the screens before anybody signs in. */
  readonly language?: Language | undefined;
  readonly pdf: Pdf;
  /** Folder of the built pages, for screens in the shop's network; without it there are none. */
  readonly pagesDir?: string | undefined;
  /** Where the customer's window is; a host without windows has none. */
  readonly customerDisplay?: (() => CustomerDisplay | null) | undefined;
  /** Opens another application of this machine with an address that a provider gave for it; a host without a desktop has none. */
  readonly openAddress?: ((address: string) => void) | undefined;
  /** Providers beside those that are built in, for tests of the engine's shapes. */
  readonly moreProviders?: ((world: ProviderWorld) => readonly PaymentProvider[]) | undefined;
  /** Sandboxes that run in processes of their own; the demo shop uses them instead of starting its own. */
  readonly sandboxes?: Readonly<Record<string, SandboxAddresses>> | undefined;
  /** Scanners at the machine's USB ports, or stand-ins for them; without it the till knows scanners in keyboard mode only. */
  readonly scanners?: 'usb' | HidScanners | undefined;
  /** SQLite binding to use instead of the package's own, for Electron builds that bring one. */
  readonly nativeBinding?: string | undefined;
};
