import type { Access, AccountRef, DailyMetric, ReportKeeper } from '../ad-platform.ts';
import { PlatformError } from '../errors.ts';
import { dailyQuestion, readRows } from './daily-rows.ts';
import { classifyReport } from './errors.ts';
import type { Graph, GraphQuestion } from './graph.ts';
import { halve, type PlannedReport, writePlan } from './report-plan.ts';
import { read, type ReportRunWire, reportRunWire, startedWire } from './wire.ts';

/** What one call waits for its reports in all; the next goes on with the same ones. */
const WAITS_MS = [500, 1_000, 2_000, 4_000, 6_000, 6_000] as const;
const COME_BACK_MS = 30_000;
/** Meta makes a report within an hour, its own repeats included. Source: Ads Insights API, asynchronous jobs. */
const STUCK_AFTER_MS = 60 * 60_000;
/** What was made so long ago tells of the days as they were then. */
const STALE_AFTER_MS = 24 * 60 * 60_000;
const MOST_FAILURES = 3;
const RUN_FIELDS = 'async_status,async_percent_completion,error_code,error_subcode,error_message';

const PENDING =
  'Meta is still making the report of these days. We go on by ourselves as soon as it is there.';
const FAILED = 'Meta could not make the report of these days. We try again by ourselves.';

interface Reporting {
  account: AccountRef;
  reports: PlannedReport[];
  keeper: ReportKeeper;
}

/**
 * Rows of asynchronous reports. Their runs are kept before they are waited for and until the last one was read, so that
 * none is asked for twice. Errors: `retry` with `isPending` while Meta is still at work.
 */
export async function* reportedMetrics(
  graph: Graph,
  access: Access,
  reporting: Reporting,
): AsyncGenerator<DailyMetric[]> {
  const work = new Reports(graph, access, reporting);
  for (let report = work.next(); report; report = work.next()) {
    const rows = await work.advance(report);
    if (rows) yield rows;
  }
  await reporting.keeper.keep(null);
}

/** Why a report is not to be had. */
interface Setback {
  /** It is no longer there, rather than that it failed. */
  isLost: boolean;
  error: PlatformError;
}

class Reports {
  private readonly waits: number[] = [...WAITS_MS];
  private readonly isRead = new Set<PlannedReport>();

  constructor(
    private readonly graph: Graph,
    private readonly access: Access,
    private readonly reporting: Reporting,
  ) {}

  /** All are asked for before one is waited for: Meta makes them side by side. */
  next(): PlannedReport | undefined {
    const { reports } = this.reporting;
    return reports.find(({ runId }) => runId === null) ?? reports.find((report) => !this.isRead.has(report));
  }

  /** One step: asks for the report, waits for it or reads it. Answers its rows once they are there. */
  async advance(report: PlannedReport): Promise<DailyMetric[] | null> {
    const { runId } = report;
    if (runId === null) return this.start(report);
    if (this.ageMsOf(report) > STALE_AFTER_MS) return this.mend(report, lost('report_stale'));
    if (report.isMade) return this.readOut(report, runId);
    const setback = await this.look(report, runId);
    if (setback === 'running') return null;
    if (setback) return this.mend(report, setback);
    report.isMade = true;
    await this.keep();
    return null;
  }

  private ageMsOf(report: PlannedReport): number {
    return this.graph.now() - report.askedAt;
  }

  private async start(report: PlannedReport): Promise<null> {
    const question = dailyQuestion(this.access, this.reporting.account, report.span);
    const answer = await this.unlessTooMuch(report, () => this.graph.ask({ ...question, method: 'POST' }));
    if (answer === null) return null;
    report.runId = read(startedWire, answer, 'insights').report_run_id;
    report.askedAt = this.graph.now();
    await this.keep();
    return null;
  }

  /** Waits a little and looks how far the run is; null: it is made. Completed counts with all hundred percent alone. */
  private async look(report: PlannedReport, runId: string): Promise<Setback | 'running' | null> {
    await this.wait();
    const run = await this.find(() => this.graph.ask({ ...this.of(runId), params: { fields: RUN_FIELDS } }));
    if (run === 'gone') return lost('report_gone');
    const { async_status: status, async_percent_completion: percent, ...reason } = readRun(run);
    if (status === 'Job Completed' && percent >= 100) return null;
    if (status === 'Job Skipped') return lost('report_skipped');
    if (status === 'Job Failed') return failed(reason);
    if (this.ageMsOf(report) <= STUCK_AFTER_MS) return 'running';
    return { isLost: false, error: failure('report_stuck', `${status} at ${percent} percent after an hour`) };
  }

  private async readOut(report: PlannedReport, runId: string): Promise<DailyMetric[] | null> {
    const question = { ...this.of(runId), path: `${runId}/insights` };
    const rows = await this.unlessTooMuch(report, () => this.find(() => readRows(this.graph, question)));
    if (rows === 'gone') return this.mend(report, lost('report_gone'));
    if (rows !== null) this.isRead.add(report);
    return rows;
  }

  /** null: it was, and the report was cut smaller. */
  private async unlessTooMuch<T>(report: PlannedReport, work: () => Promise<T>): Promise<T | null> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof PlatformError) || !error.isTooMuch) throw error;
      return this.mend(report, { isLost: false, error });
    }
  }

  /** Asks about a run. One that is not known any more is answered as an object that is not there. */
  private async find<T>(work: () => Promise<T>): Promise<T | 'gone'> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof PlatformError && error.code === '100/33') return 'gone';
      throw error;
    }
  }

  private of(runId: string): GraphQuestion {
    const { accessToken: token, caller, signal } = this.access;
    return { path: runId, accountId: this.reporting.account.nativeId, token, caller, signal };
  }

  private async wait(): Promise<void> {
    const waitMs = this.waits.shift();
    if (waitMs !== undefined) return this.graph.sleep(waitMs, this.access.signal);
    throw new PlatformError({
      kind: 'retry',
      code: 'report_pending',
      message: PENDING,
      isPending: true,
      retryAfterMs: COME_BACK_MS,
    });
  }

  /**
   * A report that is lost is asked for again, one that failed too, once; then its days are cut in two, and a single day
   * that cannot be had is the answer.
   */
  private async mend(report: PlannedReport, { isLost, error }: Setback): Promise<null> {
    const { reports, keeper } = this.reporting;
    report.runId = null;
    report.isMade = false;
    report.failures += 1;
    const mustCut = error.isTooMuch || (!isLost && report.failures > 1);
    const parts = mustCut ? halve(report) : null;
    if (error.kind !== 'retry' || (mustCut && !parts) || report.failures > MOST_FAILURES) {
      await keeper.keep(null);
      throw error;
    }
    if (parts) reports.splice(reports.indexOf(report), 1, ...parts);
    await this.keep();
    return null;
  }

  private keep(): Promise<void> {
    const { reports, keeper } = this.reporting;
    return keeper.keep(writePlan(reports));
  }
}

function readRun(answer: unknown): ReportRunWire {
  return read(reportRunWire, answer, 'report_run');
}

function lost(code: string): Setback {
  return { isLost: true, error: failure(code, undefined) };
}

/** What the run says of itself, where it says something. */
function failed({
  error_code: code,
  error_subcode: subcode,
  error_message: message,
}: Partial<ReportRunWire>) {
  const error =
    code === undefined
      ? failure('report_failed', message)
      : classifyReport({ code, subcode, message: message ?? '' });
  return { isLost: false, error };
}

function failure(code: string, vendorMessage: string | undefined): PlatformError {
  return new PlatformError({ kind: 'retry', code, message: FAILED, vendorMessage });
}
