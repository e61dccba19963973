import { sql } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import type { ExplainInput } from './dashboard-schema.ts';
import { explainedFrame, type ExplainRequest } from './explain-read.ts';

interface NamesRow {
  row_name: string | null;
  campaign: string | null;
  brand: string | null;
  owner: string | null;
  ad_account: string | null;
  platform_campaign: string | null;
  creator: string | null;
}

/** What a figure is of, in a line: the row, the filters, the days. Names alone that the reader sees. */
export async function readSubtitle(
  tx: TenantTx,
  request: ExplainRequest,
  { input, platformNames }: { input: ExplainInput; platformNames: ReadonlyMap<string, string> },
): Promise<string> {
  const { from, to } = request.days;
  const names = await readNames(tx, request);
  const platformOf = (id: string) => platformNames.get(id) ?? id;
  const rowName = input.by === 'PLATFORM' ? platformOf(input.key ?? '') : names.row_name;
  const parts = [
    request.row === null ? null : rowOf(request.row, rowName),
    ...filterWords(input, names, platformOf),
    from === to ? from : `${from} – ${to}`,
  ];
  return parts.filter((part) => part !== null).join(' · ');
}

function rowOf({ by, key }: NonNullable<ExplainRequest['row']>, name: string | null): string {
  const noun = by.toLowerCase().replaceAll('_', ' ');
  return key === null ? `No ${noun}` : (name ?? `Another ${noun}`);
}

function filterWords(
  input: ExplainInput,
  names: NamesRow,
  platformOf: (id: string) => string,
): (string | null)[] {
  const { campaignIds, status, objective, platform, isAttached } = input;
  const plain = (word: string) => word.toLowerCase().replaceAll('_', ' ');
  return [
    campaignIds && campaignIds.length > 1 ? `${campaignIds.length} campaigns` : names.campaign,
    names.brand,
    names.owner && `Owner: ${names.owner}`,
    status ? `Campaigns that are ${plain(status)}` : null,
    objective ? `Objective: ${plain(objective)}` : null,
    platform ? platformOf(platform) : null,
    names.ad_account,
    names.platform_campaign,
    names.creator && `Boosts of ${names.creator}`,
    isAttached === undefined ? null : isAttached ? 'Attached to a campaign' : 'Waiting for a campaign',
  ];
}

async function readNames(tx: TenantTx, request: ExplainRequest): Promise<NamesRow> {
  const { campaignIds, brandId, ownerId, adAccountId, platformCampaignId, creatorId } = request.filter;
  const [campaignId] = campaignIds?.length === 1 ? campaignIds : [];
  const nameIn = (table: string, id: string | undefined) =>
    sql`(select name from ${sql.table(table)} where id = ${id ?? null}::uuid)`;
  const { rows } = await sql<NamesRow>`
    select (select max(f.name) from (${explainedFrame(request)}) as f) as row_name,
           ${nameIn('campaigns', campaignId)} as campaign, ${nameIn('organizations', brandId)} as brand,
           (select u.name from memberships as m join users as u on u.id = m.user_id
             where m.user_id = ${ownerId ?? null}::uuid limit 1) as owner, ${nameIn('ad_accounts', adAccountId)} as ad_account,
           ${nameIn('platform_campaigns', platformCampaignId)} as platform_campaign,
           ${nameIn('creators', creatorId)} as creator`.execute(tx);
  const none = { row_name: null, campaign: null, brand: null, owner: null };
  return rows[0] ?? { ...none, ad_account: null, platform_campaign: null, creator: null };
}
