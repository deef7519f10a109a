import { existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { fail, type Result } from '../contract/errors.ts';
import type { WindowKind } from '../contract/define.ts';
import { DamagedDatabaseError } from '../storage/failure.ts';
import { asideName, moveDatabase } from '../storage/files.ts';
import { takeInstanceLock } from '../storage/instance-lock.ts';
import { finishRestore } from '../storage/restore.ts';
import { backupFolder } from './backups/folder.ts';
import { createBus, type Bus, type Listener } from './bus.ts';
import { makeDataFolder } from './data-folder.ts';
import { openShop, type OpenShop } from './open-shop.ts';
import type { QuitQuestion } from './services.ts';
import type { AppOptions } from './options.ts';
import type { SandboxAddresses } from './demo/sandboxes.ts';
import { StartError, startErrorOf } from './start-error.ts';
import { createTroubleDispatch, refuseLost, troubleOf, type Trouble } from './trouble.ts';
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
  /** Pages of the sandboxes' phones, of the demo and of training: all that may be opened outside. */
  phones(): readonly string[];
  /** What a person who wants to quit is asked first; null while no payment is waited for. */
  quitQuestion(): QuitQuestion | null;
  /** What keeps the shop from opening; null while it is open. Windows show it and can mend it. */
  trouble(): Trouble | null;
  /** Refuses new calls, waits for the running ones, closes the database. */
  close(): Promise<void>;
};

const databaseFile = (dataDir: string): string => join(dataDir, 'kassa.sqlite');

/** Puts a demo's (or an unfinished set-up's) database aside with its backups, where nothing opens or offers them again by itself. */
function putAside(dataDir: string, nowMs: number): void {
  const file = databaseFile(dataDir);
  if (!existsSync(file)) return;
  const aside = asideName(file, nowMs);
  const backups = backupFolder(dataDir);
  if (existsSync(backups)) renameSync(backups, join(dataDir, `${aside}.backups`));
  moveDatabase(file, join(dataDir, aside));
}

/** What every shop of a folder stands on: the folder is ours alone, and the world's parts work in it. */
type Ground = { readonly world: World; readonly releaseFolder: () => void };

function takeGround({ dataDir, nativeBinding }: AppOptions): Ground {
  makeDataFolder(dataDir);
  const releaseFolder = takeInstanceLock(dataDir, nativeBinding);
  try {
    return { world: createWorld(dataDir), releaseFolder };
  } catch (error) {
    releaseFolder();
    throw error;
  }
}

type FirstShop = 'demo-fi' | 'demo-no' | 'setup';

/** One running till over one data folder. Calls are counted, so that a change of shop and the end wait for them. */
class Till implements App {
  readonly #options: AppOptions;
  readonly #bus: Bus = createBus();
  readonly #troubled: ReturnType<typeof createTroubleDispatch>;
  #ground: Ground | null = null;
  #shop: OpenShop | null = null;
  #trouble: Trouble | null = null;
  #running = 0;
  #stopping = false;
  #idle: (() => void) | null = null;
  /** A shop over a damaged database that is being closed. */
  #ending: Promise<void> = Promise.resolve();

  constructor(options: AppOptions) {
    this.#options = options;
    this.#troubled = createTroubleDispatch({
      options,
      file: databaseFile(options.dataDir),
      clock: () => this.#ground?.world.clock ?? null,
      current: () => this.#trouble,
      ended: () => this.#ending,
      reopen: () => this.#mended(),
    });
  }

  /** Opens the till. What people can mend becomes its trouble; everything else is thrown, and what the trouble was before stays. */
  async start(): Promise<void> {
    const { dataDir, firstShop, provisionFile } = this.#options;
    const file = databaseFile(dataDir);
    try {
      this.#ground ??= takeGround(this.#options);
      finishRestore(file);
      refuseLost(file, dataDir);
      await this.#open(firstShop === 'demo' ? 'demo-fi' : 'setup', provisionFile);
      this.#trouble = null;
    } catch (error) {
      this.#fallIntoTrouble(error);
    }
  }

  #fallIntoTrouble(error: unknown): void {
    const trouble = troubleOf(error, this.#options.dataDir);
    if (!trouble) throw error;
    this.#ground?.world.ports.log.error('the shop could not be opened', { kind: trouble.kind, error: String(error) });
    this.#trouble = trouble;
  }

  async #open(first: FirstShop, provisionFile?: string): Promise<void> {
    if (!this.#ground) throw new Error('the till has no folder to open a shop in');
    this.#shop = await openShop({
      file: databaseFile(this.#options.dataDir),
      options: this.#options,
      world: this.#ground.world,
      bus: this.#bus,
      first,
      provisionFile,
      startShop: (shop) => this.#replace(shop),
      reopen: () => this.#replace(null),
      till: this,
      damaged: () => this.#damaged(),
    });
  }

  async call(window: WindowKind, name: string, input: unknown): Promise<Result<unknown>> {
    const troubled = this.#troubled(window, name, input);
    if (troubled) return troubled;
    if (this.#trouble) return fail('trouble');
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

  phones(): readonly string[] {
    return this.#shop?.phones() ?? [];
  }

  quitQuestion(): QuitQuestion | null {
    return this.#shop?.quitQuestion() ?? null;
  }

  trouble(): Trouble | null {
    return this.#trouble;
  }

  /** Opens another shop over the same folder. The call that asked for it is the one that may still be running. */
  async #replace(first: FirstShop | null): Promise<void> {
    this.#stopping = true;
    await this.#quiet(1);
    await this.#shop?.close();
    this.#shop = null;
    try {
      if (first) putAside(this.#options.dataDir, this.#ground?.world.clock.nowMs() ?? 0);
      await this.#open(first ?? 'setup');
    } catch (error) {
      this.#fallIntoTrouble(error);
    } finally {
      this.#stopping = false;
      this.#bus.publish('shop.changed', {});
    }
  }

  /** Somebody has mended what kept the shop from opening, or believes so. Windows load again when it is open, or in other trouble. */
  async #mended(): Promise<void> {
    const before = this.#trouble?.kind;
    try {
      await this.start();
    } catch (error) {
      // Not what windows were shown before, and nothing that they could mend: the program's own terminal is told.
      process.stderr.write(`Kassa: ${startErrorOf(error, this.#options.dataDir).message}\n`);
    }
    if (this.#trouble?.kind !== before) this.#bus.publish('shop.changed', {});
  }

  /** The open database can't be trusted any more: the calls that run end, and nothing more is sold over it. */
  #damaged(): void {
    if (this.#stopping || this.#trouble || !this.#shop) return;
    const { dataDir } = this.#options;
    this.#trouble = { kind: 'damaged', missing: false, sentence: startErrorOf(new DamagedDatabaseError('found while selling'), dataDir).message };
    this.#ending = this.#quiet(0).then(async () => {
      await this.#shop?.close();
      this.#shop = null;
      this.#bus.publish('shop.changed', {});
    });
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
    await this.#ending;
    if (this.#stopping && !this.#shop) return;
    this.#stopping = true;
    await this.#quiet(0);
    await this.#shop?.close();
    this.#shop = null;
    this.#ground?.releaseFolder();
    this.#ground = null;
  }
}

/**
 * Opens the till over a data folder. A database that is damaged, newer than this program, or on a disk that is full or
 * read-only leaves it open in trouble. Throws `StartError` with one sentence for people when the folder is in use or the
 * provisioning file has findings.
 */
export async function createApp(options: AppOptions): Promise<App> {
  const till = new Till(options);
  try {
    await till.start();
    return till;
  } catch (error) {
    await till.close();
    throw error instanceof StartError ? error : startErrorOf(error, options.dataDir);
  }
}
