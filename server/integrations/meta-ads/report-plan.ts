import type { DayRange } from '../ad-platform.ts';
import { countDays, cutDays } from '../spans.ts';

/** One asynchronous report that is needed: its days, the run at Meta that makes it, and how often one failed. */
export interface PlannedReport {
  span: DayRange;
  /** null: not asked for yet. */
  runId: string | null;
  /** Our own clock's, in ms: Meta's may be another. */
  askedAt: number;
  /** Meta has it whole: there is nothing to wait for. */
  isMade: boolean;
  failures: number;
}

/**
 * The reports of a slice as one text, so that whoever goes on after a process that ended asks for none a second time:
 * `2026-05-01..2026-05-15=6123@1779270000000+!1`, separated by spaces; a plus says that it is made.
 */
export function writePlan(reports: readonly PlannedReport[]): string {
  return reports
    .map(({ span, runId, askedAt, isMade, failures }) => {
      const run = runId === null ? '' : `=${runId}@${askedAt}${isMade ? '+' : ''}`;
      return `${span.from}..${span.to}${run}!${failures}`;
    })
    .join(' ');
}

const REPORT = /^(\d{4}-\d\d-\d\d)\.\.(\d{4}-\d\d-\d\d)(?:=(\d+)@(\d+)(\+)?)?!(\d+)$/;

/** The reports that were kept. A text of other days, or of another version's, is of no use: none. */
export function readPlan(text: string | null, range: DayRange): PlannedReport[] {
  const reports: PlannedReport[] = [];
  for (const part of text?.split(' ') ?? []) {
    const [, from, to, runId, askedAt, made, failures] = REPORT.exec(part) ?? [];
    if (from === undefined || to === undefined || from < range.from || to > range.to || from > to) return [];
    reports.push({
      span: { from, to },
      runId: runId ?? null,
      askedAt: Number(askedAt ?? 0),
      isMade: made !== undefined,
      failures: Number(failures),
    });
  }
  return reports;
}

/** The days of a range that no report covers, in spans. */
export function uncovered(range: DayRange, reports: readonly PlannedReport[]): DayRange[] {
  const spans: DayRange[] = [];
  for (const day of cutDays(range, 1)) {
    const isCovered = reports.some(({ span }) => span.from <= day.from && day.from <= span.to);
    const last = spans.at(-1);
    if (isCovered) continue;
    if (last && countDays({ from: last.to, to: day.from }) === 2) last.to = day.to;
    else spans.push({ ...day });
  }
  return spans;
}

export function newReport(span: DayRange): PlannedReport {
  return { span, runId: null, askedAt: 0, isMade: false, failures: 0 };
}

/** Two reports for the days of one; null where it has a single day. */
export function halve({ span }: PlannedReport): PlannedReport[] | null {
  const days = countDays(span);
  return days < 2 ? null : cutDays(span, Math.ceil(days / 2)).map(newReport);
}
