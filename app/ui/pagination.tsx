import { buttonClass } from './button.tsx';

export interface PaginationProps {
  /** What is paged, for screen readers: "Companies". */
  label: string;
  /** Null where there is none; keyset pages know their neighbours, not their number. */
  previousHref: string | null;
  nextHref: string | null;
  /** "50 of 8,800 deals"; whatever the page knows. */
  summary?: string;
}

export function Pagination({ label, previousHref, nextHref, summary }: PaginationProps) {
  return (
    <nav
      aria-label={`${label}: pages`}
      className="flex min-h-11 items-center justify-between gap-4 border-t border-line px-4 py-1.5 md:px-5"
    >
      <p className="figures text-muted">{summary}</p>
      <div className="flex gap-2">
        <PageLink href={previousHref} rel="prev" label="Previous" />
        <PageLink href={nextHref} rel="next" label="Next" />
      </div>
    </nav>
  );
}

function PageLink({ href, rel, label }: { href: string | null; rel: 'prev' | 'next'; label: string }) {
  const className = buttonClass({ size: 'small' });
  // A link without an address is announced as disabled and takes no focus.
  if (href === null) {
    return (
      <span role="link" aria-disabled="true" className={className}>
        {label}
      </span>
    );
  }
  return (
    <a href={href} rel={rel} className={className}>
      {label}
    </a>
  );
}
