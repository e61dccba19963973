import { type FaultKind } from '../control/faults.ts';
import { isoDay } from '../world/calendar.ts';
import { findAccount } from '../world/world.ts';
import { GraphFailure, invalidParameter, noSuchObject } from './failures.ts';
import { parseFields } from './fields.ts';
import { adsBearerOf, type GraphAnswer, type GraphCall } from './graph.ts';
import { type InsightsQuery } from './insights-query.ts';
import { type JsonObject } from './json.ts';
import { type InsightsJob } from './memory.ts';

const JOB_LIFE_MS = 30 * 86_400_000;

const FATES: Partial<Record<FaultKind, InsightsJob['fate']>> = {
  job_failed: 'fails',
  job_stuck: 'sticks',
  job_skipped: 'is skipped',
};

/** Starts an asynchronous report. It advances with every poll. */
export function startJob(call: GraphCall, nodeId: string, query: InsightsQuery): GraphAnswer {
  const { meta } = call.state;
  const { account } = query;
  const id = `6${String(call.at.getTime())}${String(meta.nextSerial()).padStart(3, '0')}`;
  const params = new URLSearchParams(call.params);
  params.delete('access_token');
  meta.jobs.set(id, {
    ...{ id, nodeId, accountId: account.accountId, params: params.toString(), createdAt: call.at, polls: 0 },
    dates: { date_start: isoDay(query.since), date_stop: isoDay(query.until) },
    fate: (call.fault && FATES[call.fault.kind]) ?? 'completes',
  });
  return { body: { report_run_id: id }, account };
}

/** A report of an account that the person sees; undefined where the id names none, or one too old. */
export function jobOf(call: GraphCall, jobId: string): InsightsJob | undefined {
  const job = call.state.meta.jobs.get(jobId);
  if (!job || call.at.getTime() - job.createdAt.getTime() > JOB_LIFE_MS) return undefined;
  const { person } = adsBearerOf(call);
  const account = findAccount(call.state.world, 'meta', job.accountId);
  if (account?.viewer.id !== person.id) throw noSuchObject(jobId, call.method);
  return job;
}

interface Progress {
  status: string;
  percent: number;
}

/**
 * Completed comes before all of the rows are there: a client must wait for 100 percent too.
 * Source: Marketing API insights, best practices, asynchronous jobs.
 */
const STEPS: readonly Progress[] = [
  { status: 'Job Not Started', percent: 0 },
  { status: 'Job Running', percent: 47 },
  { status: 'Job Completed', percent: 98 },
];
const DONE: Progress = { status: 'Job Completed', percent: 100 };

function progressOf(job: InsightsJob): Progress {
  const poll = Math.max(1, job.polls);
  if (job.fate === 'completes' || poll === 1) return STEPS[poll - 1] ?? DONE;
  if (job.fate === 'sticks') return { status: 'Job Running', percent: 12 };
  return { status: job.fate === 'fails' ? 'Job Failed' : 'Job Skipped', percent: 0 };
}

/** Since v25 a failed report says why. */
function failureOf(job: InsightsJob, status: string): JsonObject {
  if (status !== 'Job Failed') return {};
  return { error_code: -2, error_subcode: 2490547, error_message: `The report ${job.id} failed. Try again.` };
}

export function showJob(call: GraphCall, job: InsightsJob): GraphAnswer {
  job.polls += 1;
  const { status, percent } = progressOf(job);
  const started = Math.floor(job.createdAt.getTime() / 1000);
  const account = findAccount(call.state.world, 'meta', job.accountId);
  const whole: JsonObject = {
    ...{ id: job.id, account_id: job.accountId, time_ref: started },
    ...(percent === 100 ? { time_completed: Math.floor(call.at.getTime() / 1000) } : {}),
    ...{ async_status: status, async_percent_completion: percent },
    ...job.dates,
    ...failureOf(job, status),
  };
  return { body: askedOf(call, whole), ...(account ? { account } : {}) };
}

/** Source: the fields of AdReportRun in Meta's API specification (facebook-business-sdk-codegen). */
const RUN_FIELDS = [
  ...['id', 'account_id', 'time_ref', 'time_completed', 'async_status', 'async_percent_completion'],
  ...['date_start', 'date_stop', 'error_code', 'error_subcode', 'error_message'],
];

/** The asked fields and the id; all of them where none is asked for. */
function askedOf(call: GraphCall, whole: JsonObject): JsonObject {
  const asked = parseFields(call.params.get('fields')).map(({ name }) => name);
  const wrong = asked.find((name) => !RUN_FIELDS.includes(name));
  if (wrong !== undefined) {
    throw invalidParameter(`Tried accessing nonexisting field (${wrong}) on node type (AdReportRun)`);
  }
  if (asked.length === 0) return whole;
  return Object.fromEntries(Object.entries(whole).filter(([name]) => name === 'id' || asked.includes(name)));
}

/** Refuses the rows of a report that is not done. */
export function requireDone(job: InsightsJob): void {
  const { percent } = progressOf(job);
  if (percent === 100) return;
  const message = '(#2601) Loading an async report run that is not complete';
  throw new GraphFailure({ status: 400, code: 2601, message });
}
