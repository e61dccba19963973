import type { LoaderFunctionArgs } from '@remix-run/node';
import { api, load } from '../bridge/api.server.ts';

/** Every refused row with its reasons, as a file to correct and import again. */
export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const { importId = '' } = params;
  const caller = await api(request, context);
  const { fileName, csv } = await load(context, () => caller.imports.refusalsFile({ importId }));
  return new Response(csv, {
    headers: {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="refused.csv"; filename*=UTF-8''${encodeName(fileName)}`,
    },
  });
}

/** RFC 8187: what encodeURIComponent leaves alone and the header's grammar does not. */
function encodeName(name: string): string {
  return encodeURIComponent(name).replaceAll(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
