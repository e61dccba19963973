import { sql } from 'kysely';
import { v7 as uuidV7 } from 'uuid';
import type { TenantTx } from '../../../db/tenant.ts';
import type { Json } from '../../../db/types.ts';
import type { Principal } from '../../auth/principal.ts';
import { randomToken, sha256Hex } from '../../kernel/crypto.ts';
import { AppError, notFound } from '../../kernel/errors.ts';
import { statusWords } from '../campaign-creators/rules.ts';
import { readPeople, readTerms } from './draft.ts';
import { BRIEF_DAYS } from './fields.ts';
import { getBrief } from './queries.ts';
import { answerProblem } from './rules.ts';
import type { BriefAnswer, CampaignBrief, SendBriefInput, SentBrief } from './schema.ts';
import { tellOfAnswer, tellOfBrief } from './tell.ts';

const SECRET_BYTES = 32;

/**
 * Keeps a brief with the terms of the day and makes its link, for fourteen days; the secret is in the answer and nowhere
 * else. Briefs of the same work that nobody decided on are withdrawn: one waits for an answer at a time. The caller holds
 * the work. Errors: `not_found`; `conflict` where the work has ended.
 */
export async function sendBrief(
  tx: TenantTx,
  principal: Principal,
  { appUrl, ...input }: SendBriefInput & { appUrl: string },
): Promise<SentBrief> {
  const { work, campaign, terms } = await readTerms(tx, principal, input);
  if (work.status === 'COMPLETED' || work.status === 'CANCELLED')
    throw new AppError(
      'conflict',
      `The work is ${statusWords[work.status]}: begin it again before you send a brief.`,
    );
  await withdrawUndecided(tx, work.id);
  const token = randomToken(SECRET_BYTES);
  const { id } = await tx
    .insertInto('campaign_briefs')
    .values({
      organization_id: principal.organizationId,
      campaign_creator_id: work.id,
      number: sql<number>`(select coalesce(max(b.number), 0) + 1 from campaign_briefs b
                            where b.campaign_creator_id = ${work.id}::uuid)`,
      subject: input.subject,
      body: input.body,
      terms: { ...terms, showsFee: input.showsFee } as Json,
      token_hash: sha256Hex(token),
      expires_at: sql<Date>`now() + ${BRIEF_DAYS} * interval '1 day'`,
      sent_by_id: principal.userId,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const [brief, { recipient }] = await Promise.all([
    getBrief(tx, id),
    readPeople(tx, principal, input.creatorId),
  ]);
  await tellOfBrief(tx, principal, { work, campaign, brief });
  return { brief, briefUrl: `${appUrl}/briefs/${token}`, recipient };
}

async function withdrawUndecided(tx: TenantTx, campaignCreatorId: string): Promise<void> {
  await sql`
    update campaign_briefs b set withdrawn_at = now()
     where b.campaign_creator_id = ${campaignCreatorId}::uuid and b.withdrawn_at is null
       and not exists (select from campaign_brief_answers a
                        where a.organization_id = b.organization_id and a.campaign_brief_id = b.id
                          and a.answer <> 'QUESTION')`.execute(tx);
}

/** Takes a brief's link back: it opens nothing any more. What was answered stays. Errors: `not_found`. */
export async function withdrawBrief(tx: TenantTx, campaignBriefId: string): Promise<CampaignBrief> {
  await lockBrief(tx, campaignBriefId);
  await tx
    .updateTable('campaign_briefs')
    .set({ withdrawn_at: sql<Date>`coalesce(withdrawn_at, now())` })
    .where('id', '=', campaignBriefId)
    .execute();
  return getBrief(tx, campaignBriefId);
}

interface Answered {
  campaignBriefId: string;
  answer: BriefAnswer['answer'];
  note?: string | null | undefined;
}

/**
 * Keeps an answer: of the creator where nobody is signed in, else of whoever writes down what was said elsewhere. The
 * caller moves the work. Errors: `invalid` for a question without words; `not_found`; `conflict` after a decision, and where the work has ended.
 */
export async function answerBrief(
  tx: TenantTx,
  principal: Principal,
  input: Answered,
): Promise<CampaignBrief> {
  await lockBrief(tx, input.campaignBriefId);
  const brief = await getBrief(tx, input.campaignBriefId);
  if (brief.withdrawnAt !== null) throw new AppError('conflict', 'This brief was withdrawn. Send a new one.');
  const { work, campaign } = await readTerms(tx, principal, brief);
  const answers = brief.answers.map(({ answer }) => answer);
  const problem = answerProblem({ answers, status: work.status }, input.answer);
  if (problem) throw new AppError('conflict', problem);
  if (input.answer === 'QUESTION' && !input.note) throw emptyQuestion();
  await tx
    .insertInto('campaign_brief_answers')
    .values({
      organization_id: principal.organizationId,
      id: uuidV7(),
      campaign_brief_id: brief.id,
      answer: input.answer,
      note: input.note ?? null,
      recorded_by_id: principal.userId,
    })
    .execute();
  await tellOfAnswer(tx, principal, { work, campaign, brief, answer: input.answer });
  return getBrief(tx, brief.id);
}

function emptyQuestion(): AppError {
  const message = 'Write the question first.';
  return new AppError('invalid', message, { issues: [{ path: 'note', message }] });
}

async function lockBrief(tx: TenantTx, campaignBriefId: string): Promise<void> {
  const row = await tx
    .selectFrom('campaign_briefs')
    .select('id')
    .where('id', '=', campaignBriefId)
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw notFound('brief');
}
