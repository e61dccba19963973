import type { DuplicateReason, RecordGlance } from '../../../server/domain/duplicates/schema.ts';
import { Badge } from '../../ui/badge.tsx';
import { reasonLabels, scoreInWords, scoreTone } from './labels.ts';

/** A record in two lines: its name as a link, then how one would recognize it. */
export function GlanceLine({
  record,
  href,
  inNewTab = false,
}: {
  record: RecordGlance;
  href: string;
  inNewTab?: boolean;
}) {
  const facts = [record.about, record.emails[0], record.phones[0], record.ownerName].filter(Boolean);
  return (
    <div className="min-w-0">
      <a
        className="link font-medium break-words"
        href={href}
        {...(inNewTab && { target: '_blank', rel: 'noopener' })}
      >
        {record.name}
        {inNewTab && <span className="sr-only"> (opens in a new tab)</span>}
      </a>
      <p className="text-sm break-words text-muted">
        {facts.length > 0 ? facts.join(' · ') : 'Nothing but its name'}
      </p>
    </div>
  );
}

/** How likely two records are one, and why. */
export function Likeness({ score, reasons }: { score: number; reasons: readonly DuplicateReason[] }) {
  return (
    <ul className="flex flex-wrap items-center gap-1" aria-label="Why">
      <li>
        <Badge tone={scoreTone(score)}>
          {scoreInWords(score)} <span className="sr-only">likely</span>
        </Badge>
      </li>
      {reasons.map((reason) => (
        <li key={reason}>
          <Badge>{reasonLabels[reason]}</Badge>
        </li>
      ))}
    </ul>
  );
}
