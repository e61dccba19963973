import type {
  AssignmentCheck,
  AssignCreatorInput,
  UpdateCampaignCreatorInput,
} from '../../../server/domain/campaign-creators/schema.ts';
import type { AppLoadContext } from '@remix-run/node';
import type { Api } from '../../bridge/api.server.ts';
import { type FormFailure, readForm, submit } from '../../bridge/forms.server.ts';
import { type DeliverableValues, readDeliverables, readTerms } from './assignment-form-values.ts';

/** What stands against an assignment, with who set the block. */
export interface Obstacles {
  block: (NonNullable<AssignmentCheck['block']> & { by: string | null }) | null;
  findings: AssignmentCheck['findings'];
}

export interface AssignmentFailure extends FormFailure {
  /** Null where nothing of it is what stopped it. */
  obstacles: Obstacles | null;
  deliverables: DeliverableValues[];
  creatorName: string | null;
}

const CONFLICT = 409;
const BLOCKS = 200;

interface Sent {
  campaignId: string;
  creatorId: string;
  form: FormData;
}

/** Assigns, or with the form's reason in spite of what stands against it. */
export function sendAssignment(caller: Api, { campaignId, creatorId, form }: Sent) {
  // The procedure's own schema judges what the form sent.
  const input = { campaignId, creatorId, ...readTerms(form) } as unknown as AssignCreatorInput;
  const { overrideReason = '' } = readForm(form);
  return form.get('intent') === 'anyway'
    ? caller.campaignCreators.assignAnyway({ ...input, overrideReason })
    : caller.campaignCreators.assign(input);
}

/** Changes the terms; as sendAssignment. */
export function sendTerms(caller: Api, { campaignId, creatorId, form }: Sent) {
  const { overrideReason = '', expectedVersion } = readForm(form);
  const input = {
    campaignId,
    creatorId,
    ...readTerms(form),
    expectedVersion,
  } as unknown as UpdateCampaignCreatorInput;
  return form.get('intent') === 'anyway'
    ? caller.campaignCreators.updateAnyway({ ...input, overrideReason })
    : caller.campaignCreators.update(input);
}

interface Refused extends Sent {
  failure: FormFailure;
  status: number;
}

/** A refusal with what stands against the work, asked for once more as figures of their own. */
export async function explainRefusal(
  caller: Api,
  context: AppLoadContext,
  { failure, status, campaignId, creatorId, form }: Refused,
): Promise<AssignmentFailure> {
  const deliverables = readDeliverables(form);
  const isAnyway = form.get('intent') === 'anyway';
  const isAsked = creatorId !== '' && (status === CONFLICT || isAnyway);
  const found = isAsked
    ? await submit(context, form, () => findObstacles(caller, { campaignId, creatorId, form }))
    : null;
  const obstacles = found && !('failure' in found) ? found.value : null;
  const named =
    creatorId === '' ? null : await submit(context, form, () => caller.creators.byId({ creatorId }));
  const creatorName = named && !('failure' in named) ? named.value.name : null;
  return { ...failure, obstacles, deliverables, creatorName };
}

async function findObstacles(caller: Api, { campaignId, creatorId, form }: Sent): Promise<Obstacles | null> {
  const { startsOn, endsOn } = readForm(form);
  const platforms = [...new Set(readDeliverables(form).flatMap(({ platform }) => platform || []))];
  const check = await caller.campaignCreators.check({
    campaignId,
    creatorId,
    platforms: platforms as AssignmentCheckPlatforms,
    startsOn: startsOn ?? null,
    endsOn: endsOn ?? null,
  });
  if (!check.block && check.findings.length === 0) return null;
  const { block } = check;
  return {
    findings: check.findings,
    block: block && { ...block, by: await blockerOf(caller, creatorId, block) },
  };
}

type AssignmentCheckPlatforms = NonNullable<Parameters<Api['campaignCreators']['check']>[0]['platforms']>;

/** Who set a block, by name. */
async function blockerOf(
  caller: Api,
  creatorId: string,
  { brandId, reason }: NonNullable<AssignmentCheck['block']>,
): Promise<string | null> {
  const { items } = await caller.creatorBlocks.list({ creatorId, limit: BLOCKS });
  const found = items.find((block) => block.brandId === brandId && block.reason === reason);
  return found?.createdByName ?? null;
}
