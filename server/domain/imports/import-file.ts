import type { Database } from '../../../db/client.ts';
import { withTenant } from '../../../db/tenant.ts';
import type { Principal } from '../../auth/principal.ts';
import { getOrganization } from '../organizations/queries.ts';
import { type Check, checkFile } from './check.ts';
import { createImport, startImport } from './commands.ts';
import { openFile } from './file.ts';
import { toRefusalsCsv } from './refusals.ts';
import type { Row } from './rows.ts';
import { runImport } from './run.ts';
import type { CreateImportInput, Import } from './schema.ts';

/**
 * Brings a file in from beginning to end, in this process and as this principal: what the command line and the demo
 * do. Answers the import as it ended: DONE, or FAILED with what is wrong with the file.
 * Errors: as createImport. `db` is connected as the jobs' role.
 */
export async function importFile(
  db: Database,
  principal: Principal,
  input: CreateImportInput,
): Promise<Import> {
  const { organizationId } = principal;
  const created = await withTenant(db, principal, 'write', (tx) => createImport(tx, principal, input));
  const request = { db, organizationId, importId: created.id, now: () => new Date() };
  const checked = created.status === 'CHECKING' ? await runImport(request) : created;
  if (checked.status !== 'CHECKED') return checked;
  await withTenant(db, principal, 'write', (tx) => startImport(tx, created.id));
  return runImport(request);
}

/** What importFile would do, with the rows that it would refuse as CSV; nothing is kept. Errors: `invalid` on `file`. */
export async function tryFile(
  db: Database,
  principal: Principal,
  input: CreateImportInput,
): Promise<Check & { refusalsCsv: string }> {
  const { content: bytes, kind, mapping, overrides } = input;
  return withTenant(db, principal, 'read', async (tx) => {
    const { reportingCurrency } = await getOrganization(tx);
    const file = openFile({ bytes, kind, mapping, overrides, reportingCurrency });
    const refused: Row[] = [];
    const check = await checkFile(tx, file, {
      principal,
      now: new Date(),
      onRefused: (rows) => void refused.push(...rows),
    });
    const rows = refused.map(({ cells, reasons }) => ({ cells: [...cells], reasons }));
    return { ...check, refusalsCsv: toRefusalsCsv(file.plan.header, rows) };
  });
}
