import type { SearchHit } from '../shell/palette-items.ts';
import { withQuery } from '../../lib/paths.ts';

export interface SearchResultsProps {
  hits: readonly SearchHit[];
  /** This search's address, to look among one type alone. */
  href: string;
  /** Whether one type alone is shown. */
  isNarrowed: boolean;
}

/** What was found by type, the type of the best hit first, and within it the best first. */
export function SearchResults({ hits, href, isNarrowed }: SearchResultsProps) {
  const types = [...new Set(hits.map(({ type }) => type))];
  return (
    <>
      {types.map((type) => {
        const own = hits.filter((hit) => hit.type === type);
        const heading = `search-${type}`;
        return (
          <section key={type} aria-labelledby={heading}>
            <div className="flex items-baseline gap-3 border-b border-line px-4 pt-4 pb-1.5 md:px-5">
              <h2 id={heading} className="font-semibold">
                {typeNames[type]}
              </h2>
              {!isNarrowed && types.length > 1 && (
                <a className="link text-sm" href={withQuery(href, { type })}>
                  Only {(typeNames[type] ?? type).toLowerCase()}
                </a>
              )}
            </div>
            <ul className="divide-y divide-line-faint border-b border-line">{own.map(resultLine)}</ul>
          </section>
        );
      })}
    </>
  );
}

function resultLine({ type, id, title, subtitle, href }: SearchHit) {
  return (
    <li key={`${type}-${id}`} className="relative hover:bg-hover">
      <a
        href={href}
        data-row-link=""
        className="flex min-h-11 flex-col justify-center px-4 py-2 -outline-offset-2 md:px-5"
      >
        <span className="block truncate font-medium">{title}</span>
        {subtitle && <span className="block truncate text-sm text-muted">{subtitle}</span>}
      </a>
    </li>
  );
}

const typeNames: Readonly<Record<string, string>> = {
  company: 'Companies',
  contact: 'Contacts',
  deal: 'Deals',
  creator: 'Creators',
  campaign: 'Campaigns',
  adAccount: 'Ad accounts',
};
