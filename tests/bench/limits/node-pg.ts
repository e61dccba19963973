import { openPool, readWork, runTogether, serve } from './together.ts';

// What Node and pg alone can do: the product's statements under its policies, and their rows as JSON.
const work = readWork();
const pool = openPool(work);

serve(async (request, response) => {
  const rows = await runTogether(pool, work, (request.url ?? '').slice(1));
  response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify(rows));
});
