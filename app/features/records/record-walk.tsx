import { ChevronLeft, ChevronRight } from 'lucide-react';
import type { Neighbours } from '../../../server/domain/records/schema.ts';
import { formatCount } from '../../lib/format.ts';
import { buttonClass } from '../../ui/button.tsx';

export interface RecordWalkProps {
  /** Null where the record was opened from no list. */
  place: Neighbours | null;
  hrefOf: (recordId: string) => string;
}

/** The way to the record before and after this one in the list that it was opened from. */
export function RecordWalk({ place, hrefOf }: RecordWalkProps) {
  if (!place) return null;
  const { previousId, nextId, position, total } = place;
  return (
    <nav aria-label="In this list" className="flex items-center gap-0.5">
      <Step href={previousId && hrefOf(previousId)} shortcut="previous-record" />
      <Step href={nextId && hrefOf(nextId)} shortcut="next-record" />
      {position !== null && total !== null && (
        <span className="figures pl-1 text-sm whitespace-nowrap text-muted">
          {formatCount(position)} of {formatCount(total)}
        </span>
      )}
    </nav>
  );
}

const steps = {
  'previous-record': { label: 'Previous record', key: '[', rel: 'prev', Icon: ChevronLeft },
  'next-record': { label: 'Next record', key: ']', rel: 'next', Icon: ChevronRight },
} as const;

function Step({ href, shortcut }: { href: string | null; shortcut: keyof typeof steps }) {
  const { label, key, rel, Icon } = steps[shortcut];
  const className = buttonClass({ variant: 'quiet', size: 'small', iconOnly: true });
  if (href === null) {
    return (
      <span role="link" aria-disabled="true" aria-label={label} className={className}>
        <Icon aria-hidden="true" />
      </span>
    );
  }
  return (
    <a
      href={href}
      rel={rel}
      aria-label={label}
      aria-keyshortcuts={key}
      title={`${label} (${key})`}
      data-shortcut={shortcut}
      className={className}
    >
      <Icon aria-hidden="true" />
    </a>
  );
}
