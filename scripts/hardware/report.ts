import { z } from 'zod';
import type { MachineEnd } from './machine.ts';

const figures = z.record(z.string(), z.number());

/** The lines that the program in the machine writes. */
const reportLine = z.union([
  z.strictObject({ program: z.string(), plan: z.array(z.string()).min(1) }),
  z.strictObject({ case: z.string(), problem: z.string().nullable(), seconds: z.number(), figures }),
  z.strictObject({ program: z.string(), ended: z.literal(true) }),
]);

/** How one case went. */
export type CaseResult = Extract<z.infer<typeof reportLine>, { case: string }>;

/** What is known of a run so far. */
export type LabReport = {
  /** What each program said that it would try. */
  readonly plans: Readonly<Record<string, readonly string[]>>;
  readonly results: readonly CaseResult[];
  /** Programs that came to their end. */
  readonly ended: readonly string[];
  /** Lines that are none of the report's. */
  readonly strange: readonly string[];
};

export const noReport: LabReport = { plans: {}, results: [], ended: [], strange: [] };

function parsed(text: string): z.infer<typeof reportLine> | null {
  try {
    return reportLine.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

/** The report with one more line of the machine's first port. */
export function withLine(report: LabReport, text: string): LabReport {
  if (text.trim() === '') return report;
  const line = parsed(text);
  if (!line) return { ...report, strange: [...report.strange, text] };
  if ('plan' in line) return { ...report, plans: { ...report.plans, [line.program]: line.plan } };
  return 'case' in line ? { ...report, results: [...report.results, line] } : { ...report, ended: [...report.ended, line.program] };
}

/** What went wrong, a sentence each: cases that failed, that never came, and programs that did not end by themselves. */
export function problemsOf({ plans, results, ended, strange }: LabReport, { stopped }: MachineEnd, programs: readonly string[]): readonly string[] {
  const came = new Set(results.map((one) => one.case));
  return [
    ...results.flatMap((one) => (one.problem === null ? [] : [`${one.case}: ${one.problem}`])),
    ...programs.flatMap((program) => plans[program] ?? []).flatMap((name) => (came.has(name) ? [] : [`${name}: no word of it came`])),
    ...programs.flatMap((program) => (plans[program] === undefined ? [`the program ${program} never said what it would try`] : ended.includes(program) ? [] : [`the program ${program} broke off`])),
    ...(stopped ? ['the machine was stopped: it took too long'] : []),
    ...strange.map((text) => `not a line of the report: ${text.slice(0, 200)}`),
  ];
}

/** The figures of a case behind its name. */
export const shownFigures = (one: Readonly<Record<string, number>>): string => Object.entries(one).map(([name, value]) => `${name} ${value}`).join(', ');

/** Figures of all cases: counts are added up, what was measured (its name ends with its unit) stands as it is. */
export function sumOf(results: readonly CaseResult[]): Readonly<Record<string, number>> {
  const sum: Record<string, number> = {};
  for (const { figures: own } of results) for (const [name, value] of Object.entries(own)) sum[name] = (sum[name] ?? 0) + value;
  return sum;
}
