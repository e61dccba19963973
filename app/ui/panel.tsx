import { useId, type ReactNode } from 'react';
import { classNames } from './class-names.ts';

export interface PanelProps {
  title?: string;
  /** One sentence under the title. */
  description?: ReactNode;
  /** Buttons or links at the right of the title. */
  actions?: ReactNode;
  /** False lets a table or a chart run to the panel's edges. */
  padded?: boolean;
  className?: string;
  children: ReactNode;
}

/** A group of things that belong together: one hairline, no shadow. With a title it is a labelled section. */
export function Panel({ title, description, actions, padded = true, className, children }: PanelProps) {
  const titleId = useId();
  return (
    <section
      className={classNames(
        'overflow-clip rounded-lg border border-line bg-surface [--gutter:1rem]',
        className,
      )}
      {...(title && { 'aria-labelledby': titleId })}
    >
      {title && (
        <header className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b border-line px-4 py-2.5">
          <div className="min-w-0 flex-1">
            <h2 id={titleId} className="text-md">
              {title}
            </h2>
            {description && <p className="text-muted">{description}</p>}
          </div>
          {actions && <div className="flex items-center gap-2">{actions}</div>}
        </header>
      )}
      <div className={padded ? 'p-4' : undefined}>{children}</div>
    </section>
  );
}

export interface Detail {
  term: string;
  /** Null shows an em dash. */
  value: ReactNode;
}

/** A record's facts as a definition list: term left, value right, one line each where there is room. */
export function DetailList({ details }: { details: readonly Detail[] }) {
  return (
    <dl className="grid grid-cols-[minmax(6.5rem,auto)_minmax(0,1fr)] gap-x-4 gap-y-2">
      {details.map(({ term, value }, at) => (
        // Two of an agency's own fields may bear one label.
        <div key={`${at} ${term}`} className="col-span-2 grid grid-cols-subgrid">
          <dt className="text-muted">{term}</dt>
          <dd className="figures min-w-0 break-words">{value ?? '—'}</dd>
        </div>
      ))}
    </dl>
  );
}
