import type pg from 'pg';
import { openDatabase } from '../../db/client.ts';
import { type TenantScope, type TenantTx, withTenant } from '../../db/tenant.ts';
import type { Statement } from './limits/together.ts';

/**
 * Runs a piece of the product once and answers the statements that it sent, so that a limit runs the very SQL that the
 * product runs today: first the one that opens the tenancy, then the work's own.
 */
export async function statementsOf(
  url: string,
  scope: TenantScope,
  work: (tx: TenantTx) => Promise<unknown>,
): Promise<{ opening: Statement; statements: Statement[] }> {
  const db = openDatabase({ url, name: 'bench-record', maxConnections: 1 });
  const sent: Statement[] = [];
  db.pool.on('connect', (client) => listen(client, (statement) => void sent.push(statement)));
  try {
    await withTenant(db, scope, 'read', work);
  } finally {
    await db.close();
  }
  const [opening, ...statements] = sent;
  if (!opening || statements.length === 0) throw new Error('The product sent no statement.');
  return { opening, statements };
}

/** BEGIN and COMMIT are bare texts; everything else has its values beside it. */
function listen(client: pg.PoolClient, onStatement: (statement: Statement) => void): void {
  const send = client.query.bind(client) as (...args: unknown[]) => unknown;
  const query = (...args: unknown[]): unknown => {
    const [first] = args as [Partial<Statement> | string];
    if (typeof first === 'object' && first.text !== undefined)
      onStatement({ text: first.text, values: first.values ?? [] });
    return send(...args);
  };
  Object.assign(client, { query });
}
