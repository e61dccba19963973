import pg from 'pg';
import { RELATION_PARTS, STANDALONE_SECTIONS } from './schema-dump/queries.ts';

/** One statement of the dump and the object that it belongs to. */
type Part = { object: string; statement: string };

const SCHEMAS = ['app', 'public'];
const HEADER = `-- The schema after all migrations, written from the catalog by \`npm run codegen\`. Do not edit.
-- For reading and for review: what a migration changed shows here as a diff.
`;

/**
 * The schemas app and public as text in SQL's words: types, functions, tables with their constraints, indexes,
 * policies, triggers, grants and comments. The same schema always gives the same text, whatever order made it.
 */
export async function dumpSchema(ownerUrl: string): Promise<string> {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'spokestack-codegen' });
  await client.connect();
  try {
    // An empty path makes the catalog's own functions qualify every name.
    await client.query("select set_config('search_path', '', false)");
    const sections: string[] = [HEADER];
    for (const [title, query] of STANDALONE_SECTIONS) {
      sections.push(section(title, await read(client, query)));
    }
    const relations: Part[] = [];
    for (const query of RELATION_PARTS) relations.push(...(await read(client, query)));
    for (const [object, parts] of groupByObject(relations)) sections.push(section(object, parts));
    return `${sections.filter(Boolean).join('\n')}`;
  } finally {
    await client.end();
  }
}

async function read(client: pg.Client, query: string): Promise<Part[]> {
  const { rows } = await client.query<Part>(query, [SCHEMAS]);
  // Kysely's list of what has run is its own affair.
  return rows.filter(({ object }) => !object.startsWith('public.kysely_'));
}

function section(title: string, parts: readonly Part[]): string {
  if (parts.length === 0) return '';
  return `-- ${title}\n\n${parts.map(({ statement }) => `${statement.trimEnd()}\n`).join('')}`;
}

function groupByObject(parts: readonly Part[]): [string, Part[]][] {
  const groups = new Map<string, Part[]>();
  for (const part of parts) groups.set(part.object, [...(groups.get(part.object) ?? []), part]);
  // By code unit, not by locale: the same order on every machine.
  return [...groups].sort(([left], [right]) => (left < right ? -1 : 1));
}
