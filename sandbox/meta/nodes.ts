import { CALL_KINDS } from '../control/faults.ts';
import { findCampaign } from '../world/world.ts';
import { type Campaign } from '../world/campaigns.ts';
import { noSuchObject } from './failures.ts';
import { writeCampaign } from './campaigns.ts';
import { adsBearerOf, bearerOf, type GraphAnswer, type GraphCall, type GraphRoute } from './graph.ts';
import { jobOf, showJob } from './jobs.ts';
import { leadOf, showLead } from './leads.ts';

/** A campaign that the person of the call may see. */
export function seenCampaign(call: GraphCall, campaignId: string): Campaign {
  const { person } = adsBearerOf(call);
  const campaign = findCampaign(call.state.world, { platform: 'meta', campaignId, asOf: call.at });
  if (!campaign || campaign.account.viewer.id !== person.id) throw noSuchObject(campaignId, call.method);
  return campaign;
}

/** An object named by its digits alone: a report run, a lead or a campaign. */
function showNode(call: GraphCall): GraphAnswer {
  const [nodeId = ''] = call.captured;
  bearerOf(call);
  const job = jobOf(call, nodeId);
  if (job) return showJob(call, job);
  const lead = leadOf(call, nodeId);
  if (lead) return showLead(call, lead);
  const campaign = seenCampaign(call, nodeId);
  return { body: writeCampaign(call, campaign), account: campaign.account };
}

export const NODE_ROUTES: readonly GraphRoute[] = [
  { method: 'GET', path: /^(\d+)$/, usage: 'management', kinds: CALL_KINDS, answer: showNode },
];
