import { sql } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import type { Principal } from '../../auth/principal.ts';
import { AppError, invalidField, notFound } from '../../kernel/errors.ts';
import { recordActivities } from '../activities/record.ts';
import { lockCampaign, type LockedCampaign } from '../campaigns/queries.ts';
import { getOrganization } from '../organizations/queries.ts';
import { readAmount } from '../records/money.ts';
import { requireVersion } from '../records/store.ts';
import { getResult } from './queries.ts';
import { type PastedResult, parseResultLines } from './rules.ts';
import type { CampaignResult, CreateResultInput, PasteResultsInput, UpdateResultInput } from './schema.ts';

/** The columns of a result. */
interface Values {
  campaign_creator_id: string | null;
  date: string;
  origin: string;
  clicks: number | null;
  conversions: string | null;
  conversion_value: string | null;
  currency: string | null;
  note: string | null;
}

/**
 * Keeps what a campaign brought on a day by the agency's own count. Errors: `not_found` (campaign); `invalid` on
 * `campaignCreatorId`, `date`, `currency` and where nothing is counted; `conflict` where the origin's day stands already
 * or the campaign is in the bin.
 */
export async function createResult(
  tx: TenantTx,
  principal: Principal,
  input: CreateResultInput,
): Promise<CampaignResult> {
  const campaign = await lockCampaign(tx, input.campaignId);
  const money = await readAmount({
    ...{ field: 'value', value: input.value, currency: input.currency },
    fallbackCurrency: () => currencyOf(tx, campaign.id),
  });
  const values: Values = {
    campaign_creator_id: input.campaignCreatorId ?? null,
    date: input.date,
    origin: input.origin,
    clicks: input.clicks ?? null,
    conversions: input.conversions ?? null,
    conversion_value: money.amount ?? null,
    currency: money.amount ? (money.currency ?? null) : null,
    note: input.note ?? null,
  };
  await requireSound(tx, campaign, { values, exceptId: null });
  const { id } = await tx
    .insertInto('campaign_results')
    .values({ ...values, ...authored(principal, campaign) })
    .returning('id')
    .executeTakeFirstOrThrow();
  await tell(tx, principal, campaign, `A result of ${input.origin} entered for ${campaign.name}`);
  return getResult(tx, id);
}

/** Errors: as createResult; `precondition`. What was taken out is restored first: `not_found`. */
export async function updateResult(
  tx: TenantTx,
  principal: Principal,
  input: UpdateResultInput,
): Promise<CampaignResult> {
  const { campaign, before } = await hold(tx, input.campaignResultId);
  if (!before.is_active) throw notFound('result');
  requireVersion(before.version, input.expectedVersion);
  const money = await readAmount({
    ...{ field: 'value', value: input.value, currency: input.currency },
    fallbackCurrency: () => currencyOf(tx, campaign.id),
  });
  const amount = orOld(money.amount, before.conversion_value);
  const values: Values = {
    campaign_creator_id: orOld(input.campaignCreatorId, before.campaign_creator_id),
    date: input.date ?? before.date,
    origin: input.origin ?? before.origin,
    clicks: orOld(input.clicks, before.clicks),
    conversions: orOld(input.conversions, before.conversions),
    conversion_value: amount,
    currency: amount === null ? null : (money.currency ?? before.currency),
    note: orOld(input.note, before.note),
  };
  await requireSound(tx, campaign, { values, exceptId: before.id });
  await tx.updateTable('campaign_results').set(values).where('id', '=', before.id).execute();
  await tell(tx, principal, campaign, `A result of ${values.origin} for ${campaign.name} changed`);
  return getResult(tx, before.id);
}

/** Takes a result out (`isActive` false), or back. Errors: `not_found`, `precondition`; `conflict` as createResult. */
export async function setResultActive(
  tx: TenantTx,
  principal: Principal,
  input: { campaignResultId: string; isActive: boolean; expectedVersion?: number | undefined },
): Promise<CampaignResult> {
  const { campaign, before } = await hold(tx, input.campaignResultId);
  requireVersion(before.version, input.expectedVersion);
  if (before.is_active === input.isActive) return getResult(tx, before.id);
  if (input.isActive) await requireSound(tx, campaign, { values: before, exceptId: before.id });
  await tx
    .updateTable('campaign_results')
    .set({ is_active: input.isActive })
    .where('id', '=', before.id)
    .execute();
  const done = input.isActive ? 'restored' : 'taken out';
  await tell(tx, principal, campaign, `A result of ${before.origin} for ${campaign.name} ${done}`);
  return getResult(tx, before.id);
}

/**
 * Keeps many lines of a spreadsheet, all or none. Errors: as createResult; `invalid` on `lines`, an issue for each line
 * that is wrong.
 */
export async function pasteResults(
  tx: TenantTx,
  principal: Principal,
  input: PasteResultsInput,
): Promise<{ created: number }> {
  const campaign = await lockCampaign(tx, input.campaignId);
  const { rows, problems } = parseResultLines(input.lines, await agencyDay(tx));
  const shared = { campaign_creator_id: input.campaignCreatorId ?? null, origin: input.origin };
  await requireWork(tx, campaign, shared.campaign_creator_id);
  const taken = await takenDays(tx, campaign.id, { ...shared, dates: rows.map(({ date }) => date) });
  const doubled = rows
    .filter(({ date }) => taken.has(date))
    .map(({ line, date }) => ({ line, message: `A result of ${input.origin} for ${date} stands already.` }));
  requireNoProblems([...problems, ...doubled].sort((a, b) => a.line - b.line));
  const currency = input.currency ?? (await currencyOf(tx, campaign.id));
  await tx
    .insertInto('campaign_results')
    .values(rows.map((row) => ({ ...toValues(row, currency), ...shared, ...authored(principal, campaign) })))
    .execute();
  await tell(
    tx,
    principal,
    campaign,
    `${rows.length} results of ${input.origin} entered for ${campaign.name}`,
  );
  return { created: rows.length };
}

const MOST_ISSUES = 50;
/** Twelve digits before the point fit the column. */
const MOST_VALUE = 1e12;

function requireNoProblems(problems: readonly { line: number; message: string }[]): void {
  if (problems.length === 0) return;
  const told = problems.slice(0, MOST_ISSUES).map(({ line, message }) => `Line ${line}: ${message}`);
  const more = problems.length - told.length;
  const all = more > 0 ? [...told, `And ${more} more lines.`] : told;
  const lines = problems.length === 1 ? 'One line is' : `${problems.length} lines are`;
  throw new AppError('invalid', `${lines} not right; nothing was kept.`, {
    issues: all.map((message) => ({ path: 'lines', message })),
  });
}

function toValues({ date, clicks, conversions, value }: PastedResult, currency: string) {
  return {
    ...{ date, clicks, conversions, note: null },
    conversion_value: value,
    currency: value === null ? null : currency,
  };
}

function authored({ organizationId, userId }: Principal, { id }: LockedCampaign) {
  return { organization_id: organizationId, campaign_id: id, created_by_id: userId };
}

/** The campaign first: whoever writes its results holds it, so that no two write one day at once. */
async function hold(tx: TenantTx, campaignResultId: string) {
  const found = await tx
    .selectFrom('campaign_results')
    .select('campaign_id')
    .where('id', '=', campaignResultId)
    .executeTakeFirst();
  if (!found) throw notFound('result');
  const campaign = await lockCampaign(tx, found.campaign_id);
  const before = await tx
    .selectFrom('campaign_results')
    .selectAll()
    .where('id', '=', campaignResultId)
    .forUpdate()
    .executeTakeFirst();
  if (!before) throw notFound('result');
  return { campaign, before };
}

async function requireSound(
  tx: TenantTx,
  campaign: LockedCampaign,
  { values, exceptId }: { values: Values; exceptId: string | null },
): Promise<void> {
  const { clicks, conversions, conversion_value: value, date, origin } = values;
  if (clicks === null && conversions === null && value === null)
    throw invalidField('conversions', 'Say clicks, conversions or their value.');
  if (value !== null && Number(value) >= MOST_VALUE)
    throw invalidField('value', 'That is more than can be kept.');
  if (date > (await agencyDay(tx))) throw invalidField('date', `${date} is still to come.`);
  await requireWork(tx, campaign, values.campaign_creator_id);
  const of = { campaign_creator_id: values.campaign_creator_id, origin, dates: [date], exceptId };
  const taken = await takenDays(tx, campaign.id, of);
  if (taken.size === 0) return;
  const message = `A result of ${origin} for ${date} stands already. Change that one.`;
  throw new AppError('conflict', message, { issues: [{ path: 'date', message }] });
}

/** Errors: `invalid` on `campaignCreatorId`. */
async function requireWork(tx: TenantTx, campaign: LockedCampaign, workId: string | null): Promise<void> {
  if (workId === null) return;
  const row = await tx
    .selectFrom('campaign_creators')
    .select('id')
    .where('id', '=', workId)
    .where('campaign_id', '=', campaign.id)
    .executeTakeFirst();
  if (!row) throw invalidField('campaignCreatorId', `This is no creator’s work on ${campaign.name}.`);
}

interface Key {
  campaign_creator_id: string | null;
  origin: string;
  dates: readonly string[];
  exceptId?: string | null;
}

/** The days that an origin has a result of already. */
async function takenDays(tx: TenantTx, campaignId: string, key: Key): Promise<Set<string>> {
  const { rows } = await sql<{ date: string }>`
    select r.date::text as date from campaign_results r
     where r.campaign_id = ${campaignId}::uuid and r.is_active and lower(r.origin) = lower(${key.origin})
       and r.campaign_creator_id is not distinct from ${key.campaign_creator_id}::uuid
       and r.date = any (${[...key.dates]}::date[]) and r.id is distinct from ${key.exceptId ?? null}::uuid`.execute(
    tx,
  );
  return new Set(rows.map(({ date }) => date));
}

function orOld<T>(sent: T | null | undefined, old: T | null): T | null {
  return sent === undefined ? old : sent;
}

/** What a bare value is in: the campaign's own currency, else the agency's. */
async function currencyOf(tx: TenantTx, campaignId: string): Promise<string> {
  const row = await tx
    .selectFrom('campaigns')
    .select('currency')
    .where('id', '=', campaignId)
    .executeTakeFirst();
  return row?.currency ?? (await getOrganization(tx)).reportingCurrency;
}

async function agencyDay(tx: TenantTx): Promise<string> {
  const { rows } = await sql<{ today: string }>`
    select (now() at time zone o.time_zone)::date::text as today from organizations o where o.type <> 'BRAND'`.execute(
    tx,
  );
  return rows[0]?.today ?? new Date().toISOString().slice(0, 10);
}

/** Results are the agency's own: no client reads of them. */
function tell(
  tx: TenantTx,
  principal: Principal,
  campaign: LockedCampaign,
  description: string,
): Promise<void> {
  return recordActivities(tx, principal, [
    {
      type: 'CAMPAIGN_RESULTS_CHANGED',
      description,
      campaignId: campaign.id,
      dealId: campaign.deal_id,
      brandId: campaign.brand_id,
      audience: 'AGENCY',
      isBrandOnly: true,
    },
  ]);
}
