import { Star } from 'lucide-react';
import type { SavedView } from '../../../server/domain/saved-views/schema.ts';
import { paths } from '../../lib/paths.ts';
import { Button, LinkButton } from '../../ui/button.tsx';
import { Table } from '../../ui/table.tsx';
import { useMay } from '../shell/use-account.ts';
import { sharingWords } from './sharing-words.ts';

export interface ViewTableProps {
  views: readonly SavedView[];
  hrefOf: (savedViewId: string) => string;
}

const roleWords = { OWNER: 'owners', ADMIN: 'admins', MEMBER: 'members', VIEWER: 'viewers' } as const;

/** A noun's views, each with what its reader may make of it. */
export function ViewTable({ views, hrefOf }: ViewTableProps) {
  const canWrite = useMay('saved-views.write');
  return (
    <Table label="Views">
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col">Who sees it</th>
          <th scope="col" className="wide">
            Opens the list for
          </th>
          {canWrite && <th scope="col">Mine</th>}
        </tr>
      </thead>
      <tbody>
        {views.map((view) => (
          <tr key={view.id}>
            <th scope="row">
              <a href={hrefOf(view.id)} className="link">
                {view.name}
              </a>
            </th>
            <td>{sharingWords(view)}</td>
            <td className="wide">{openedFor(view)}</td>
            {canWrite && (
              <td>
                <ViewChoices view={view} />
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

function openedFor({ isDefault, defaultFor }: SavedView): string {
  return (
    [isDefault ? 'me' : '', ...defaultFor.map((role) => roleWords[role])].filter(Boolean).join(', ') || '—'
  );
}

function ViewChoices({ view }: { view: SavedView }) {
  const { id, name, isStarred, isDefault, isChangeable } = view;
  return (
    <form method="post" action={`${paths.savedViews(view.noun)}&index`} className="flex gap-2">
      <input type="hidden" name="savedViewId" value={id} />
      <Button
        type="submit"
        name="choose"
        value={`star:${String(!isStarred)}`}
        variant="quiet"
        size="small"
        iconOnly
        aria-pressed={isStarred}
        aria-label={isStarred ? `Take the star from ${name}` : `Star ${name}`}
      >
        <Star aria-hidden="true" className={isStarred ? 'fill-current text-accent-ink' : ''} />
      </Button>
      <Button
        type="submit"
        name="choose"
        value={`default:${String(!isDefault)}`}
        variant="quiet"
        size="small"
      >
        {isDefault ? 'Do not open with it' : 'Open with it'}
        <span className="sr-only">: {name}</span>
      </Button>
      {isChangeable && (
        <LinkButton href={paths.savedView(id)} variant="quiet" size="small">
          Change
          <span className="sr-only"> {name}</span>
        </LinkButton>
      )}
    </form>
  );
}
