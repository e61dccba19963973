import pg from 'pg';
import { startEmbedded } from '../../db/embedded.ts';

// Starts the embedded database of the folder in the first argument; with `die` it then kills itself.
const [dataDirectory = '', end] = process.argv.slice(2);
const database = await startEmbedded({ dataDirectory, settings: { fsync: 'off' }, onLog: () => undefined });
const client = new pg.Client({ connectionString: database.ownerUrl });
await client.connect();
await client.query('create table remembered as select 42 as answer');
await client.end();
process.stdout.write(`pid ${database.pid}\n`);
if (end === 'die') process.kill(process.pid, 'SIGKILL');
await database.stop();
