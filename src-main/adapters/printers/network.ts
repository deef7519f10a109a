import type { PrinterCondition, PrinterSettings } from '../../contract/printers.ts';
import type { Paper } from '../../contract/receipts.ts';
import type { Clock, Drawer, Printer, PrinterProblem } from '../../core/ports/world.ts';
import { commandsOf } from '../../core/printers/commands.ts';
import { printerModels } from '../../core/printers/models.ts';
import type { PrinterStatus } from '../../core/printers/status.ts';
import { paperBytes } from './bytes.ts';
import { openDialogue, type Dialogue } from './dialogue.ts';

/** How long a printer in the network may take, in milliseconds. */
export type PrinterPatience = { readonly connectMs: number; readonly answerMs: number; readonly printMs: number };

const usualPatience: PrinterPatience = { connectMs: 3_000, answerMs: 2_000, printMs: 20_000 };

export type NetworkDevice = {
  readonly printer: Printer;
  readonly drawer: Drawer;
  /** As it was when it spoke last. */
  condition(): PrinterCondition;
  /** Asks it how it is. */
  look(): Promise<PrinterCondition>;
};

/** Why a printer that says this of itself prints nothing; null: it prints. */
function problemOf(status: PrinterStatus | null): PrinterProblem | null {
  if (!status) return 'unreachable';
  if (status.coverOpen) return 'cover-open';
  if (status.paperOut) return 'out-of-paper';
  return status.online ? null : 'fault';
}

type Address = Pick<PrinterSettings, 'host' | 'port' | 'model' | 'widthMm'>;

/**
 * A printer that is spoken to by its raw port. One connection at a time, as most allow no second. A paper is out only when the printer
 * has said so behind it; when it stops in the middle, what waits in its buffer is thrown away, so that nothing comes out later unasked.
 */
export function createNetworkDevice(address: Address, clock: Clock, patience: PrinterPatience = usualPatience): NetworkDevice {
  const model = printerModels[address.model];
  const commands = commandsOf(model);
  let condition: PrinterCondition = { state: 'failed', problem: 'unreachable', paperNearEnd: false, drawer: 'unknown' };
  let mark = 0;
  let turn: Promise<unknown> = Promise.resolve();

  function keep(status: PrinterStatus | null): PrinterProblem | null {
    const problem = problemOf(status);
    condition = { state: problem ? 'failed' : 'ready', problem, paperNearEnd: status?.paperNearEnd ?? false, drawer: status?.drawer ?? 'unknown' };
    return problem;
  }

  /** In its turn, over a connection of its own; null when there is none. */
  function speak<T>(work: (dialogue: Dialogue) => Promise<T>): Promise<T | null> {
    const done = turn.then(async () => {
      const dialogue = await openDialogue(address, model, clock, patience.connectMs);
      if (!dialogue) {
        keep(null);
        return null;
      }
      try {
        return await work(dialogue);
      } finally {
        await dialogue.end();
      }
    });
    turn = done.catch(() => undefined);
    return done;
  }

  /** Waits until the paper is out; looks in between what keeps it. */
  async function outcome(dialogue: Dialogue, isOut: (withinMs: number) => Promise<boolean>): Promise<PrinterProblem | null> {
    const giveUpAt = clock.monotonicMs() + patience.printMs;
    while (clock.monotonicMs() < giveUpAt && !dialogue.closed()) {
      if (await isOut(patience.answerMs)) return null;
      const status = await dialogue.ask(patience.answerMs);
      // It may have been told while it was asked.
      if (await isOut(0)) return null;
      const problem = status ? keep(status) : null;
      if (problem) {
        dialogue.send(commands.forget);
        return problem;
      }
    }
    dialogue.send(commands.forget);
    return 'unknown';
  }

  async function printOver(dialogue: Dialogue, paper: Paper): Promise<PrinterProblem | null> {
    const before = keep(await dialogue.ask(patience.answerMs));
    if (before) return before;
    mark = (mark + 1) % 10_000;
    dialogue.send(paperBytes(paper, model, address.widthMm));
    const problem = await outcome(dialogue, dialogue.confirm(mark));
    if (!problem) keep(await dialogue.ask(patience.answerMs));
    else if (problem === 'unknown') condition = { ...condition, state: 'failed', problem };
    return problem;
  }

  return {
    printer: {
      state: () => condition.state,
      async print(paper) {
        const answer = await speak(async (dialogue) => ({ problem: await printOver(dialogue, paper) }));
        const problem = answer ? answer.problem : 'unreachable';
        return problem ? { ok: false, problem } : { ok: true };
      },
    },
    drawer: {
      open: () =>
        void speak(async (dialogue) => {
          dialogue.send(commands.openDrawer);
          keep(await dialogue.ask(patience.answerMs));
        }),
      state: () => condition.drawer,
    },
    condition: () => condition,
    async look() {
      await speak(async (dialogue) => keep(await dialogue.ask(patience.answerMs)));
      return condition;
    },
  };
}
