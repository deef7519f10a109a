import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fail, type Result } from '../contract/errors.ts';
import type { WindowKind } from '../contract/define.ts';
import { takeInstanceLock } from '../storage/instance-lock.ts';
import { createBus, type Bus, type Listener } from './bus.ts';
import { openShop, type OpenShop } from './open-shop.ts';
import type { QuitQuestion } from './services.ts';
import type { AppOptions } from './options.ts';
import type { SandboxAddresses } from './demo/sandboxes.ts';
import { StartError, startErrorOf } from './start-error.ts';
import { createWorld, type World } from './world.ts';

export { StartError } from './start-error.ts';
export type { AppOptions } from './options.ts';

/** The till behind its windows: the same in Electron and in the browser host. */
export type App = {
  /** A window's call. Expected failures are values; nothing is thrown. */
  call(window: WindowKind, name: string, input: unknown): Promise<Result<unknown>>;
  /** Events for one window; returns how to stop them. */
  subscribe(window: WindowKind, listener: Listener): () => void;
  /** Addresses of the demo's provider sandboxes, by provider; none in a real shop. */
  sandboxes(): Readonly<Record<string, SandboxAddresses>>;
  /** What a person who wants to quit is asked first; null while no payment is waited for. */
  quitQuestion(): QuitQuestion | null;
  /** Refuses new calls, waits for the running ones, closes the database. */
  close(): Promise<void>;
};

const databaseFile = (dataDir: string): string => join(dataDir, 'kassa.sqlite');

/** Puts a demo's (or an unfinished set-up's) database aside, where nothing opens it again by itself. */
function putAside(dataDir: string, nowMs: number): void {
  const file = databaseFile(dataDir);
  if (!existsSync(file)) return;
  const stamp = new Date(nowMs).toISOString().replaceAll(':', '').slice(0, 17);
  renameSync(file, join(dataDir, `kassa-put-aside-${stamp}.sqlite`));
  for (const rest of ['-wal', '-shm']) rmSync(`${file}${rest}`, { force: true });
}

/** One running till over one data folder. Calls are counted, so that a change of shop and the end wait for them. */
class Till implements App {
  readonly #options: AppOptions;
  readonly #world: World;
  readonly #bus: Bus = createBus();
  readonly #releaseFolder: () => void;
  #shop: OpenShop | null = null;
  #running = 0;
  #stopping = false;
  #idle: (() => void) | null = null;

  constructor(options: AppOptions, world: World, releaseFolder: () => void) {
    this.#options = options;
    this.#world = world;
    this.#releaseFolder = releaseFolder;
  }

  async open(first: 'demo-fi' | 'demo-no' | 'setup', provisionFile?: string): Promise<void> {
    this.#shop = await openShop({
      file: databaseFile(this.#options.dataDir),
      options: this.#options,
      world: this.#world,
      bus: this.#bus,
      first,
      provisionFile,
      startShop: (shop) => this.#replace(shop),
      reopen: () => this.#replace(null),
    });
  }

  async call(window: WindowKind, name: string, input: unknown): Promise<Result<unknown>> {
    if (this.#stopping || !this.#shop) return fail('stopping');
    this.#running += 1;
    try {
      return await this.#shop.dispatch(window, name, input);
    } finally {
      this.#running -= 1;
      if (this.#running === 0) this.#idle?.();
    }
  }

  subscribe(window: WindowKind, listener: Listener): () => void {
    return this.#bus.subscribe(window, listener);
  }

  sandboxes(): Readonly<Record<string, SandboxAddresses>> {
    return this.#shop?.sandboxes ?? {};
  }

  quitQuestion(): QuitQuestion | null {
    return this.#shop?.quitQuestion() ?? null;
  }

  /** Opens another shop over the same folder. The call that asked for it is the one that may still be running. */
  async #replace(first: 'demo-fi' | 'demo-no' | 'setup' | null): Promise<void> {
    this.#stopping = true;
    await this.#quiet(1);
    await this.#shop?.close();
    this.#shop = null;
    if (first) putAside(this.#options.dataDir, this.#world.clock.nowMs());
    await this.open(first ?? 'setup');
    this.#stopping = false;
    this.#bus.publish('shop.changed', {});
  }

  /** Waits until at most `allowed` calls are running. */
  async #quiet(allowed: number): Promise<void> {
    while (this.#running > allowed) {
      await new Promise<void>((resolve) => {
        this.#idle = resolve;
        setTimeout(resolve, 20);
      });
    }
    this.#idle = null;
  }

  async close(): Promise<void> {
    if (this.#stopping && !this.#shop) return;
    this.#stopping = true;
    await this.#quiet(0);
    await this.#shop?.close();
    this.#shop = null;
    this.#releaseFolder();
  }
}

/**
 * Opens the till over a data folder. Throws `StartError` with one sentence for people when the folder is in use, its
 * database is newer than this program, or the provisioning file has findings.
 */
export async function createApp(options: AppOptions): Promise<App> {
  let release: (() => void) | null = null;
  try {
    mkdirSync(options.dataDir, { recursive: true });
    release = takeInstanceLock(options.dataDir, options.nativeBinding);
    const till = new Till(options, createWorld(options.dataDir), release);
    await till.open(options.firstShop === 'demo' ? 'demo-fi' : 'setup', options.provisionFile);
    return till;
  } catch (error) {
    release?.();
    throw error instanceof StartError ? error : startErrorOf(error, options.dataDir);
  }
}
