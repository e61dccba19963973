import type { TenantTx } from '../../../../db/tenant.ts';
import { notFound } from '../../../kernel/errors.ts';
import { encodings } from '../mapping.ts';
import { adPresets } from './presets.ts';
import { type AdFile, type AdFileGuide, adFileSettings, type AdFileSettings, adReport } from './schema.ts';

/** What is known of a file of ad figures. Errors: `not_found`, for an import of records too. */
export async function getAdFile(tx: TenantTx, importId: string): Promise<AdFile> {
  const row = await tx
    .selectFrom('imports')
    .leftJoin('ad_accounts as a', (join) =>
      join
        .onRef('a.organization_id', '=', 'imports.organization_id')
        .onRef('a.id', '=', 'imports.ad_account_id'),
    )
    .leftJoin('sync_runs as r', (join) =>
      join.onRef('r.organization_id', '=', 'imports.organization_id').onRef('r.import_id', '=', 'imports.id'),
    )
    .select(['imports.id', 'imports.mapping', 'imports.report', 'r.id as sync_run_id'])
    .select(['a.id as account_id', 'a.name', 'a.platform', 'a.currency', 'a.time_zone'])
    .where('imports.id', '=', importId)
    .where('imports.kind', '=', 'AD_METRICS')
    .executeTakeFirst();
  if (!row) throw notFound('import');
  const { account_id: id, name, platform, currency, time_zone: timeZone } = row;
  const isSeen = id !== null && name !== null && platform !== null && currency !== null && timeZone !== null;
  return {
    importId: row.id,
    settings: storedSettings(row.mapping),
    report: row.report === null ? null : adReport.parse(row.report),
    account: isSeen ? { id, name, platform, currency, timeZone } : null,
    syncRunId: row.sync_run_id,
  };
}

/** Parsed again on the way out, so that settings of an older version have today's defaults. */
export function storedSettings(stored: unknown): AdFileSettings {
  return adFileSettings.parse(stored);
}

/** What a person may say of a file: the reports that are known, and the accounts that live by files. */
export async function getAdFileGuide(tx: TenantTx): Promise<AdFileGuide> {
  const accounts = await tx
    .selectFrom('ad_accounts')
    .select(['id', 'name', 'platform', 'currency'])
    .where('source', '=', 'FILE')
    .where('is_active', '=', true)
    .orderBy('name_key')
    .orderBy('id')
    .limit(500)
    .execute();
  const presets = adPresets.map(({ id, name, platform }) => ({ id, name, platform }));
  return { presets, encodings: [...encodings], accounts };
}
