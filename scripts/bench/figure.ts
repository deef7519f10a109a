/** One measured figure beside its limit from the same run. */
export type Figure = {
  readonly name: string;
  readonly unit: 'ms' | 'MiB' | 'count';
  readonly p50: number;
  readonly p99: number;
  readonly n: number;
  readonly baseline: number;
};

/** The value below which a share of the samples lies. */
export function quantile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export const figure = (name: string, unit: Figure['unit'], samples: readonly number[], baseline: number): Figure => ({
  name,
  unit,
  p50: quantile(samples, 0.5),
  p99: quantile(samples, 0.99),
  n: samples.length,
  baseline,
});
