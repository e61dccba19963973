import type { SearchHit } from '../shell/palette-items.ts';
import { Badge } from '../../ui/badge.tsx';

/** What was found, the best first. */
export function SearchResults({ hits }: { hits: readonly SearchHit[] }) {
  return (
    <ul className="divide-y divide-line-faint border-b border-line">
      {hits.map(({ type, id, title, subtitle, href }) => (
        <li key={`${type}-${id}`} className="relative hover:bg-hover">
          <a
            href={href}
            data-row-link=""
            className="flex min-h-11 items-center gap-3 px-4 py-2 -outline-offset-2 md:px-5"
          >
            <span className="min-w-0 flex-1">
              <span className="block truncate font-medium">{title}</span>
              {subtitle && <span className="block truncate text-sm text-muted">{subtitle}</span>}
            </span>
            <Badge>{typeLabels[type] ?? type}</Badge>
          </a>
        </li>
      ))}
    </ul>
  );
}

const typeLabels: Readonly<Record<string, string>> = {
  company: 'Company',
  contact: 'Contact',
  deal: 'Deal',
  campaign: 'Campaign',
  'ad account': 'Ad account',
};
