import { sql } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import { may, type Principal } from '../../auth/principal.ts';
import { notFound } from '../../kernel/errors.ts';
import { recordActivities } from '../activities/record.ts';
import { plain } from '../records/decimals.ts';
import { requireVersion } from '../records/store.ts';
import type { CostSettings, UpdateCostSettingsInput, ValueSource } from './schema.ts';

const DEFAULT_SOURCE: ValueSource = 'PLATFORMS';
/** Of pacing: a tenth. */
const DEFAULT_TOLERANCE = '0.1';

interface SettingsRow {
  id: string;
  name: string;
  is_brand: boolean;
  value_source: ValueSource | null;
  pacing_tolerance: string | null;
  version: number;
}

/** What the agency chose for itself and for each brand that the reader sees. */
export async function readCostSettings(tx: TenantTx, principal: Principal): Promise<CostSettings> {
  const { rows } = await sql<SettingsRow>`
    select id, name, type = 'BRAND' as is_brand, value_source, pacing_tolerance::text, version
      from organizations where is_active order by lower(name), id`.execute(tx);
  const own = rows.find(({ is_brand: isBrand }) => !isBrand);
  if (!own) throw notFound('agency');
  const source = own.value_source ?? DEFAULT_SOURCE;
  const tolerance = own.pacing_tolerance ?? DEFAULT_TOLERANCE;
  const toSettings = (row: SettingsRow) => ({
    valueSource: row.value_source,
    pacingTolerance: row.pacing_tolerance && plain(row.pacing_tolerance),
    effectiveValueSource: row.value_source ?? source,
    effectivePacingTolerance: plain(row.pacing_tolerance ?? tolerance),
    version: row.version,
  });
  return {
    agency: toSettings(own),
    brands: rows
      .filter(({ is_brand: isBrand }) => isBrand)
      .map((row) => ({ ...toSettings(row), brandId: row.id, name: row.name })),
    mayUpdate: may(principal, 'margins.write'),
  };
}

/** Null takes a choice back. Errors: `not_found` (brand); `precondition`. */
export async function updateCostSettings(
  tx: TenantTx,
  principal: Principal,
  input: UpdateCostSettingsInput,
): Promise<CostSettings> {
  const id = input.brandId ?? principal.organizationId;
  const before = await tx
    .selectFrom('organizations')
    .select(['name', 'type', 'version', 'value_source', 'pacing_tolerance'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (!before || (input.brandId && before.type !== 'BRAND')) throw notFound('brand');
  requireVersion(before.version, input.expectedVersion);
  const valueSource = input.valueSource === undefined ? before.value_source : input.valueSource;
  const tolerance = input.pacingTolerance === undefined ? before.pacing_tolerance : input.pacingTolerance;
  await tx
    .updateTable('organizations')
    .set({ value_source: valueSource, pacing_tolerance: tolerance })
    .where('id', '=', id)
    .execute();
  await recordActivities(tx, principal, [
    {
      type: 'CAMPAIGN_SETTINGS_CHANGED',
      description: `How results and pacing are judged for ${before.name} changed`,
      metadata: { valueSource, pacingTolerance: tolerance },
      brandId: input.brandId ?? null,
      audience: 'AGENCY',
    },
  ]);
  return readCostSettings(tx, principal);
}
