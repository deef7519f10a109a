import { fail, ok, type Result } from '../../contract/errors.ts';
import type { UnprintedKind, UnprintedRow } from '../../contract/papers.ts';
import type { Paper } from '../../contract/receipts.ts';
import type { PrinterProblem } from '../../core/ports/world.ts';
import { journalEntry, nowIso, type ShopContext } from '../context.ts';
import type { CallsOf, Handlers } from '../handlers.ts';
import type { Session } from '../session.ts';

/** What a paper is of. */
type Of = { readonly kind: UnprintedKind; readonly ofId: string };

/** Papers that are no receipts: each is written down before it goes to the printer, and stays so until it is out. */
export type Papers = {
  /** Prints it; the caller sees to it that one paper comes after another. `out` is written in the same moment as that it came out. */
  print(of: Of, paper: Paper, out: () => void): Promise<PrinterProblem | null>;
  /** What follows when a paper of a kind comes out after all, printed again by a person. */
  whenOut(kind: UnprintedKind, out: (ofId: string, staffId: string | null) => void): void;
  /** It came out another way. */
  end(of: Of): void;
  handlers(session: Session, inTurn: <T>(work: () => Promise<T>) => Promise<T>): Handlers<CallsOf<'paper'>>;
};

export function createPapers(context: ShopContext, changed: () => void): Papers {
  const { stores, register } = context;
  const { unprinted } = stores;
  const outs = new Map<UnprintedKind, (ofId: string, staffId: string | null) => void>();

  async function print({ kind, ofId }: Of, paper: Paper, out: () => void): Promise<PrinterProblem | null> {
    unprinted.begin({ kind, ofId, paper, at: nowIso(context) }, register.id);
    const result = await context.printer.print(paper);
    // Without a printer nothing is missing: what the paper is of can be read on the screen and as PDF.
    if (!result.ok && result.problem !== 'absent') {
      unprinted.fail(kind, ofId, result.problem);
      changed();
      return result.problem;
    }
    stores.transaction(() => {
      unprinted.end(kind, ofId);
      if (result.ok) out();
    });
    changed();
    return result.ok ? null : result.problem;
  }

  const rows = (): UnprintedRow[] => unprinted.list(register.id).map(({ kind, ofId, paper, problem, at }) => ({ kind, ofId, title: paper.title, problem: problem ?? 'unknown', at }));
  const found = (of: Of) => unprinted.list(register.id).find((one) => one.kind === of.kind && one.ofId === of.ofId);

  async function again(of: Of, staffId: string | null): Promise<Result<UnprintedRow[]>> {
    // Looked up when its turn has come: another tap may have printed it.
    const one = found(of);
    if (!one) return fail('paper-unknown');
    const problem = await print(of, one.paper, () => {
      outs.get(of.kind)?.(of.ofId, staffId);
    });
    return problem ? fail('printer-failed', { problem }) : ok(rows());
  }

  return {
    print,
    whenOut: (kind, out) => void outs.set(kind, out),
    end({ kind, ofId }) {
      unprinted.end(kind, ofId);
      changed();
    },
    handlers: (session, inTurn) => ({
      'paper.unprinted': () => ok(rows()),
      'paper.print': (of) => {
        const staffId = session.staffId();
        return inTurn(() => again(of, staffId));
      },
      'paper.let-go': (of) => {
        const one = found(of);
        if (!one) return fail('paper-unknown');
        stores.transaction(() => {
          unprinted.end(of.kind, of.ofId);
          stores.journal.append([journalEntry(context, session.staffId(), 'paper-let-go', { of: of.kind, id: of.ofId, title: one.paper.title })]);
        });
        changed();
        return ok(rows());
      },
    }),
  };
}
