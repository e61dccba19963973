import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import type { SearchResult, SearchType } from '../../server/domain/search/schema.ts';
import { api, load } from '../bridge/api.server.ts';
import { ListToolbar } from '../features/records/list-toolbar.tsx';
import { SearchResults } from '../features/search/search-results.tsx';
import type { SearchAnswer, SearchHit } from '../features/shell/palette-items.ts';
import { pageUrl } from '../lib/paging.ts';
import { paths } from '../lib/paths.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { PageHeader } from '../ui/page-header.tsx';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data?.q ? `${data.q} · Search · SpokeStack` : 'Search · SpokeStack' },
];

const LONGEST = 200;
const MOST = 50;

/** The page's results, and the command palette's: its fetcher takes the same answer. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const url = pageUrl(request);
  const q = (url.searchParams.get('q') ?? '').trim().slice(0, LONGEST).toWellFormed().replaceAll('\0', '');
  const caller = await api(request, context);
  const found = q ? await load(context, () => caller.search.records({ q, limit: MOST })) : { items: [] };
  return { q, address: url.href, items: found.items.map(toHit) } satisfies SearchAnswer & {
    q: string;
    address: string;
  };
}

const hrefs: Record<SearchType, (id: string) => string> = {
  company: paths.company,
  contact: paths.contact,
  deal: paths.deal,
  campaign: paths.campaign,
  adAccount: paths.adAccount,
};

function toHit({ type, id, title, subtitle }: SearchResult): SearchHit {
  return { type: type === 'adAccount' ? 'ad account' : type, id, title, subtitle, href: hrefs[type](id) };
}

export default function Search() {
  const { q, address, items } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHeader title="Search" />
      <ListToolbar url={new URL(address)} searchLabel="Search everything" keep={[]} />
      <h2 className="sr-only">Results</h2>
      {items.length > 0 && <SearchResults hits={items} />}
      {items.length === 0 && q !== '' && (
        <EmptyState
          kind="no-result"
          title="Nothing found"
          description={`No company, contact, deal, campaign or ad account that you may see is called “${q}”.`}
        />
      )}
      {q === '' && (
        <EmptyState
          kind="unused"
          title="Search everything"
          description="By the name, mail address or outside id of companies, contacts, deals, campaigns and ad accounts."
        />
      )}
      {items.length === MOST && (
        <p className="px-4 py-3 text-muted md:px-5">The first {MOST} are shown. Write more of the name.</p>
      )}
    </>
  );
}
