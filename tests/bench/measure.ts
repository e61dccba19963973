/** What a subject came to. Times are milliseconds. */
export interface Figure {
  /** In the line's unit: the median over rounds. */
  median: number;
  p50Ms: number | null;
  p95Ms: number | null;
  /** Processor time of the subject's own process for one request, the database's not counted. */
  cpuMs: number | null;
}

export type Goal = { atLeast: number } | { atMost: number };

/** One measured load of a row: the product beside its limits, from turns that took place in between each other. */
export interface Line {
  row: string;
  load: string;
  unit: 'requests/s' | 'ms' | 'rows/s';
  product: Figure;
  limits: Record<string, Figure>;
  /** The product by what its goal compares it with, as the median over the rounds' own ratios; null without a goal. */
  ratio: number | null;
  /** What the ratio divides by, in words. */
  against: string;
  goal: Goal | null;
  isMet: boolean | null;
}

export function median(values: readonly number[]): number {
  return percentile(values, 50);
}

/** Nearest rank; NaN without values. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? Number.NaN;
}

export function meets(ratio: number, goal: Goal): boolean {
  return 'atLeast' in goal ? ratio >= goal.atLeast : ratio <= goal.atMost;
}

/**
 * Gives every subject its turn in each round, every second round in the opposite order, so that what the machine does
 * besides falls on all of them. Answers each subject's turns in the order of the rounds.
 */
export async function interleave<Name extends string, T>(
  subjects: Record<Name, () => Promise<T>>,
  rounds: number,
): Promise<Record<Name, T[]>> {
  const names = Object.keys(subjects) as Name[];
  const turns = Object.fromEntries(names.map((name) => [name, [] as T[]])) as Record<Name, T[]>;
  for (let round = 0; round < rounds; round += 1) {
    for (const name of round % 2 === 0 ? names : names.toReversed()) turns[name].push(await subjects[name]());
  }
  return turns;
}

/** The median over rounds of the product's value by its limit's in the same round. */
export function ratioOf(product: readonly number[], limit: readonly number[]): number {
  return median(product.map((value, round) => value / (limit[round] ?? Number.NaN)));
}
