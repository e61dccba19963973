import { ChevronDown, Star } from 'lucide-react';
import type { ReactNode } from 'react';
import { listHref, savedViewOf, VIEW } from '../../lib/list-url.ts';
import { paths } from '../../lib/paths.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button, buttonClass } from '../../ui/button.tsx';
import { Menu, MenuLabel, MenuLink, MenuRule } from '../../ui/menu.tsx';
import type { ListLook } from '../records/list-look.ts';
import type { ListFrame } from '../records/use-list-frame.ts';
import { useMay } from '../shell/use-account.ts';
import { sharingWords, type SavedViewWords } from './sharing-words.ts';
import { viewQueryOf } from './view-query.ts';

export interface ViewTabsProps {
  look: ListLook;
  frame: ListFrame;
  /** The list under no view: `?view=all`, unless the noun has another word for it. */
  allView?: string;
}

/** The views of a list as links, and what can be made of the one that is shown. */
export function ViewTabs({ look, frame, allView = 'all' }: ViewTabsProps) {
  const { url, data } = frame;
  const currentId = savedViewOf(url);
  const shown = data.views.filter(
    ({ id, isStarred, isDefault }) => isStarred || isDefault || id === currentId,
  );
  const hrefOf = (view: string) => `${look.path}?${new URLSearchParams({ [VIEW]: view }).toString()}`;
  const rest = data.views.filter((view) => !shown.includes(view));
  return (
    <div className="view-row">
      <nav aria-label={`Views of ${look.many}`} className="view-tabs">
        <ul className="flex gap-1">
          <li>
            <ViewLink href={hrefOf(allView)} isCurrent={currentId === null}>
              {`All ${look.many}`}
            </ViewLink>
          </li>
          {shown.map((view) => (
            <li key={view.id}>
              <ViewLink href={hrefOf(view.id)} isCurrent={view.id === currentId}>
                {view.isStarred && <Star aria-label="Starred:" className="size-3 fill-current" />}
                {view.name}
              </ViewLink>
            </li>
          ))}
        </ul>
      </nav>
      {data.views.length > 0 && <ViewMenu look={look} views={rest} hrefOf={hrefOf} />}
      <ViewActions look={look} frame={frame} />
    </div>
  );
}

function ViewLink({ href, isCurrent, children }: { href: string; isCurrent: boolean; children: ReactNode }) {
  return (
    <a href={href} className="view-tab" {...(isCurrent && { 'aria-current': 'page' as const })}>
      {children}
    </a>
  );
}

interface ViewMenuProps {
  look: ListLook;
  views: readonly SavedViewWords[];
  hrefOf: (view: string) => string;
}

/** The views without a star, by who sees them, and the way to change them. */
function ViewMenu({ look, views, hrefOf }: ViewMenuProps) {
  const labels = [...new Set(views.map(sharingWords))];
  return (
    <Menu
      trigger={
        <>
          Views
          <ChevronDown aria-hidden="true" />
        </>
      }
      look={{ variant: 'quiet', size: 'small' }}
      align="start"
    >
      {labels.map((label) => (
        <div key={label}>
          <MenuLabel>{label}</MenuLabel>
          {views
            .filter((view) => sharingWords(view) === label)
            .map((view) => (
              <MenuLink key={view.id} href={hrefOf(view.id)}>
                {view.name}
              </MenuLink>
            ))}
        </div>
      ))}
      {views.length > 0 && <MenuRule />}
      <MenuLink href={paths.savedViews(look.noun)}>Manage views</MenuLink>
    </Menu>
  );
}

/** Keeps what is shown: in its view, or as another. */
function ViewActions({ look, frame: { url, data } }: Pick<ViewTabsProps, 'look' | 'frame'>) {
  const canWrite = useMay('saved-views.write');
  const view = data.views.find(({ id }) => id === data.savedViewId);
  const query = viewQueryOf(url, look.sort);
  if (!canWrite || (view ? !data.isModified : query === '')) return null;
  const saveAs = (
    <a href={paths.newSavedView(look.noun, query)} className={buttonClass({ size: 'small' })}>
      {view ? 'Save as' : 'Save view'}
    </a>
  );
  if (!view) return <div className="view-actions">{saveAs}</div>;
  return (
    <div className="view-actions" role="group" aria-label="Changes to this view">
      <Badge tone="warning">Modified</Badge>
      {view.isChangeable && (
        <form method="post" action={paths.savedView(view.id)}>
          <input type="hidden" name="query" value={query} />
          <input type="hidden" name="expectedVersion" value={view.version} />
          <Button type="submit" name="intent" value="query" variant="primary" size="small">
            Save
          </Button>
        </form>
      )}
      {saveAs}
      <a
        href={listHref(new URL(url.pathname, url), { [VIEW]: view.id })}
        className={buttonClass({ variant: 'quiet', size: 'small' })}
      >
        Reset
      </a>
    </div>
  );
}
