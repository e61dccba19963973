import type { LoaderFunctionArgs } from '@remix-run/node';
import { exportDashboardInput } from '../../server/domain/metrics/dashboard-schema.ts';
import { api, load } from '../bridge/api.server.ts';

/** The figures that this address would show, as a file: every row of the breakdown, and the total. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const caller = await api(request, context);
  const asked = askedFor(new URL(request.url).searchParams);
  const { fileName, csv } = await load(context, () => caller.metrics.export(asked));
  return new Response(csv, {
    headers: {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="${fileName}"`,
      'Cache-Control': 'private, no-store',
    },
  });
}

/** What the export knows of the address; what a page keeps there for itself says nothing here. */
function askedFor(query: URLSearchParams) {
  const names = new Set(Object.keys(exportDashboardInput.shape));
  const pairs = [...query].filter(([name, value]) => names.has(name) && value !== '');
  const { campaignIds: _ids, isAttached, ...asked } = Object.fromEntries(pairs);
  const ids = query.getAll('campaignIds').flatMap((value) => value.split(',').filter(Boolean));
  return {
    ...asked,
    ...(ids.length > 0 ? { campaignIds: ids } : {}),
    ...(isAttached === undefined ? {} : { isAttached: isAttached === 'true' }),
  };
}
