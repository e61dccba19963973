import os from 'node:os';
import type { Dataset } from './dataset.ts';
import type { Figure, Goal, Line } from './measure.ts';
import type { Options } from './options.ts';

/** A run's outcome as JSON. Times are milliseconds, memory MiB. */
export interface Report {
  measuredAt: string;
  machine: {
    processors: number;
    model: string;
    memoryMiB: number;
    node: string;
    postgresql: string;
    load: number;
  };
  dataset: { scale: number; rounds: number; seconds: number; sizes: Dataset['sizes'] };
  lines: Line[];
  /** The product's processes, after what they served. */
  memory: { process: string; residentMiB: number; peakMiB: number; goalMiB: number; isMet: boolean }[];
}

export function toReport(
  options: Options,
  dataset: Dataset,
  measured: Pick<Report, 'lines' | 'memory'>,
): Report {
  const { scale, rounds, seconds } = options;
  const [processor] = os.cpus();
  return {
    measuredAt: new Date().toISOString(),
    machine: {
      processors: os.availableParallelism(),
      model: processor?.model ?? 'unknown',
      memoryMiB: Math.round(os.totalmem() / 1024 ** 2),
      node: process.version,
      postgresql: dataset.version,
      load: os.loadavg()[0] ?? 0,
    },
    dataset: { scale, rounds, seconds, sizes: dataset.sizes },
    ...measured,
  };
}

const HEADER = ['row', 'load', 'subject', 'median', 'p50 ms', 'p95 ms', 'cpu ms', 'ratio', 'goal', ''];

/** The figures for a person at the console: the product's line, then each of its limits. */
export function toText({ machine, dataset, lines, memory }: Report): string {
  const rows = lines.flatMap(rowsOf);
  const table = [HEADER, ...rows];
  const widths = HEADER.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  const isText = (column: number) => column < 3 || column > 7;
  const text = table.map((row) =>
    row
      .map((cell, column) =>
        isText(column) ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  );
  const sizes = Object.entries(dataset.sizes).map(([name, { own, all }]) => `${own} of ${all} ${name}`);
  const used = memory.map(
    ({ process: name, residentMiB, peakMiB, goalMiB, isMet }) =>
      `Memory of ${name}: ${residentMiB} MiB, at most ${peakMiB} MiB (goal ${goalMiB}${isMet ? '' : ': missed'})`,
  );
  return [
    `Node ${machine.node}, PostgreSQL ${machine.postgresql}, ${machine.processors} processors, load ${machine.load.toFixed(1)}`,
    `${sizes.join(', ')}; ${dataset.rounds} rounds of ${dataset.seconds} s`,
    '',
    ...text,
    '',
    ...used,
  ].join('\n');
}

function rowsOf({ row, load, unit, product, limits, ratio, against, goal, isMet }: Line): string[][] {
  const own = [row, load, 'product', ...cells(product, unit)];
  const judged = [
    ratio === null ? '' : ratio.toFixed(2),
    goal ? goalText(goal, against) : '',
    verdict(isMet),
  ];
  const others = Object.entries(limits).map(([name, figure]) => [
    '',
    '',
    name,
    ...cells(figure, unit),
    '',
    '',
    '',
  ]);
  return [[...own, ...judged], ...others];
}

function cells({ median, p50Ms, p95Ms, cpuMs }: Figure, unit: Line['unit']): string[] {
  const ms = (value: number | null) => (value === null ? '' : value.toFixed(2));
  const value =
    unit === 'ms' ? `${median.toFixed(2)} ms` : `${Math.round(median).toLocaleString('en')} ${unit}`;
  return [value, ms(p50Ms), ms(p95Ms), ms(cpuMs)];
}

function goalText(goal: Goal, against: string): string {
  return 'atLeast' in goal ? `≥ ${goal.atLeast} × ${against}` : `≤ ${goal.atMost} × ${against}`;
}

function verdict(isMet: boolean | null): string {
  return isMet === null ? '' : isMet ? 'met' : 'missed';
}
