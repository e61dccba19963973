import { readFile } from 'node:fs/promises';
import { withTenant } from '../../db/tenant.ts';
import { runAdFile } from '../../server/domain/imports/ad-metrics/run.ts';
import type { AdFileSettings } from '../../server/domain/imports/ad-metrics/schema.ts';
import type { Import } from '../../server/domain/imports/schema.ts';
import { ingestDailyMetrics } from '../../server/domain/sync/ingest.ts';
import { type Agency, caller, type Person, type World } from './world.ts';

export type Settings = Partial<AdFileSettings>;

/** A file of tests/fixtures/ads. */
export function fixtureFile(name: string): Promise<Buffer> {
  return readFile(new URL(`../fixtures/ads/${name}`, import.meta.url));
}

/** Goes on with an import of ad figures, as the jobs do. */
export function goOn(world: World, agency: Agency, importId: string, signal?: AbortSignal): Promise<Import> {
  const { organizationId } = agency;
  const { jobsDb: db } = world;
  return runAdFile({
    db,
    organizationId,
    importId,
    now: () => new Date(),
    signal,
    ingest: ingestDailyMetrics,
  });
}

export interface Upload {
  content: Buffer | string;
  settings?: Settings;
  fileName?: string;
  person?: Person;
}

/** A checked file. */
export function check(world: World, agency: Agency, upload: Upload): Promise<Import> {
  const { content, settings = {}, fileName = 'report.csv', person = agency.people.owner } = upload;
  return caller(world, person.principal).imports.createAdFile({
    fileName,
    content: Buffer.from(content),
    settings: { holdsAllCampaigns: true, ...settings },
  });
}

/** A file brought in to its end; its check must let it. */
export async function bringIn(world: World, agency: Agency, upload: Upload): Promise<Import> {
  const { id: importId, status, error } = await check(world, agency, upload);
  if (status !== 'CHECKED') throw new Error(`${status}: ${error ?? ''}`);
  const person = upload.person ?? agency.people.owner;
  await caller(world, person.principal).imports.run({ importId });
  return goOn(world, agency, importId);
}

/** The account that a file went to. */
export async function accountOf(world: World, agency: Agency, importId: string): Promise<string> {
  const { account } = await caller(world, agency.people.owner.principal).imports.adFile({ importId });
  if (!account) throw new Error('The import has no account.');
  return account.id;
}

/** Every figure of an account as text, by campaign and day. */
export function figuresOf(world: World, agency: Agency, adAccountId: string) {
  return withTenant(world.jobsDb, agency.people.owner.principal, 'read', (tx) =>
    tx
      .selectFrom('campaign_metrics as m')
      .innerJoin('platform_campaigns as p', 'p.id', 'm.platform_campaign_id')
      .select([
        'm.date',
        'p.name as campaign',
        'p.native_id as nativeId',
        'm.currency',
        'm.spend',
        'm.impressions',
      ])
      .select(['m.clicks', 'm.conversions', 'm.conversion_value', 'm.reach', 'm.video_views_25', 'm.source'])
      .where('m.ad_account_id', '=', adAccountId)
      .orderBy('m.date')
      .orderBy('p.name')
      .execute(),
  );
}

/** What figures said before they changed. */
export function revisionsOf(world: World, agency: Agency, adAccountId: string) {
  return withTenant(world.jobsDb, agency.people.owner.principal, 'read', (tx) =>
    tx
      .selectFrom('campaign_metric_revisions as v')
      .leftJoin('sync_runs as was', 'was.id', 'v.sync_run_id')
      .leftJoin('sync_runs as run', 'run.id', 'v.replaced_by_run_id')
      .select([
        'v.date',
        'v.spend',
        'v.was_removed',
        'was.import_id as said_by',
        'run.import_id as changed_by',
      ])
      .where('v.ad_account_id', '=', adAccountId)
      .orderBy('v.date')
      .orderBy('v.spend')
      .execute(),
  );
}
