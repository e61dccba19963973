import { Kysely, PostgresDialect } from 'kysely';
import { generate, PostgresDialect as PostgresGenerator } from 'kysely-codegen';
import pg from 'pg';

// What db/client.ts makes of each type: counts are numbers, money and days stay text, instants are dates.
const TYPE_MAPPING = { int8: 'number', date: 'string', timestamptz: 'Date' };

/** The TypeScript types of the tables in the schema public, as the text of db/types.ts. */
export async function generateTypes(ownerUrl: string): Promise<string> {
  const pool = new pg.Pool({ connectionString: ownerUrl, max: 1, application_name: 'spokestack-codegen' });
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
  try {
    return await generate({
      db,
      dialect: new PostgresGenerator({ dateParser: 'string', numericParser: 'string' }),
      camelCase: false,
      defaultSchemas: ['public'],
      includePattern: 'public.*',
      // Kysely's own list of what has run: no query of ours touches it.
      excludePattern: 'public.kysely_*',
      outFile: null,
      typeMapping: TYPE_MAPPING,
      typeOnlyImports: true,
    });
  } finally {
    await db.destroy();
  }
}
