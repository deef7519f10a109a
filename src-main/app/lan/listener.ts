import { lanAddresses, machineNames } from '../../adapters/lan/machine.ts';
import type { LanProblem, LanSettings, LanState } from '../../contract/lan.ts';
import type { KeyPair } from '../../core/ports/lan.ts';
import type { Clock, Log } from '../../core/ports/world.ts';
import { openLanServer, type LanServer, type LanServerInput } from './server.ts';

/** How soon an obstacle is looked at again: the other program may have ended. */
const retryMs = 5_000;
/** How often addresses are looked at: a router gives others, a cable is pulled. */
const lookMs = 5_000;

export type ListenerInput = Pick<LanServerInput, 'door' | 'till' | 'came' | 'gone'> & {
  readonly clock: Clock;
  readonly log: Log;
  readonly settings: () => LanSettings;
  /** Null: there is none, or its key can't be read. */
  readonly keyPair: () => KeyPair | null;
  readonly certificateNames: () => readonly string[];
  /** Names that browsers take without a warning, if there are any. */
  readonly trustedNames: () => readonly string[];
  readonly changed: () => void;
};

/** The listener's life: it opens when it may, tries again while something is in its way, and never keeps the till from selling. */
export type Listener = {
  state(): LanState;
  /** Where it is reached, the most likely first. */
  addresses(): readonly string[];
  connected(): ReadonlySet<string>;
  cut(deviceId: string): void;
  /** Settings or certificate are others now. */
  apply(): Promise<void>;
  close(): Promise<void>;
};

function problemOf(error: unknown): LanProblem {
  switch ((error as NodeJS.ErrnoException).code) {
    case 'EADDRINUSE':
      return 'port-taken';
    case 'EACCES':
      return 'port-not-allowed';
    default:
      return 'failed';
  }
}

export function createListener(input: ListenerInput): Listener {
  const { clock, log } = input;
  let server: LanServer | null = null;
  let state: LanState = { kind: 'off' };
  let stopTimers = (): void => undefined;
  /** One change after the other: a port is free only when the server before it has gone. */
  let turn: Promise<void> = Promise.resolve();
  let closed = false;
  let known = lanAddresses();

  const names = (): readonly string[] => ['localhost', '127.0.0.1', ...machineNames(), ...known, ...input.certificateNames()];

  function become(next: LanState): void {
    const same = JSON.stringify(next) === JSON.stringify(state);
    state = next;
    if (!same) input.changed();
  }

  async function stop(): Promise<void> {
    stopTimers();
    stopTimers = () => undefined;
    const before = server;
    server = null;
    await before?.close();
  }

  function failed(problem: LanProblem): void {
    become({ kind: 'failed', problem });
    stopTimers = clock.after(retryMs, () => void apply());
  }

  function watchAddresses(): void {
    const look = (): void => {
      const now = lanAddresses();
      if (now.join() !== known.join()) {
        known = now;
        input.changed();
      }
      stopTimers = clock.after(lookMs, look);
    };
    look();
  }

  async function start(): Promise<void> {
    await stop();
    const { on, port } = input.settings();
    if (closed || !on) return become({ kind: 'off' });
    const pair = input.keyPair();
    if (pair === null) return failed('certificate');
    try {
      server = await openLanServer({
        ...input,
        pair,
        port,
        names,
        monotonicMs: () => clock.monotonicMs(),
        failed: (error) => log.error('a request from the network could not be answered', { error: error instanceof Error ? error.stack : String(error) }),
      });
    } catch (error) {
      log.warn('the listener in the network could not be opened', { port, error: String(error) });
      return failed(problemOf(error));
    }
    become({ kind: 'listening' });
    watchAddresses();
  }

  function apply(): Promise<void> {
    turn = turn.then(start).catch((error: unknown) => {
      log.error('the listener in the network failed', { error: error instanceof Error ? error.stack : String(error) });
      failed('failed');
    });
    return turn;
  }

  return {
    state: () => state,
    addresses() {
      const { on, port } = input.settings();
      if (!on) return [];
      known = lanAddresses();
      const at = port === 443 ? '' : `:${port}`;
      return [...new Set([...input.trustedNames(), ...known, ...machineNames()])].map((name) => `https://${name}${at}/`);
    },
    connected: () => server?.connected() ?? new Set(),
    cut: (deviceId) => server?.cut(deviceId),
    apply,
    async close() {
      closed = true;
      await apply();
    },
  };
}
