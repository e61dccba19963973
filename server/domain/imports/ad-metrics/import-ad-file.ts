import type { Database } from '../../../../db/client.ts';
import { type TenantTx, withTenant } from '../../../../db/tenant.ts';
import type { Principal } from '../../../auth/principal.ts';
import type { Import } from '../schema.ts';
import { startImport } from '../commands.ts';
import { toRefusalsCsv } from '../refusals.ts';
import { findAccountByWords, findTarget } from './account.ts';
import { compareWithStanding } from './compare.ts';
import { createAdFile, targetProblem, windowOf } from './commands.ts';
import { readAdFile, type ReadFile } from './read.ts';
import { type AdFileRun, runAdFile } from './run.ts';
import type { AdChange, AdFileSettings, CreateAdFileInput } from './schema.ts';

/**
 * Brings a report in from beginning to end, in this process and as this principal: what the command line does. Answers
 * the import as it ended: DONE, or FAILED with the reason. Errors: as createAdFile. `db` is connected as the jobs' role.
 */
export async function importAdFile(
  services: Pick<AdFileRun, 'db' | 'ingest'>,
  principal: Principal,
  input: CreateAdFileInput,
): Promise<Import> {
  const { db, ingest } = services;
  const { organizationId } = principal;
  const created = await withTenant(db, principal, 'write', (tx) => createAdFile(tx, principal, input));
  const request: AdFileRun = { db, organizationId, importId: created.id, now: () => new Date(), ingest };
  const checked = created.status === 'CHECKING' ? await runAdFile(request) : created;
  if (checked.status !== 'CHECKED') return checked;
  await withTenant(db, principal, 'write', (tx) => startImport(tx, created.id));
  return runAdFile(request);
}

export interface TriedAdFile {
  file: ReadFile;
  /** Why it would not come in, or null. */
  problem: string | null;
  change: AdChange | null;
  refusalsCsv: string;
}

/** What importAdFile would do; nothing is kept. Errors: `invalid` where the file or its settings cannot be understood. */
export async function tryAdFile(
  db: Database,
  principal: Principal,
  input: CreateAdFileInput,
): Promise<TriedAdFile> {
  const { content: bytes, settings } = input;
  return withTenant(db, principal, 'read', async (tx) => {
    const target = await findTarget(tx, settings);
    const file = await readAdFile({ bytes, settings, account: target });
    const problem = file.problem ?? (await targetProblem(tx, { settings, target, file }));
    const comparison = target && {
      adAccountId: target.id,
      rows: file.rows,
      holdsAllCampaigns: settings.holdsAllCampaigns,
    };
    const change =
      problem === null && comparison
        ? await compareWithStanding(tx, { ...comparison, window: windowOf(file) })
        : null;
    return { file, problem, change, refusalsCsv: toRefusalsCsv(file.header, file.refused) };
  });
}

/**
 * Settings with the account that the file itself tells, where a person named none: the one account that it names, or
 * one of its platform and currency that is called after its files. It is made where it is not here yet.
 */
export async function withAccountOfFile(
  tx: TenantTx,
  bytes: Uint8Array,
  settings: AdFileSettings,
): Promise<AdFileSettings> {
  if (settings.adAccountId !== undefined || settings.newAccount !== undefined) return settings;
  const { report, namedAccount } = await readAdFile({ bytes, settings, account: null });
  const name =
    namedAccount?.name ??
    `${report.presetName} files${report.currency === null ? '' : ` (${report.currency})`}`;
  const nativeId = namedAccount?.nativeId ?? undefined;
  const here = await findAccountByWords(tx, nativeId ?? name, report.platform);
  return here
    ? { ...settings, adAccountId: here.id }
    : { ...settings, newAccount: { name, ...(nativeId && { nativeId }) } };
}
