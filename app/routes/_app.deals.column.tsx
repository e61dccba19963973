import type { LoaderFunctionArgs } from '@remix-run/node';
import { boardColumnInput } from '../../server/domain/deals/schema.ts';
import { api, load } from '../bridge/api.server.ts';
import { listQuery, pageUrl } from '../lib/paging.ts';

/** One page of a column of the board, for the board's own script. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const { sort: _sort, ...query } = listQuery(pageUrl(request), [
    'stage',
    'ownerId',
    'brandId',
    'companyId',
    'contactId',
  ]);
  const parsed = boardColumnInput.safeParse(query);
  if (!parsed.success) throw new Response('There is no such column.', { status: 404 });
  const caller = await api(request, context);
  return load(context, () => caller.deals.boardColumn(parsed.data));
}

/** A page that was shown stays as it was; a move changes the board's own first pages. */
export function shouldRevalidate() {
  return false;
}
