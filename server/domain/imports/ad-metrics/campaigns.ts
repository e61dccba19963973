import { sql } from 'kysely';
import type { TenantTx } from '../../../../db/tenant.ts';
import type { DailyMetric } from '../../../integrations/ad-platform.ts';
import { idOfName } from './fold.ts';

interface Known {
  id: string;
  native_id: string;
  name: string;
}

/**
 * Our id of each campaign that the rows name, by the rows' own id of it; one that is new has none yet. A report without
 * ids means the campaign of that name, and one with ids the campaign that earlier files knew by its name alone.
 */
export async function matchCampaigns(
  tx: TenantTx,
  adAccountId: string,
  rows: readonly DailyMetric[],
): Promise<Map<string, Known | null>> {
  const known = await tx
    .selectFrom('platform_campaigns')
    .select(['id', 'native_id', 'name'])
    .where('ad_account_id', '=', adAccountId)
    .execute();
  const byNativeId = new Map(known.map((campaign) => [campaign.native_id, campaign]));
  const names = namesOf(rows);
  const taken = new Set([...names.keys()].flatMap((nativeId) => byNativeId.get(nativeId)?.id ?? []));
  const matched = new Map<string, Known | null>();
  for (const [nativeId, name] of names) {
    const campaign = byNativeId.get(nativeId) ?? soleNamesake(nativeId, name, known);
    const isOurs = campaign !== undefined && (campaign.native_id === nativeId || !taken.has(campaign.id));
    matched.set(nativeId, isOurs ? campaign : null);
    if (isOurs) taken.add(campaign.id);
  }
  return matched;
}

/** Between a campaign with an id and one that went by its name; two with ids are two however they are called. */
function soleNamesake(nativeId: string, name: string, known: readonly Known[]): Known | undefined {
  const isByName = nativeId === idOfName(name);
  const namesakes = isByName
    ? known.filter((campaign) => campaign.name === name)
    : known.filter((campaign) => campaign.native_id === idOfName(name));
  return namesakes.length === 1 ? namesakes[0] : undefined;
}

/** The last name wins: a report by day may hold a campaign under the name of each day. */
export function namesOf(rows: readonly DailyMetric[]): Map<string, string> {
  return new Map(rows.map(({ nativeCampaignId, campaignName }) => [nativeCampaignId, campaignName]));
}

export interface FileCampaigns {
  organizationId: string;
  adAccountId: string;
  /** Whether the account's platform says itself what its campaigns are called. */
  isSynced: boolean;
  rows: readonly DailyMetric[];
}

/** A campaign as it stands once its file was read. */
export interface Brought {
  id: string;
  nativeId: string;
}

/** Brings the campaigns that a file names up to date and answers each by the file's own id of it. */
export async function bringCampaigns(tx: TenantTx, request: FileCampaigns): Promise<Map<string, Brought>> {
  const { organizationId, adAccountId, isSynced, rows } = request;
  const names = namesOf(rows);
  const matched = await matchCampaigns(tx, adAccountId, rows);
  const brought = new Map<string, Brought>();
  for (const [nativeId, known] of matched) {
    if (known) brought.set(nativeId, { id: known.id, nativeId: known.native_id });
  }
  const fresh = [...names]
    .filter(([nativeId]) => !brought.has(nativeId))
    .map(([nativeId, name]) => ({ nativeId, name }));
  const { rows: inserted } = await sql<{ id: string; native_id: string }>`
    insert into platform_campaigns (organization_id, ad_account_id, native_id, name, is_gone)
    select ${organizationId}::uuid, ${adAccountId}::uuid, f."nativeId", f.name, ${isSynced}::boolean
      from jsonb_to_recordset(${JSON.stringify(fresh)}::jsonb) as f ("nativeId" text, name text)
    returning id, native_id`.execute(tx);
  for (const { id, native_id: nativeId } of inserted) brought.set(nativeId, { id, nativeId });
  if (!isSynced) await follow(tx, { names, matched, brought });
  return brought;
}

interface Following {
  names: ReadonlyMap<string, string>;
  matched: ReadonlyMap<string, Known | null>;
  brought: Map<string, Brought>;
}

/** A campaign follows its newest file: its name, and the platform's id in place of the one made of its name. */
async function follow(tx: TenantTx, { names, matched, brought }: Following): Promise<void> {
  const changes = [...matched].flatMap(([nativeId, known]) => {
    if (!known) return [];
    const said = names.get(nativeId) ?? known.name;
    const newId = nativeId === idOfName(said) ? known.native_id : nativeId;
    // A report of ids alone has no name to give.
    const name = said === nativeId ? known.name : said;
    brought.set(nativeId, { id: known.id, nativeId: newId });
    return name === known.name && newId === known.native_id ? [] : [{ id: known.id, name, nativeId: newId }];
  });
  if (changes.length === 0) return;
  await sql`
    update platform_campaigns p set name = f.name, native_id = f."nativeId"
      from jsonb_to_recordset(${JSON.stringify(changes)}::jsonb) as f (id uuid, name text, "nativeId" text)
     where p.id = f.id`.execute(tx);
}

/** The rows under the ids that their campaigns are known by here. */
export function underKnownIds(
  rows: readonly DailyMetric[],
  brought: ReadonlyMap<string, Brought>,
): DailyMetric[] {
  return rows.map((row) => ({
    ...row,
    nativeCampaignId: brought.get(row.nativeCampaignId)?.nativeId ?? row.nativeCampaignId,
  }));
}
