import { CALL_KINDS, JOB_KINDS } from '../control/faults.ts';
import { findAccount } from '../world/world.ts';
import { noSuchObject, tooMuchData } from './failures.ts';
import { type GraphAnswer, type GraphCall, type GraphRoute, seenAccount } from './graph.ts';
import { insightFields, writeInsight } from './insights-fields.ts';
import { type InsightsNode, type InsightsQuery, parseInsights } from './insights-query.ts';
import { insightRows } from './insights-rows.ts';
import { jobOf, requireDone, startJob } from './jobs.ts';
import { seenCampaign } from './nodes.ts';
import { limitOf, pageOf } from './paging.ts';

/** Above so many possible rows times days a synchronous call is told to ask for less. */
const MOST_ROW_DAYS = 50_000;

function nodeOf(call: GraphCall, nodeId: string): InsightsNode {
  if (nodeId.startsWith('act_')) return { account: seenAccount(call, nodeId.slice(4)), campaign: null };
  const campaign = seenCampaign(call, nodeId);
  return { account: campaign.account, campaign };
}

function rowsOf(call: GraphCall, query: InsightsQuery): GraphAnswer {
  const fields = insightFields(query.fields);
  const rows = insightRows(call.state.world, query, call.at);
  return { body: pageOf(call, rows, (row) => writeInsight(row, fields)), account: query.account };
}

function listInsights(call: GraphCall): GraphAnswer {
  const [nodeId = ''] = call.captured;
  const query = readOrReport(call, nodeId);
  if ('answer' in query) return query.answer;
  const days = query.until - query.since + 1;
  if (call.fault?.kind === 'reduce_data' || limitOf(call) * days > MOST_ROW_DAYS) throw tooMuchData();
  return rowsOf(call, query);
}

/** A node's own question; or, where the digits name a report run, its rows. */
function readOrReport(call: GraphCall, nodeId: string): InsightsQuery | { answer: GraphAnswer } {
  const job = nodeId.startsWith('act_') ? undefined : jobOf(call, nodeId);
  if (!job) return parseInsights(call, call.params, nodeOf(call, nodeId));
  requireDone(job);
  if (call.fault?.kind === 'reduce_data') throw tooMuchData();
  if (!findAccount(call.state.world, 'meta', job.accountId)) throw noSuchObject(nodeId, call.method);
  return {
    answer: rowsOf(call, parseInsights(call, new URLSearchParams(job.params), nodeOf(call, job.nodeId))),
  };
}

function postInsights(call: GraphCall): GraphAnswer {
  const [nodeId = ''] = call.captured;
  const node = nodeOf(call, nodeId);
  const query = parseInsights(call, call.params, node);
  insightFields(query.fields);
  return startJob(call, nodeId, query);
}

export const INSIGHTS_ROUTES: readonly GraphRoute[] = [
  {
    ...{ method: 'GET', path: /^(act_\d+|\d+)\/insights$/, usage: 'insights', answer: listInsights },
    kinds: [...CALL_KINDS, 'reduce_data', 'empty_page_with_next'],
  },
  {
    ...{ method: 'POST', path: /^(act_\d+|\d+)\/insights$/, usage: 'insights', answer: postInsights },
    kinds: [...CALL_KINDS, ...JOB_KINDS],
  },
];
