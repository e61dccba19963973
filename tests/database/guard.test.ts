import { describe, expect, it } from 'vitest';
import { openDatabase } from '../../db/client.ts';
import { assertServingRole, UnsafeRoleError } from '../../db/guard.ts';
import { useTestDatabase } from '../support/database.ts';

const database = useTestDatabase();

describe('a serving process', () => {
  it('starts beside one that stages figures in a temporary table', async () => {
    const db = openDatabase({
      url: database().jobsUrl,
      name: 'guard',
      maxConnections: 2,
      pipeline: false,
    });
    const client = await db.pool.connect();
    try {
      await client.query('create temporary table staged_figures (name text)');
      await expect(assertServingRole(db)).resolves.toBeUndefined();
    } finally {
      client.release(true);
      await db.close();
    }
  });

  it('does not start as the tables’ owner', async () => {
    const db = openDatabase({ url: database().ownerUrl, name: 'guard', maxConnections: 1 });
    try {
      await expect(assertServingRole(db)).rejects.toThrow(UnsafeRoleError);
    } finally {
      await db.close();
    }
  });
});
