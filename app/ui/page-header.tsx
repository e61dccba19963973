import type { ReactNode } from 'react';

export interface Crumb {
  label: string;
  href: string;
}

export interface PageHeaderProps {
  /** The page's one h1. */
  title: string;
  /** Where this page lies, outermost first; the page itself is not in it. */
  crumbs?: readonly Crumb[];
  /** Badges and small facts beside the title. */
  meta?: ReactNode;
  description?: ReactNode;
  /** Buttons at the right; the last one is the primary. */
  actions?: ReactNode;
}

export function PageHeader({ title, crumbs = [], meta, description, actions }: PageHeaderProps) {
  return (
    <header className="page-header">
      <div className="min-w-0 flex-[1_1_14rem]">
        <div className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-0.5">
          {crumbs.length > 0 && <Breadcrumbs crumbs={crumbs} />}
          <h1 className="min-w-0 truncate text-md">{title}</h1>
          {meta}
        </div>
        {description && <p className="text-muted">{description}</p>}
      </div>
      {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
    </header>
  );
}

function Breadcrumbs({ crumbs }: { crumbs: readonly Crumb[] }) {
  return (
    <nav aria-label="Breadcrumb">
      <ol className="flex items-center gap-2 text-md text-muted">
        {crumbs.map((crumb) => (
          <li key={crumb.href} className="flex items-center gap-2">
            <a href={crumb.href} className="inline-block py-0.5 hover:text-ink">
              {crumb.label}
            </a>
            <span aria-hidden="true" className="text-subtle">
              /
            </span>
          </li>
        ))}
      </ol>
    </nav>
  );
}

/** The padded place under a header: its children stand in one column, evenly apart. A list's table goes without it. */
export function PageBody({ children }: { children: ReactNode }) {
  return <div className="page-body">{children}</div>;
}

/** Search, filters and ranges above a table: one quiet line that wraps on a phone. */
export function Toolbar({ children }: { children: ReactNode }) {
  return <div className="toolbar">{children}</div>;
}
