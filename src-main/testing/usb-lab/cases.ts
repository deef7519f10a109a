import { writeSync } from 'node:fs';

/** What a case counted and measured, by name; shown behind it. */
export type Figures = Readonly<Record<string, number>>;

/** One thing that the lab tries. It throws when it went wrong. */
export type Case = { readonly name: string; run(): Promise<Figures> };

/** A line of the lab's report: what a program will try, how one case went, or that nothing more comes of it. */
export type ReportLine =
  | { readonly program: string; readonly plan: readonly string[] }
  | { readonly case: string; readonly problem: string | null; readonly seconds: number; readonly figures: Figures }
  | { readonly program: string; readonly ended: true };

/** Writes one line of the report in one piece, as several programs share the port. */
const reportLine = (line: ReportLine): void => void writeSync(1, `${JSON.stringify(line)}\n`);

const told = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : String(error));

/** Tries one case after the other; one that fails keeps none of the others from being tried. */
export async function tryAll(program: string, cases: readonly Case[]): Promise<void> {
  reportLine({ program, plan: cases.map(({ name }) => name) });
  for (const { name, run } of cases) {
    const startedMs = performance.now();
    const outcome = await run().then(
      (figures) => ({ problem: null, figures }),
      (error: unknown) => ({ problem: told(error), figures: {} }),
    );
    reportLine({ case: name, ...outcome, seconds: Math.round(performance.now() - startedMs) / 1000 });
  }
  reportLine({ program, ended: true });
}

/** Waits so many milliseconds. */
export const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Waits until something is so; throws with what was waited for when it takes longer than that. */
export async function until(what: string, isSo: () => boolean, withinMs = 20_000): Promise<void> {
  const giveUpMs = performance.now() + withinMs;
  while (!isSo()) {
    if (performance.now() > giveUpMs) throw new Error(`${what}: not within ${withinMs} ms`);
    await sleep(5);
  }
}

const sleeper = new Int32Array(new SharedArrayBuffer(4));

/** Keeps this thread waiting for so many milliseconds: what it does next, nothing of its own can delay. */
export const hold = (ms: number): void => void Atomics.wait(sleeper, 0, 0, Math.max(0, ms));

/** Microseconds by the clock that all programs of the machine share. */
export const nowUs = (): number => Number(process.hrtime.bigint() / 1000n);
