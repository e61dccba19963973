import { renderToPipeableStream } from 'react-dom/server';
import { CompanyTable, toLine } from './company-table.tsx';
import { openPool, readWork, runTogether, serve } from './together.ts';

// What React alone can do: the table from the database as a stream, without a router.
const work = readWork();
const pool = openPool(work);

serve(async (_request, response) => {
  const [rows = []] = await runTogether(pool, work, 'companies');
  const page = (
    <html lang="en">
      <head>
        <title>Companies</title>
      </head>
      <body>
        <CompanyTable companies={rows.slice(0, 50).map(toLine)} />
      </body>
    </html>
  );
  await new Promise<void>((resolve, reject) => {
    response.once('close', resolve);
    const stream = renderToPipeableStream(page, {
      onShellReady: () => {
        response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
        stream.pipe(response);
      },
      onError: reject,
    });
  });
});
