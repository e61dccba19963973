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

/** The page's results, and the command palette's: its fetcher takes the same answer, and fewer of them. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const url = pageUrl(request);
  const q = (url.searchParams.get('q') ?? '').trim().slice(0, LONGEST).toWellFormed().replaceAll('\0', '');
  const type = url.searchParams.get('type');
  const caller = await api(request, context);
  const input = {
    q,
    limit: readLimit(url.searchParams.get('limit')),
    ...(isType(type) && { type }),
  };
  const found = q ? await load(context, () => caller.search.records(input)) : { items: [] };
  return {
    q,
    type: isType(type) ? type : null,
    address: url.href,
    items: found.items.map(toHit),
  } satisfies SearchAnswer & {
    q: string;
    type: SearchType | null;
    address: string;
  };
}

function readLimit(text: string | null): number {
  return text !== null && /^[1-4]?\d$/.test(text) && Number(text) > 0 ? Number(text) : MOST;
}

const hrefs: Record<SearchType, (id: string) => string> = {
  company: (id) => paths.company(id),
  contact: (id) => paths.contact(id),
  deal: (id) => paths.deal(id),
  creator: (id) => paths.creator(id),
  campaign: (id) => paths.campaign(id),
  adAccount: (id) => paths.adAccount(id),
};

function isType(text: string | null): text is SearchType {
  return text !== null && Object.hasOwn(hrefs, text);
}

function toHit({ type, id, title, subtitle }: SearchResult): SearchHit {
  return { type, id, title, subtitle, href: hrefs[type](id) };
}

export default function Search() {
  const { q, type, address, items } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHeader title="Search" />
      <ListToolbar url={new URL(address)} searchLabel="Search everything" keep={[]} />
      <p className="sr-only" role="status">
        {q === '' ? '' : `${items.length} found`}
      </p>
      {items.length > 0 && <SearchResults hits={items} href={paths.search(q)} isNarrowed={type !== null} />}
      {items.length === 0 && q !== '' && (
        <EmptyState
          kind="no-result"
          title="Nothing found"
          description={`Nothing that you may see fits “${q}”: no name, mail address, phone, handle or id.`}
          {...(type && { action: { label: 'Search every type', href: paths.search(q) } })}
        />
      )}
      {q === '' && (
        <EmptyState
          kind="unused"
          title="Search everything"
          description="Companies, contacts, deals, campaigns and ad accounts by name, mail address, phone, @handle or id. Begin with company:, contact:, deal:, campaign: or account: to look among one type."
        />
      )}
      {items.length === MOST && (
        <p className="px-4 py-3 text-muted md:px-5">The best {MOST} are shown. Write more of the name.</p>
      )}
    </>
  );
}
