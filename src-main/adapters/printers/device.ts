import type { PrinterCondition, PrinterSettings } from '../../contract/printers.ts';
import type { Paper } from '../../contract/receipts.ts';
import type { Clock, Drawer, Printer, PrinterProblem } from '../../core/ports/world.ts';
import { commandsOf } from '../../core/printers/commands.ts';
import { printerModels } from '../../core/printers/models.ts';
import type { PrinterStatus } from '../../core/printers/status.ts';
import { paperBytes } from './bytes.ts';
import type { OpenChannel } from './channel.ts';
import { dialogueOver, type Dialogue } from './dialogue.ts';

/** How long a printer may take, in milliseconds. */
export type PrinterPatience = { readonly connectMs: number; readonly answerMs: number; readonly printMs: number };

const usualPatience: PrinterPatience = { connectMs: 3_000, answerMs: 2_000, printMs: 20_000 };

export type PrinterDevice = {
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

/**
 * A printer that answers, over whatever it is attached by. One conversation at a time, as most allow no second. A paper is out only when the printer
 * has said so behind it; when it stops in the middle, what waits in its buffer is thrown away, so that nothing comes out later unasked.
 */
export function createPrinterDevice(open: OpenChannel, { model: modelId, widthMm }: Pick<PrinterSettings, 'model' | 'widthMm'>, clock: Clock, patience: PrinterPatience = usualPatience): PrinterDevice {
  const model = printerModels[modelId];
  const commands = commandsOf(model);
  let condition: PrinterCondition = { state: 'failed', problem: 'unreachable', paperNearEnd: false, drawer: 'unknown' };
  // Not from the same number at each start: a printer may still answer for a paper of the program that ended.
  let mark = clock.nowMs() % 10_000;
  let turn: Promise<unknown> = Promise.resolve();

  function keep(status: PrinterStatus | null, problem = problemOf(status)): PrinterProblem | null {
    condition = { state: problem ? 'failed' : 'ready', problem, paperNearEnd: status?.paperNearEnd ?? false, drawer: status?.drawer ?? 'unknown' };
    return problem;
  }

  /** In its turn, over a channel of its own; answers the problem when there is none. */
  function speak(work: (dialogue: Dialogue) => Promise<PrinterProblem | null>): Promise<PrinterProblem | null> {
    const done = turn.then(async () => {
      const channel = await open(patience.connectMs);
      if (typeof channel === 'string') return keep(null, channel);
      const dialogue = dialogueOver(channel, model, clock);
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
        dialogue.forget();
        return problem;
      }
    }
    dialogue.forget();
    return 'unknown';
  }

  async function printOver(dialogue: Dialogue, paper: Paper): Promise<PrinterProblem | null> {
    const before = keep(await dialogue.ask(patience.answerMs));
    if (before) return before;
    mark = (mark + 1) % 10_000;
    dialogue.send(paperBytes(paper, model, widthMm));
    const problem = await outcome(dialogue, dialogue.confirm(mark));
    if (!problem) keep(await dialogue.ask(patience.answerMs));
    else if (problem === 'unknown') condition = { ...condition, state: 'failed', problem };
    return problem;
  }

  return {
    printer: {
      state: () => condition.state,
      async print(paper) {
        const problem = await speak((dialogue) => printOver(dialogue, paper));
        return problem ? { ok: false, problem } : { ok: true };
      },
    },
    drawer: {
      open: () =>
        void speak(async (dialogue) => {
          dialogue.send(commands.openDrawer);
          return keep(await dialogue.ask(patience.answerMs));
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
